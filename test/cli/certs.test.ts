// `kms certs inspect` over files as `hsm_certificate_generate` and the quickstart write them.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHsmCertificates } from '../../certs-tool/index.ts';
import { kms } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PASSWORD = 'correct horse';

async function securityDomain() {
  const folder = temporaryFolder();
  const made = await createHsmCertificates({
    password: PASSWORD,
    serverNames: ['hsm-a.internal'],
    clientName: 'Instance',
    days: 10,
    keyType: 'rsa-2048',
    now: new Date(),
  });
  const file = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  return {
    server: file('server.p12', made.serverP12),
    client: file('client.pem', made.clientPem),
    root: file('rootca.pem', made.rootPem),
    password: file('password', `${PASSWORD}\n`),
    wrong: file('wrong', 'not the password\n'),
  };
}

test('certs inspect shows PEM and PKCS#12 files as openssl reads them', async () => {
  const { server, client, root, password } = await securityDomain();
  const run = await kms(['certs', 'inspect', root, client, server, '--password-file', password, '--json']);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const fingerprint = (pem: string): string =>
    execFileSync('openssl', ['x509', '-noout', '-fingerprint', '-sha256'], { input: pem, encoding: 'utf8' })
      .replace(/^.*=/, '')
      .replaceAll(':', '')
      .trim()
      .toLowerCase();
  const pemOf = (p12: string): string =>
    execFileSync('openssl', ['pkcs12', '-in', p12, '-nokeys', '-clcerts', '-passin', `pass:${PASSWORD}`], {
      encoding: 'utf8',
    });
  const pem = (path: string): string => execFileSync('cat', [path], { encoding: 'utf8' });
  expect(JSON.parse(run.stdout)).toMatchObject([
    { file: root, certificates: [{ ca: true, privateKey: false, fingerprint: fingerprint(pem(root)) }] },
    { file: client, certificates: [{ ca: false, privateKey: false, fingerprint: fingerprint(pem(client)) }] },
    {
      file: server,
      certificates: [
        { names: 'DNS:hsm-a.internal', privateKey: true, fingerprint: fingerprint(pemOf(server)) },
      ],
    },
  ]);
  const shown = await kms(['certs', 'inspect', root]);
  expect(shown.stdout).toMatch(/^Authority: +yes$/m);
});

test('certs inspect names the file it cannot read or open, and never the password', async () => {
  const { server, wrong } = await securityDomain();
  const refused = await kms(['certs', 'inspect', server, '--password-file', wrong]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(server);
  expect(refused.stderr).not.toContain('not the password');
  expect((await kms(['certs', 'inspect', `${server}.none`])).code).toBe(4);
});
