// The secret of a new AccessKey: into a file, or shown when asked for, and nowhere else.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kms } from '../support/cli.ts';
import { recordingServer } from '../support/recording-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MADE = { AccessKeyId: 'LTAInew', AccessKeySecret: 'the-new-secret', Status: 'Active' };
const CREATE = ['ram', 'access-key', 'create', '--user', 'alice'];

test.each([[], ['--json']])('the secret is in the file and not on the terminal %j', async (...json) => {
  const server = await recordingServer(() => ({ body: { AccessKey: MADE } }));
  const file = join(temporaryFolder(), 'alice.json');
  const { code, stdout, stderr } = await kms([...CREATE, '--out', file, ...json], server);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('LTAInew');
  expect(stdout).not.toContain('the-new-secret');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    AccessKeyId: 'LTAInew',
    AccessKeySecret: 'the-new-secret',
  });
});

test('the file is one that --access-key-file takes', async () => {
  const server = await recordingServer(() => ({
    body: { AccessKey: MADE, TotalCount: 0, Keys: { Key: [] } },
  }));
  const file = join(temporaryFolder(), 'alice.json');
  await kms([...CREATE, '--out', file], server);
  expect(await kms(['key', 'list', '--access-key-file', file], server)).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect(server.heads.at(-1)).toContain('Credential=LTAInew,');
});

test('the secret is shown when asked for', async () => {
  const server = await recordingServer(() => ({ body: { AccessKey: MADE } }));
  const { code, stdout } = await kms([...CREATE, '--show-secret'], server);
  expect(code).toBe(0);
  expect(stdout).toContain('the-new-secret');
});

test.each([[[]], [['--show-secret', '--out', 'a']]])(
  'neither a place for the secret nor two of them is accepted: %j',
  async (options) => {
    const server = await recordingServer();
    expect(await kms([...CREATE, ...options], server)).toMatchObject({ code: 2, stdout: '' });
    expect(server.calls).toEqual([]);
  },
);

test('an AccessKey that is refused leaves no file', async () => {
  const server = await recordingServer(() => ({ status: 404, body: { Code: 'EntityNotExist.User' } }));
  const file = join(temporaryFolder(), 'alice.json');
  const { code, stderr } = await kms([...CREATE, '--out', file], server);
  expect(code).toBe(1);
  expect(stderr).toContain('EntityNotExist.User');
  expect(existsSync(file)).toBe(false);
});

test('an answer without the secret deletes nothing it does not know and leaves no file', async () => {
  const server = await recordingServer(() => ({ body: { AccessKey: { AccessKeyId: 'LTAInew' } } }));
  const file = join(temporaryFolder(), 'alice.json');
  expect((await kms([...CREATE, '--out', file], server)).code).toBe(3);
  expect(existsSync(file)).toBe(false);
});
