// Commands whose actions other work adds to the instance, end to end. Rename to after-merge.test.ts when that is in.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliRun, kms } from '../support/cli.ts';
import { type RunningInstance, runningInstance } from '../support/running-instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let instance: RunningInstance;

beforeAll(async () => {
  instance = await runningInstance();
});
afterAll(() => instance.stop());

function run(...words: string[]): Promise<CliRun> {
  return kms(words, { environment: { KMS_DATA_DIR: instance.dataDir } });
}

async function done(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

async function json<T>(...words: string[]): Promise<T> {
  return JSON.parse(await done(...words, '--json')) as T;
}

async function refused(code: string, ...words: string[]): Promise<void> {
  const refusal = await run(...words);
  expect(refusal.code).toBe(1);
  expect(refusal.stderr).toContain(`kms: ${code}:`);
}

interface Described {
  readonly KeyMetadata: Readonly<Record<string, string>>;
}

async function newKey(...words: string[]): Promise<string> {
  const { KeyMetadata } = await json<Described>('key', 'create', ...words);
  return KeyMetadata['KeyId'] ?? '';
}

async function described(id: string): Promise<Readonly<Record<string, string>>> {
  return (await json<Described>('key', 'describe', id)).KeyMetadata;
}

describe('keys', () => {
  test('a description changes', async () => {
    const id = await newKey('--description', 'old');
    await done('key', 'update', id, '--description', 'new');
    expect(await described(id)).toMatchObject({ Description: 'new' });
  });

  test('a deletion is scheduled and taken back', async () => {
    const id = await newKey();
    await done('key', 'schedule-deletion', id, '--days', '7');
    expect(await described(id)).toMatchObject({ KeyState: 'PendingDeletion' });
    await refused('Rejected.StateModifiedFailed', 'key', 'enable', id);
    await done('key', 'cancel-deletion', id);
    expect(await described(id)).toMatchObject({ KeyState: 'Enabled' });
  });

  test('a protected key is not deleted until it is unprotected', async () => {
    const id = await newKey();
    await done('key', 'protect', id, '--reason', 'seals the archive');
    expect(await described(id)).toMatchObject({
      DeletionProtection: 'Enabled',
      DeletionProtectionDescription: 'seals the archive',
    });
    expect((await run('key', 'schedule-deletion', id, '--days', '7')).code).toBe(1);
    await done('key', 'unprotect', id);
    await done('key', 'schedule-deletion', id, '--days', '7');
  });

  test('a key gets a new version, which is its primary one', async () => {
    const id = await newKey();
    const { KeyVersion } = await json<{ KeyVersion: { KeyVersionId: string } }>('key', 'rotate', id);
    expect(await described(id)).toMatchObject({ PrimaryKeyVersion: KeyVersion.KeyVersionId });
    const versions = await done('key', 'versions', id);
    expect(versions.trimEnd().split('\n')).toHaveLength(3);
    expect(versions.trimEnd().split('\n').at(-1)).toContain(KeyVersion.KeyVersionId);
  });

  test('automatic rotation is switched on and off', async () => {
    const id = await newKey('--rotation', '--rotation-interval', '30d');
    expect(await described(id)).toMatchObject({ AutomaticRotation: 'Enabled', RotationInterval: '2592000s' });
    await done('key', 'rotation', 'disable', id);
    expect(await described(id)).toMatchObject({ AutomaticRotation: 'Disabled' });
    await done('key', 'rotation', 'enable', id, '--interval', '90d');
    expect(await described(id)).toMatchObject({ AutomaticRotation: 'Enabled', RotationInterval: '7776000s' });
  });

  test('tags are put on and taken off', async () => {
    const id = await newKey('--tag', 'a=1', '--tag', 'b=2');
    await done('key', 'tag', id, 'b=3', 'c=4');
    await done('key', 'untag', id, 'a');
    expect(await done('key', 'tags', id)).toMatch(/^TAG +VALUE\nb +3\nc +4\n$/);
  });

  test('an alias moves to another key and is deleted', async () => {
    const [first, second] = [await newKey(), await newKey()];
    await done('alias', 'create', 'moving', first);
    await done('alias', 'update', 'moving', second);
    expect(await done('alias', 'list', '--key', second)).toContain('alias/moving');
    expect(await done('alias', 'list', '--key', first)).not.toContain('alias/moving');
    await done('alias', 'delete', 'moving');
    await refused('Forbidden.AliasNotFound', 'key', 'describe', 'alias/moving');
  });

  test('what policy get prints, policy set takes', async () => {
    const id = await newKey();
    const policy = await done('key', 'policy', 'get', id);
    const file = join(temporaryFolder(), 'policy.json');
    writeFileSync(file, policy);
    await done('key', 'policy', 'set', id, '--file', file);
    expect(await done('key', 'policy', 'get', id)).toBe(policy);
    const { KeyMetadata } = await json<Described>('key', 'create', '--policy-file', file);
    expect(await done('key', 'policy', 'get', KeyMetadata['KeyId'] ?? '')).toBe(policy);
  });
});

describe('ram', () => {
  const policyFile = (action: string): string => {
    const file = join(temporaryFolder(), 'policy.json');
    const statement = { Effect: 'Allow', Action: [action], Resource: '*' };
    writeFileSync(file, JSON.stringify({ Version: '1', Statement: [statement] }));
    return file;
  };

  test('a user may what the attached policy says, until it is detached', async () => {
    await done('ram', 'user', 'create', 'alice', '--comments', 'on call');
    expect(await done('ram', 'user', 'list')).toContain('alice');
    expect(await done('ram', 'user', 'describe', 'alice')).toMatch(/^UserName: +alice$/m);
    const file = join(temporaryFolder(), 'alice.json');
    await done('ram', 'access-key', 'create', '--user', 'alice', '--out', file);
    const { AccessKeyId } = JSON.parse(readFileSync(file, 'utf8')) as { AccessKeyId: string };
    const asAlice = ['--access-key-file', file];
    await refused('Forbidden.NoPermission', 'key', 'list', ...asAlice);

    await done('ram', 'policy', 'create', 'list-keys', '--file', policyFile('kms:ListKeys'));
    await done('ram', 'policy', 'attach', 'list-keys', 'alice');
    expect(await done('ram', 'policy', 'list-for-user', 'alice')).toMatch(/^list-keys +Custom/m);
    await done('key', 'list', ...asAlice);
    await refused('Forbidden.NoPermission', 'key', 'create', ...asAlice);

    await done('ram', 'policy', 'detach', 'list-keys', 'alice');
    await refused('Forbidden.NoPermission', 'key', 'list', ...asAlice);
    await done('ram', 'policy', 'delete', 'list-keys');

    await done('ram', 'access-key', 'disable', AccessKeyId, '--user', 'alice');
    await refused('InvalidAccessKeyId.Inactive', 'key', 'list', ...asAlice);
    await done('ram', 'access-key', 'enable', AccessKeyId, '--user', 'alice');
    await refused('Forbidden.NoPermission', 'key', 'list', ...asAlice);
    expect(await done('ram', 'access-key', 'list', '--user', 'alice')).toMatch(
      new RegExp(`^${AccessKeyId} +Active`, 'm'),
    );
    await done('ram', 'access-key', 'delete', AccessKeyId, '--user', 'alice');
    await refused('InvalidAccessKeyId.NotFound', 'key', 'list', ...asAlice);
    await done('ram', 'user', 'delete', 'alice');
    expect(await done('ram', 'user', 'list')).not.toContain('alice');
  });

  test('system policies are listed, shown and attached', async () => {
    expect(await done('ram', 'policy', 'list', '--type', 'System')).toMatch(
      /^AliyunKMSReadOnlyAccess +System/m,
    );
    expect(await done('ram', 'policy', 'describe', 'AliyunKMSFullAccess', '--type', 'System')).toContain(
      'kms:*',
    );
    await done('ram', 'user', 'create', 'bob');
    await done('ram', 'policy', 'attach', 'AliyunKMSReadOnlyAccess', 'bob', '--type', 'System');
    expect(await done('ram', 'policy', 'list-for-user', 'bob')).toContain('AliyunKMSReadOnlyAccess');
  });

  test('users over several pages are all listed', async () => {
    for (const name of ['u1', 'u2', 'u3']) await done('ram', 'user', 'create', name);
    const listed = await done('ram', 'user', 'list', '--page-size', '1');
    for (const name of ['u1', 'u2', 'u3']) expect(listed).toMatch(new RegExp(`^${name} `, 'm'));
  });

  test('the root AccessKey is replaced by another one', async () => {
    const file = join(temporaryFolder(), 'new-root.json');
    await done('ram', 'access-key', 'create', '--out', file);
    await done('key', 'list', '--access-key-file', file);
    const old = JSON.parse(readFileSync(join(instance.dataDir, 'root-accesskey.json'), 'utf8')) as {
      AccessKeyId: string;
    };
    await done('ram', 'access-key', 'disable', old.AccessKeyId, '--access-key-file', file);
    await refused('InvalidAccessKeyId.Inactive', 'key', 'list');
    await done('ram', 'access-key', 'enable', old.AccessKeyId, '--access-key-file', file);
    await done('key', 'list');
  });
});

test('the quota of the instance is shown', async () => {
  expect(await done('instance', 'quota')).toMatch(/^key +\d+ +1000$/m);
});
