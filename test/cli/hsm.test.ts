// `kms hsm …` where no HSM is needed: a basic instance, and a data directory without an instance.

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createHsmCertificates } from '../../certs-tool/index.ts';
import { kms } from '../support/cli.ts';
import { runningInstance } from '../support/running-instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PASSWORD = 'correct horse';
const CLUSTER = 'a=127.0.0.1:8020@zone-a,b=127.0.0.1:8021@zone-b';

async function clientFiles(folder: string): Promise<string[]> {
  const made = await createHsmCertificates({
    password: PASSWORD,
    serverNames: ['localhost'],
    clientName: 'Instance',
    days: 10,
    keyType: 'rsa-2048',
    now: new Date(),
  });
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  return [
    ...['--client', file('client.p12', made.clientP12)],
    ...['--password-file', file('client.password', `${PASSWORD}\n`)],
    ...['--ca', file('rootca.pem', made.rootPem)],
  ];
}

test('the basic edition has no HSM cluster, and every command says so', async () => {
  const instance = await runningInstance();
  onTestFinished(() => instance.stop());
  for (const words of [['connect', '--cluster', CLUSTER], ['disconnect'], ['status'], ['sync']]) {
    const run = await kms(['hsm', ...words, '--data-dir', instance.dataDir]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('UnsupportedOperation');
    expect(run.stderr).toContain('basic edition');
  }
});

test('connect keeps the settings of an instance that has not started, in one private file', async () => {
  const dataDir = temporaryFolder();
  const files = await clientFiles(dataDir);
  const at = ['--data-dir', dataDir];
  const run = await kms(['hsm', 'connect', '--cluster', CLUSTER, ...files, ...at]);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const path = join(dataDir, 'hsm.json');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    members: CLUSTER.split(','),
    credentials: { password: PASSWORD },
    domainCheckValue: null,
    connect: true,
  });

  expect((await kms(['hsm', 'disconnect', ...at])).code).toBe(0);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    members: CLUSTER.split(','),
    credentials: null,
    connect: false,
  });
  // Again: the members are known.
  expect((await kms(['hsm', 'connect', ...files, ...at])).code).toBe(0);
  const status = await kms(['hsm', 'status', ...at]);
  expect(status).toMatchObject({ code: 4, stderr: expect.stringContaining('no instance serves') as string });
});

test('connect refuses what could never work, and keeps nothing', async () => {
  const dataDir = temporaryFolder();
  const files = await clientFiles(dataDir);
  const wrong = join(dataDir, 'wrong');
  writeFileSync(wrong, 'hush-hush\n', { mode: 0o600 });
  const run = (...words: string[]) => kms(['hsm', 'connect', ...words, '--data-dir', dataDir]);
  const refused = [
    run(...files),
    run('--cluster', 'no member', ...files),
    run('--cluster', 'a=h:1,a=h:2', ...files),
    run('--cluster', CLUSTER),
    run('--cluster', CLUSTER, ...files.slice(0, 2)),
    run('--cluster', CLUSTER, ...files, '--password-file', wrong),
    run('--cluster', CLUSTER, ...files, '--ca', wrong),
  ];
  for (const { code, stderr } of await Promise.all(refused)) {
    expect(code).toBe(2);
    expect(stderr).not.toContain('hush');
  }
  expect(() => statSync(join(dataDir, 'hsm.json'))).toThrow();
});

test('a file that others may read is not believed', async () => {
  const dataDir = temporaryFolder();
  writeFileSync(join(dataDir, 'hsm.json'), '{}', { mode: 0o644 });
  const run = await kms(['hsm', 'disconnect', '--data-dir', dataDir]);
  expect(run).toMatchObject({ code: 4, stderr: expect.stringContaining('0600') as string });
});
