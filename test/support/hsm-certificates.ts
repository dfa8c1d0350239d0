// A security domain for tests: an authority, PKCS#12 files of servers and clients, PEM files, as the operator would have
// them. All by openssl, so that it is independent of what writes them in the product.

import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const P12_PASSWORD = 'correct horse';
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export interface P12 {
  readonly p12: string;
  readonly pfx: Buffer;
  readonly pem: string;
  readonly passwordFile: string;
}

export interface SecurityDomain {
  readonly caFile: string;
  readonly ca: Buffer;
  readonly server: P12;
  readonly client: P12;
  /** Expired yesterday. */
  readonly expired: P12;
  /** One more of the same authority. */
  anotherClient(): P12;
}

export function createSecurityDomain(folder: string): SecurityDomain {
  const file = (name: string) => join(folder, `${randomUUID()}-${name}`);
  const passwordFile = file('password');
  writeFileSync(passwordFile, `${P12_PASSWORD}\n`, { mode: 0o600 });
  const caFile = file('rootca.pem');
  const caKey = file('rootca.key');
  openssl(
    'req',
    '-x509',
    ...NEW_KEY,
    '-subj',
    '/CN=Security Domain CA',
    '-days',
    '2',
    '-keyout',
    caKey,
    '-out',
    caFile,
  );

  const issue = (use: 'serverAuth' | 'clientAuth', days: number): P12 => {
    const [key, request, pem, p12, extensions] = ['key', 'csr', 'pem', 'p12', 'ext'].map(file) as [
      ...[string, string, string, string, string],
    ];
    writeFileSync(extensions, `keyUsage=critical,digitalSignature\nextendedKeyUsage=${use}\n`);
    openssl('req', ...NEW_KEY, '-subj', `/CN=${use}`, '-keyout', key, '-out', request);
    const issuer = ['-CA', caFile, '-CAkey', caKey, '-CAcreateserial'];
    openssl(
      'x509',
      '-req',
      '-in',
      request,
      ...issuer,
      '-days',
      String(days),
      '-extfile',
      extensions,
      '-out',
      pem,
    );
    openssl('pkcs12', '-export', '-inkey', key, '-in', pem, '-out', p12, '-passout', `file:${passwordFile}`);
    return { p12, pfx: readFileSync(p12), pem, passwordFile };
  };
  return {
    caFile,
    ca: readFileSync(caFile),
    server: issue('serverAuth', 1),
    client: issue('clientAuth', 1),
    expired: issue('clientAuth', -1),
    anotherClient: () => issue('clientAuth', 1),
  };
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
