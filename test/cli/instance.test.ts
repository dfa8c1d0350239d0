// The command against a whole instance: what an administrator does with it, from the first key to the last Client Key.

import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliOptions, type CliRun, kms } from '../support/cli.ts';
import { type RunningInstance, runningInstance } from '../support/running-instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let instance: RunningInstance;

beforeAll(async () => {
  instance = await runningInstance();
});
afterAll(() => instance.stop());

function run(words: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return kms(words, { ...options, environment: { KMS_DATA_DIR: instance.dataDir, ...options.environment } });
}

async function json(...words: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await run([...words, '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

async function newKey(...words: string[]): Promise<string> {
  const { KeyMetadata } = await json('key', 'create', ...words);
  return (KeyMetadata as { KeyId: string }).KeyId;
}

describe('keys', () => {
  test('a key is created, described, disabled and enabled', async () => {
    const id = await newKey('--spec', 'EC_P256', '--description', 'invoices');
    const described = await run(['key', 'describe', id]);
    expect(described.stdout).toMatch(/^KeySpec: +EC_P256$/m);
    expect(described.stdout).toMatch(/^Description: +invoices$/m);

    expect(await run(['key', 'disable', id])).toEqual({
      code: 0,
      stdout: `Key ${id} is disabled.\n`,
      stderr: '',
    });
    expect(await json('key', 'describe', id)).toMatchObject({ KeyMetadata: { KeyState: 'Disabled' } });
    expect((await run(['key', 'enable', id])).code).toBe(0);
    expect(await json('key', 'describe', id)).toMatchObject({ KeyMetadata: { KeyState: 'Enabled' } });
  });

  test('a list goes through all pages and filters by state', async () => {
    const ids = [await newKey(), await newKey(), await newKey()];
    await run(['key', 'disable', ids[1] ?? '']);
    const all = (await json('key', 'list', '--page-size', '1')) as {
      TotalCount: number;
      Keys: { Key: { KeyId: string }[] };
    };
    expect(all.Keys.Key).toHaveLength(all.TotalCount);
    expect(all.Keys.Key.map(({ KeyId }) => KeyId)).toEqual(expect.arrayContaining(ids));

    const disabled = await run(['key', 'list', '--state', 'Disabled,PendingImport']);
    expect(disabled.stdout).toMatch(/^KEY ID +ARN\nkey-/);
    expect(disabled.stdout).toContain(ids[1]);
    expect(disabled.stdout).not.toContain(ids[0]);
  });

  test('details show state, spec and aliases of every key, in the order of the list', async () => {
    const ids = [await newKey('--spec', 'EC_P256K'), await newKey()];
    await run(['alias', 'create', 'one', ids[0] ?? '']);
    await run(['alias', 'create', 'two', ids[0] ?? '']);
    const { stdout, stderr } = await run(['key', 'list', '--details', '--page-size', '2']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      new RegExp(`^${ids[0]} +Enabled +EC_P256K +SIGN/VERIFY +\\S+ +alias/one, alias/two$`, 'm'),
    );
    const listed = (await json('key', 'list')) as { Keys: { Key: { KeyId: string }[] } };
    const detailed = (await json('key', 'list', '--details')) as typeof listed;
    expect(detailed.Keys.Key.map(({ KeyId }) => KeyId)).toEqual(listed.Keys.Key.map(({ KeyId }) => KeyId));
    expect(detailed.Keys.Key).toContainEqual(
      expect.objectContaining({ KeyId: ids[0], Aliases: ['alias/one', 'alias/two'] }),
    );
  });

  test('a limit that cuts a list is told', async () => {
    await newKey();
    await newKey();
    const { stdout, stderr, code } = await run(['key', 'list', '--limit', '1']);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toBe('kms: only the first 1 are shown: raise --limit\n');
  });

  test('an alias names a key, with or without its prefix', async () => {
    const id = await newKey();
    expect((await run(['alias', 'create', 'orders', id])).stdout).toBe(`alias/orders is key ${id}.\n`);
    expect(await json('key', 'describe', 'alias/orders')).toMatchObject({ KeyMetadata: { KeyId: id } });
    expect((await run(['alias', 'list'])).stdout).toMatch(new RegExp(`^alias/orders +${id}$`, 'm'));
  });

  test('a description cannot drive the terminal, and survives every character', async () => {
    const text = '\u001b[2J ü 🔑 +&=%\u009b1m';
    const id = await newKey('--description', text);
    const { stdout } = await run(['key', 'describe', id]);
    expect(stdout).toContain('\\u001b[2J ü 🔑 +&=%\\u009b1m');
    const asJson = await run(['key', 'describe', id, '--json']);
    expect(asJson.stdout).not.toContain('\u009b');
    expect(JSON.parse(asJson.stdout)).toMatchObject({ KeyMetadata: { Description: text } });
  });

  test('a refusal prints code, message and request id on standard error and exits with 1', async () => {
    const { code, stdout, stderr } = await run(['key', 'describe', 'key-kms0000000000000000000']);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^kms: Forbidden\.KeyNotFound: The specified Key is not found\. \(request id [0-9a-f-]{36}\)\n$/,
    );
  });
});

describe('access', () => {
  test('rule, policy, access point and Client Key are made, changed, listed and deleted one by one', async () => {
    const folder = temporaryFolder();
    await json('network-rule', 'create', 'office', '--from', '10.0.0.0/8,192.168.7.1', '--description', 'x');
    await run(['network-rule', 'update', 'office', '--from', '10.1.0.0/16', '--from', '::1']);
    expect(await json('network-rule', 'describe', 'office')).toMatchObject({
      SourcePrivateIp: '["10.1.0.0/16","::1"]',
      Description: 'x',
    });
    await json('policy', 'create', 'orders', '--allow', 'key/*', '--network-rule', 'office');
    await run(['policy', 'update', 'orders', '--any-network', '--role', 'CryptoServiceSecretUser']);
    expect(await json('policy', 'describe', 'orders')).toMatchObject({
      Permissions: ['RbacPermission/Template/CryptoServiceSecretUser'],
      AccessControlRules: '{"NetworkRules":[]}',
    });
    await json('aap', 'create', 'orders', '--policy', 'orders');
    const made = await json('client-key', 'create', '--aap', 'orders', '--out', join(folder, 'ck.json'));
    expect(made).not.toHaveProperty('PrivateKeyData');
    const id = String(made['ClientKeyId']);
    expect((await run(['client-key', 'list', '--aap', 'orders'])).stdout).toContain(id);

    for (const words of [
      ['client-key', 'delete', id],
      ['aap', 'delete', 'orders'],
      ['policy', 'delete', 'orders'],
      ['network-rule', 'delete', 'office'],
    ]) {
      expect(await run(words)).toMatchObject({ code: 0, stderr: '' });
    }
    expect((await run(['aap', 'describe', 'orders'])).stderr).toContain('Forbidden.ResourceNotFound');
  });

  test('a Client Key and its generated password are in files that only their owner reads', async () => {
    const folder = temporaryFolder();
    await json('policy', 'create', 'files', '--allow', 'key/*');
    await json('aap', 'create', 'files', '--policy', 'files');
    const file = join(folder, 'new', 'ck.json');
    const { stdout, stderr } = await run(['client-key', 'create', '--aap', 'files', '--out', file]);
    const password = readFileSync(join(folder, 'new', 'ck.password'), 'utf8');
    expect(password).toMatch(/^Kms-[0-9a-z]{28}$/);
    expect(stdout + stderr).not.toContain(password);
    expect(stdout).not.toContain('MII');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      KeyId: expect.stringMatching(/^KAAP\./) as string,
      PrivateKeyData: expect.stringMatching(/^MII/) as string,
    });
    for (const path of [file, join(folder, 'new', 'ck.password')]) {
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }
  });

  test('a password is read from a file or standard input, and a bad one leaves no file', async () => {
    const folder = temporaryFolder();
    await json('policy', 'create', 'own', '--allow', 'key/*');
    await json('aap', 'create', 'own', '--policy', 'own');
    const words = ['client-key', 'create', '--aap', 'own', '--password-file', '-', '--out'];
    const good = await run([...words, join(folder, 'a.json')], { stdin: 'Secret-2026!\n' });
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(() => statSync(join(folder, 'a.password'))).toThrow('ENOENT');
    const bad = await run([...words, join(folder, 'b.json')], { stdin: 'short\n' });
    expect(bad.code).toBe(1);
    expect(bad.stderr).toContain('InvalidParameter');
    expect(() => statSync(join(folder, 'b.json'))).toThrow('ENOENT');
  });

  test('an existing file is never overwritten, and no Client Key is made for it', async () => {
    const folder = temporaryFolder();
    await json('policy', 'create', 'taken', '--allow', 'key/*');
    await json('aap', 'create', 'taken', '--policy', 'taken');
    writeFileSync(join(folder, 'ck.password'), 'mine');
    const words = ['client-key', 'create', '--aap', 'taken', '--out', join(folder, 'ck.json')];
    const { code, stderr } = await run(words);
    expect(code).toBe(4);
    expect(stderr).toContain('ck.password: exists already');
    expect(readFileSync(join(folder, 'ck.password'), 'utf8')).toBe('mine');
    expect(() => statSync(join(folder, 'ck.json'))).toThrow('ENOENT');
    expect(await json('client-key', 'list', '--aap', 'taken')).toMatchObject({ ClientKeys: [] });
  });
});

describe('instance and any action', () => {
  test('the instance shows itself without being named', async () => {
    const { stdout } = await run(['instance', 'show']);
    expect(stdout).toMatch(new RegExp(`^InstanceId: +${instance.instanceId}$`, 'm'));
    expect(stdout).not.toContain('CERTIFICATE');
    expect((await run(['instance', 'list'])).stdout).toContain(instance.instanceId);
  });

  test('the authorities are the ones the listener is trusted by', async () => {
    const { stdout } = await run(['instance', 'ca']);
    expect(stdout).toBe(readFileSync(join(instance.dataDir, 'ca.pem'), 'utf8'));
    expect(new X509Certificate(stdout).ca).toBe(true);
  });

  test('any action can be called, with parameters from files', async () => {
    const file = join(temporaryFolder(), 'description');
    writeFileSync(file, 'from a file');
    const made = await run(['api', 'CreateKey', 'KeySpec=EC_P256', `Description=@${file}`]);
    expect(JSON.parse(made.stdout)).toMatchObject({
      KeyMetadata: { KeySpec: 'EC_P256', Description: 'from a file' },
    });
  });

  test('an answer with a secret is only shown when told to, or written to a new file', async () => {
    await json('policy', 'create', 'api', '--allow', 'key/*');
    await json('aap', 'create', 'api', '--policy', 'api');
    const words = ['api', 'CreateClientKey', 'AapName=api', 'Password=@-'];
    const refused = await run(words, { stdin: 'Secret-2026!' });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(await json('client-key', 'list', '--aap', 'api')).toMatchObject({ ClientKeys: [] });
    const file = join(temporaryFolder(), 'answer.json');
    const written = await run([...words, '--out', file], { stdin: 'Secret-2026!' });
    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('PrivateKeyData');
  });

  test('a secret parameter is not taken from the command line', async () => {
    const words = ['api', 'CreateClientKey', 'AapName=api', 'Password=Secret-2026!', '--show-secret'];
    const { code, stderr } = await run(words);
    expect(code).toBe(2);
    expect(stderr).toBe('kms: Password is secret and the command line is not: give Password=@FILE\n');
  });
});
