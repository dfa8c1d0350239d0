// `hsm_certificate_generate` and what it writes: opened by openssl, keytool and node:tls, which share no code with the
// writer; and the description of a file by `inspectCertificates`.

import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHsmCertificates, inspectCertificates } from '../../certs-tool/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CLI = new URL('../../certs-tool/cli.ts', import.meta.url).pathname;
const PASSWORD = '12345678';
const FILES = ['client.p12', 'client.pem', 'rootca.key', 'rootca.pem', 'server.p12'];

function generate(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', CLI, ...args], { encoding: 'utf8' });
}

const installed = (command: string): boolean => spawnSync(command, ['-help']).error === undefined;

describe('hsm_certificate_generate', () => {
  let directory = '';
  let finished: ReturnType<typeof generate>;
  const file = (name: string): string => join(directory, name);

  beforeAll(() => {
    directory = join(mkdtempSync(join(tmpdir(), 'dedicated-kms-')), 'certs');
    finished = generate('-dir', directory, '-pswd', PASSWORD, '-key-type', 'rsa-2048');
  });

  afterAll(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

  it('writes the five documented files, the secret ones for their owner only', () => {
    expect(finished.status).toBe(0);
    expect(readdirSync(directory).sort()).toEqual(FILES);
    const modes = FILES.map((name) => statSync(file(name)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o644, 0o600, 0o644, 0o600]);
  });

  it('warns of the documented password and of passwords on the command line', () => {
    expect(finished.stderr).toContain('password of the documentation');
    expect(finished.stderr).toContain('-password-file');
  });

  it('refuses to overwrite and then leaves nothing new behind', () => {
    const before = readFileSync(file('client.p12'));
    const again = generate('-dir', directory, '-pswd', PASSWORD, '-key-type', 'rsa-2048');
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('EEXIST');
    expect(readFileSync(file('client.p12'))).toEqual(before);

    const half = temporaryFolder();
    writeFileSync(join(half, 'client.pem'), 'mine');
    expect(generate('-dir', half, '-pswd', PASSWORD, '-key-type', 'rsa-2048').status).toBe(1);
    expect(readdirSync(half)).toEqual(['client.pem']);
  });

  it.runIf(installed('openssl'))(
    'writes PKCS#12 files that openssl opens and chains that it verifies (where it is installed)',
    () => {
      for (const name of ['server.p12', 'client.p12']) {
        const args = ['pkcs12', '-in', file(name), '-passin', `pass:${PASSWORD}`, '-nodes'];
        const text = execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
        expect(text).toContain('BEGIN PRIVATE KEY');
        writeFileSync(join(directory, '..', `${name}.pem`), text);
        const verify = [
          'verify',
          '-x509_strict',
          '-CAfile',
          file('rootca.pem'),
          join(directory, '..', `${name}.pem`),
        ];
        expect(execFileSync('openssl', verify, { encoding: 'utf8' })).toContain('OK');
      }
    },
  );

  it.runIf(installed('keytool'))('writes PKCS#12 files that keytool opens (where it is installed)', () => {
    for (const name of ['server.p12', 'client.p12']) {
      const args = ['-list', '-storetype', 'PKCS12', '-keystore', file(name), '-storepass', PASSWORD];
      expect(execFileSync('keytool', args, { encoding: 'utf8' })).toContain('PrivateKeyEntry');
    }
  });

  it('writes files with which both ends of a mutual TLS connection accept each other', async () => {
    const passphrase = PASSWORD;
    const ca = readFileSync(file('rootca.pem'));
    const pfx = readFileSync(file('server.p12'));
    const server = createServer({ pfx, passphrase, ca, requestCert: true, rejectUnauthorized: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const presented = new Promise<string>((resolve) => {
      server.once('secureConnection', (socket) => resolve(socket.getPeerCertificate().fingerprint256));
    });
    const { port } = server.address() as AddressInfo;
    const client = connect({
      port,
      host: '127.0.0.1',
      pfx: readFileSync(file('client.p12')),
      passphrase,
      ca,
    });
    try {
      const imported = new X509Certificate(readFileSync(file('client.pem')));
      expect(await presented).toBe(imported.fingerprint256);
      expect(client.authorized).toBe(true);
    } finally {
      client.destroy();
      server.close();
    }
  });

  it('issues further certificates under the root that exists', () => {
    const renewed = join(directory, '..', 'renewed');
    const root = ['-ca', file('rootca.pem'), '-ca-key', file('rootca.key')];
    const args = ['-dir', renewed, '-pswd', PASSWORD, '-key-type', 'rsa-2048', ...root];
    expect(generate(...args).status).toBe(0);
    expect(readdirSync(renewed).sort()).toEqual(FILES.filter((name) => name !== 'rootca.key'));
    expect(readFileSync(join(renewed, 'rootca.pem'))).toEqual(readFileSync(file('rootca.pem')));
    const client = new X509Certificate(readFileSync(join(renewed, 'client.pem')));
    const authority = new X509Certificate(readFileSync(file('rootca.pem')));
    expect(client.checkIssued(authority) && client.verify(authority.publicKey)).toBe(true);
    expect(client.fingerprint256).not.toBe(
      new X509Certificate(readFileSync(file('client.pem'))).fingerprint256,
    );
  });

  it('describes what is in each file', async () => {
    const describeFile = async (name: string) =>
      await inspectCertificates(readFileSync(file(name)), PASSWORD);
    expect(await describeFile('rootca.pem')).toMatchObject([
      { ca: true, keyType: 'rsa-2048', privateKey: false },
    ]);
    expect(await describeFile('server.p12')).toMatchObject([
      {
        ca: false,
        privateKey: true,
        names: 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
      },
    ]);
    const [fromPem] = await describeFile('client.pem');
    const [fromPkcs12] = await describeFile('client.p12');
    expect(fromPkcs12).toEqual({ ...fromPem, privateKey: true });
    await expect(inspectCertificates(readFileSync(file('client.p12')), 'wrong')).rejects.toThrow('password');
    await expect(inspectCertificates(Buffer.from('neither'), PASSWORD)).rejects.toThrow(
      'neither PEM nor PKCS#12',
    );
  });
});

describe('hsm_certificate_generate refuses', () => {
  it.each([
    ['no directory', ['-pswd', PASSWORD], 2],
    ['half of a root', ['-dir', 'x', '-pswd', PASSWORD, '-ca', 'rootca.pem'], 2],
    ['no password', ['-dir', '/nonexistent/certs'], 2],
    ['two passwords', ['-dir', 'x', '-pswd', PASSWORD, '-password-file', 'y'], 2],
    ['an unknown flag', ['-dir', 'x', '-pswd', PASSWORD, '-frob'], 2],
    ['an unknown key type', ['-dir', 'x', '-pswd', PASSWORD, '-key-type', 'dsa'], 2],
    ['a short password', ['-dir', 'x', '-pswd', '1234567'], 1],
    ['no whole number of days', ['-dir', 'x', '-pswd', PASSWORD, '-days', '1.5'], 1],
    ['a name that is none', ['-dir', 'x', '-pswd', PASSWORD, '-names', 'a b'], 1],
  ])('%s', (_, args, status) => {
    const directory = temporaryFolder();
    const finished = spawnSync(process.execPath, ['--import', 'tsx', CLI, ...args], { cwd: process.cwd() });
    expect(finished.status).toBe(status);
    expect(existsSync(join(directory, 'x'))).toBe(false);
    expect(existsSync('x')).toBe(false);
  });
});

it('reads the password from the first line of a file', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'password'), 'correct horse\nsecond line\n');
  const directory = join(folder, 'certs');
  const args = ['-dir', directory, '-password-file', join(folder, 'password'), '-key-type', 'rsa-2048'];
  expect(generate(...args)).toMatchObject({ status: 0, stderr: '' });
  const [server] = await inspectCertificates(readFileSync(join(directory, 'server.p12')), 'correct horse');
  expect(server?.subject).toContain('CN=HSM Node');
});

describe('a root that is given is refused', () => {
  const request = {
    password: PASSWORD,
    serverNames: ['hsm.internal'],
    clientName: 'instance',
    keyType: 'rsa-2048',
    now: new Date(),
  } as const;

  it.each<[string, 'own' | 'other' | 'client', number, string]>([
    ['with the key of another one', 'other', 30, 'not that of the root certificate'],
    ['when it is no authority', 'client', 30, 'no authority'],
    ['when it ends before what it would issue', 'own', 7300, 'fewer days'],
  ])('%s', async (_what, which, days, text) => {
    const [own, other] = await Promise.all([
      createHsmCertificates({ ...request, days: 30, now: new Date(request.now.getTime() - 86_400_000) }),
      createHsmCertificates({ ...request, days: 30 }),
    ]);
    const { rootPem, rootKeyPem, clientPem } = own;
    const certificatePem = which === 'client' ? clientPem : rootPem;
    const keyPem = (which === 'other' ? other.rootKeyPem : rootKeyPem) ?? '';
    const issued = createHsmCertificates({ ...request, days, root: { certificatePem, keyPem } });
    await expect(issued).rejects.toThrow(text);
  });
});

it('certifies validity of whole days from now', async () => {
  const now = new Date('2026-01-02T03:04:05Z');
  const { clientPem } = await createHsmCertificates({
    password: PASSWORD,
    serverNames: ['hsm.internal'],
    clientName: 'instance',
    days: 30,
    keyType: 'rsa-2048',
    now,
  });
  expect(new Date(new X509Certificate(clientPem).validTo)).toEqual(new Date('2026-02-01T03:04:05Z'));
});
