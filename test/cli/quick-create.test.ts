// Quick creation: all of it or nothing, whichever step fails and however.

import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kms } from '../support/cli.ts';
import { type RecordedCall, recordingServer, type ScriptedAnswer } from '../support/recording-server.ts';
import { type RunningInstance, runningInstance } from '../support/running-instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const words = (out: string, allow = 'key/*') => [
  ...['aap', 'quick-create', '--name', 'orders', '--allow', allow],
  ...['--from', '10.0.0.0/8,::1', '--out', out],
];

describe('on an instance', () => {
  let instance: RunningInstance;
  let environment: Record<string, string>;
  beforeAll(async () => {
    instance = await runningInstance();
    environment = { KMS_DATA_DIR: instance.dataDir };
  });
  afterAll(() => instance.stop());

  const namesOf = async (group: string): Promise<string[]> => {
    const { stdout } = await kms([group, 'list'], { environment });
    return stdout.trimEnd().split('\n').slice(1);
  };

  test('a resource the policy refuses leaves no rule, no policy, no access point and no file', async () => {
    const out = join(temporaryFolder(), 'kms');
    const { code, stdout, stderr } = await kms(words(out, 'nonsense'), { environment });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^kms: InvalidParameter: [^\n]*Resources[^\n]*\n$/);
    expect(readdirSync(out)).toEqual([]);
    for (const group of ['network-rule', 'policy', 'aap']) expect(await namesOf(group)).toEqual([]);
  });

  test('one command makes rule, policy, access point, Client Key and the three files', async () => {
    const out = join(temporaryFolder(), 'kms');
    const { code, stdout, stderr } = await kms([...words(out), '--json'], { environment });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { ClientKeyId, Files } = JSON.parse(stdout) as { ClientKeyId: string; Files: object };
    expect(Files).toEqual({
      clientKey: join(out, 'client-key.json'),
      password: join(out, 'client-key.password'),
      ca: join(out, 'ca.pem'),
    });
    for (const name of ['client-key.json', 'client-key.password', 'ca.pem']) {
      expect(statSync(join(out, name)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(out).mode & 0o777).toBe(0o700);
    expect(JSON.parse(readFileSync(join(out, 'client-key.json'), 'utf8'))).toMatchObject({
      KeyId: ClientKeyId,
    });
    expect(readFileSync(join(out, 'ca.pem'), 'utf8')).toBe(
      readFileSync(join(instance.dataDir, 'ca.pem'), 'utf8'),
    );
    const policy = await kms(['policy', 'describe', 'orders', '--json'], { environment });
    expect(JSON.parse(policy.stdout)).toMatchObject({
      Permissions: ['RbacPermission/Template/CryptoServiceKeyUser'],
      Resources: ['key/*'],
      AccessControlRules: '{"NetworkRules":["orders"]}',
    });
    const rule = await kms(['network-rule', 'describe', 'orders', '--json'], { environment });
    expect(JSON.parse(rule.stdout)).toMatchObject({ SourcePrivateIp: '["10.0.0.0/8","::1"]' });
  });

  test('a name that is taken is refused, and what has it stays', async () => {
    const out = join(temporaryFolder(), 'kms');
    const { code, stderr } = await kms(words(out), { environment });
    expect(code).toBe(2);
    expect(stderr).toBe('kms: there is a network rule orders already: choose another name\n');
    expect(existsSync(out)).toBe(false);
    for (const group of ['network-rule', 'policy']) expect(await namesOf(group)).toHaveLength(1);
  });
});

const NOT_FOUND = { status: 404, body: { Code: 'Forbidden.ResourceNotFound', Message: 'none' } };
const FAILURE = { status: 500, body: { Code: 'InternalFailure', Message: 'no' } };
const REFUSAL = { status: 400, body: { Code: 'Rejected.LimitExceeded', Message: 'full' } };

function healthy({ action }: RecordedCall): ScriptedAnswer {
  if (action.startsWith('Describe')) return NOT_FOUND;
  return {
    body: {
      KmsInstances: { KmsInstance: [{ KmsInstanceId: 'kst-1' }] },
      KmsInstance: { CaCertificateChainPem: 'PEM\n' },
      ClientKeyId: 'KAAP.1',
      PrivateKeyData: 'MII',
    },
  };
}

const CREATES = [
  'CreateNetworkRule',
  'CreatePolicy',
  'CreateApplicationAccessPoint',
  'CreateClientKey',
] as const;
const DELETES = ['DeleteApplicationAccessPoint', 'DeletePolicy', 'DeleteNetworkRule'] as const;

function deletesOf(calls: readonly RecordedCall[]): string[] {
  return calls.map(({ action }) => action).filter((action) => action.startsWith('Delete'));
}

/** What the steps before the failed one made, last first. */
function expectedUndo(failed: (typeof CREATES)[number], alsoFailed: boolean): readonly string[] {
  const steps = CREATES.indexOf(failed) + (alsoFailed ? 1 : 0);
  return DELETES.slice(Math.max(0, DELETES.length - steps));
}

describe('when a step fails', () => {
  test.each(CREATES)('a refused %s made nothing, and all before it is taken back', async (failed) => {
    const out = temporaryFolder();
    const server = await recordingServer((call) => (call.action === failed ? REFUSAL : healthy(call)));
    const { code, stderr } = await kms(words(out), server);
    expect(code).toBe(1);
    expect(stderr).toContain('Rejected.LimitExceeded');
    expect(deletesOf(server.calls)).toEqual(expectedUndo(failed, false));
    expect(readdirSync(out)).toEqual([]);
  });

  test.each(CREATES)('a %s without an answer may have happened, and is taken back too', async (failed) => {
    const out = temporaryFolder();
    const server = await recordingServer((call) =>
      call.action === failed ? { instead: 'cut' } : healthy(call),
    );
    const { code } = await kms(words(out), server);
    expect(code).toBe(3);
    expect(deletesOf(server.calls)).toEqual(expectedUndo(failed, true));
    expect(readdirSync(out)).toEqual([]);
  });

  test('an internal failure of a create may have happened as well', async () => {
    const server = await recordingServer((call) =>
      call.action === 'CreatePolicy' ? FAILURE : healthy(call),
    );
    await kms(words(temporaryFolder()), server);
    expect(deletesOf(server.calls)).toEqual(['DeletePolicy', 'DeleteNetworkRule']);
  });

  test('what cannot be taken back is named, and the rest is still taken back', async () => {
    const server = await recordingServer((call) => {
      if (call.action === 'CreateApplicationAccessPoint') return REFUSAL;
      return call.action === 'DeletePolicy' ? FAILURE : healthy(call);
    });
    const { stderr } = await kms(words(temporaryFolder()), server);
    expect(stderr).toMatch(/^kms: could not be taken back: policy \(no\)$/m);
    expect(deletesOf(server.calls)).toEqual(['DeletePolicy', 'DeleteNetworkRule']);
  });

  test('an interrupt takes back what was made', async () => {
    const interruption = new AbortController();
    const out = temporaryFolder();
    const server = await recordingServer((call) => {
      if (call.action !== 'CreatePolicy') return healthy(call);
      interruption.abort();
      return { instead: 'silence' };
    });
    const { code, stderr } = await kms(words(out), { ...server, interruption: interruption.signal });
    expect(code).toBe(3);
    expect(stderr).toContain('interrupted');
    expect(deletesOf(server.calls)).toEqual(['DeletePolicy', 'DeleteNetworkRule']);
    expect(readdirSync(out)).toEqual([]);
  });

  test.each(['client-key.json', 'client-key.password', 'ca.pem'])(
    'an existing %s is kept and nothing is made',
    async (name) => {
      const out = temporaryFolder();
      writeFileSync(join(out, name), 'mine');
      const server = await recordingServer(healthy);
      const { code, stderr } = await kms(words(out), server);
      expect(code).toBe(4);
      expect(stderr).toBe(`kms: ${join(out, name)}: exists already\n`);
      expect(server.calls.filter(({ action }) => action.startsWith('Create'))).toEqual([]);
      expect(readdirSync(out)).toEqual([name]);
      expect(readFileSync(join(out, name), 'utf8')).toBe('mine');
    },
  );

  test('a folder that is a file is told before anything is made', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const server = await recordingServer(healthy);
    expect((await kms(words(file), server)).code).toBe(4);
    expect(server.calls.filter(({ action }) => action.startsWith('Create'))).toEqual([]);
  });

  test('resources of secrets bring the role of secret users', async () => {
    const out = join(temporaryFolder(), 'a');
    mkdirSync(out);
    const server = await recordingServer(healthy);
    await kms([...words(out), '--allow', 'Secret/*'], server);
    const policy = server.calls.find(({ action }) => action === 'CreatePolicy');
    expect(policy?.parameters['Permissions']).toBe(
      '["RbacPermission/Template/CryptoServiceKeyUser","RbacPermission/Template/CryptoServiceSecretUser"]',
    );
  });
});
