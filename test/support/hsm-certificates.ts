// A security domain for tests: an authority, PKCS#12 files of servers and clients, PEM files, as the operator would have
// them. Certificates by certs-tool, PKCS#12 by openssl.

import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueP256Certificate, toPem } from '../../certs-tool/p256-certificate.ts';
import { present } from './present.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
export const P12_PASSWORD = 'correct horse';

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
}

export async function createSecurityDomain(folder: string): Promise<SecurityDomain> {
  const now = new Date();
  const passwordFile = join(folder, `password-${randomUUID()}`);
  writeFileSync(passwordFile, `${P12_PASSWORD}\n`, { mode: 0o600 });
  const authority = await issueP256Certificate({
    commonName: 'Security Domain CA',
    now,
    notAfter: new Date(now.getTime() + DAY_MS),
    keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
    basicConstraints: { ca: true },
  });
  const caFile = join(folder, `rootca-${randomUUID()}.pem`);
  writeFileSync(caFile, toPem(authority).certificatePem);

  const issue = async (role: 'serverAuth' | 'clientAuth', from: Date, notAfter: Date): Promise<P12> => {
    const issued = await issueP256Certificate(
      { now: from, notAfter, commonName: role, keyUsage: ['digitalSignature'], extendedKeyUsage: [role] },
      authority,
    );
    const { certificatePem, privateKeyPem } = toPem(issued);
    const stem = join(folder, randomUUID());
    writeFileSync(`${stem}.pem`, certificatePem);
    writeFileSync(`${stem}.key`, privateKeyPem, { mode: 0o600 });
    const files = ['-inkey', `${stem}.key`, '-in', `${stem}.pem`, '-out', `${stem}.p12`];
    execFileSync('openssl', ['pkcs12', '-export', ...files, '-passout', `file:${passwordFile}`]);
    return { p12: `${stem}.p12`, pfx: readFileSync(`${stem}.p12`), pem: `${stem}.pem`, passwordFile };
  };
  const [dayBefore, yesterday, tomorrow] = [-2, -1, 1].map((days) => new Date(now.getTime() + days * DAY_MS));
  const [server, client, expired] = await Promise.all([
    issue('serverAuth', now, present(tomorrow)),
    issue('clientAuth', now, present(tomorrow)),
    issue('clientAuth', present(dayBefore), present(yesterday)),
  ]);
  return { caFile, ca: readFileSync(caFile), server, client, expired };
}
