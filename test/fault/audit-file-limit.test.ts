// An instance whose audit file reaches a limit on the size of files: refused and told like a full disk, whoever runs the test,
// and over when the limit is raised.

import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyAuditLog } from '../../appliance/audit/verify.ts';
import { healthcheck } from '../support/healthcheck.ts';
import { killableInstance } from '../support/killable-instance.ts';
import { present } from '../support/present.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** More than the reserve has, and far less than the records of the test. */
const LIMIT_BYTES = 300_000;
const MOST_CALLS = 3000;

test('a limit on the size of files stops the calls, and nothing of what was answered is missing', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const instance = await killableInstance(dataDir);
  const limit = (bytes: number | string): void => {
    execFileSync('prlimit', ['--pid', String(present(instance.child.pid)), `--fsize=${bytes}:`]);
  };
  limit(LIMIT_BYTES);
  const answered: string[] = [];
  let code = 'none';
  while (code === 'none' && answered.length < MOST_CALLS) {
    const answer = await instance.client.call('GenerateRandom', { Length: 8 });
    code = answer.code;
    if (code === 'none') answered.push(answer.reply.RequestId);
  }
  expect(code).toBe('ServiceUnavailableTemporary');
  expect((await healthcheck(dataDir)).printed).toMatch('disk-full');

  limit('unlimited');
  await instance.client.ok('GenerateRandom', { Length: 8 });
  expect((await healthcheck(dataDir)).exitCode).toBe(0);
  instance.child.kill('SIGTERM');
  await instance.ended;
  const directory = join(dataDir, 'audit');
  const verification = await verifyAuditLog({
    directory,
    publicKey: createPublicKey(readFileSync(join(directory, 'public-key.pem'))),
    head: readFileSync(join(dataDir, 'audit-head.json'), 'utf8'),
    asOf: Date.now(),
    maxAgeMs: 300_000,
  });
  expect(verification).toMatchObject([{ problem: null, unsealed: 0, records: answered.length + 1 }]);
});
