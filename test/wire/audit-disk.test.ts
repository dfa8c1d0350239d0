// A whole instance whose audit disk gets full: what was being done is recorded, nothing more is done on either plane, the
// health check says why, and with room everything goes on by itself.

import { createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verifyAuditLog } from '../../appliance/audit/verify.ts';
import { healthcheck } from '../support/healthcheck.ts';
import { quickstartClient, rootClient, startTestInstance } from '../support/instance.ts';
import { fill, smallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const UNAVAILABLE = 'ServiceUnavailableTemporary';

function recorded(directory: string): string {
  const segments = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
  return segments.map((name) => readFileSync(join(directory, name), 'utf8')).join('');
}

test('a full disk stops both planes until there is room, and loses no record of what was done', async (context) => {
  const disk = smallDisk();
  if (disk === null) return context.skip('mounting is not permitted here');
  const dataDir = join(temporaryFolder(), 'data');
  const directory = join(disk, 'audit');
  const instance = await startTestInstance(dataDir, { settings: { KMS_AUDIT_DIRECTORY: directory } });
  onTestFinished(() => instance.stop());
  const data = quickstartClient(dataDir, instance);
  const control = rootClient(dataDir, instance);
  onTestFinished(() => data.close());
  const createKey = async () => (await control.call('CreateKey', {})).body;
  const random = () => data.call('GenerateRandom', { Length: 8 });
  const done: string[] = [(await createKey()).RequestId];

  const filler = fill(disk);
  // What is left of the last block, and then the reserve, still take records.
  let refused = '';
  for (let n = 0; n < 100 && refused === ''; n += 1) {
    const { Code: code, RequestId: requestId } = await createKey();
    if (code === UNAVAILABLE) refused = code;
    else done.push(requestId);
  }
  expect(refused).toBe(UNAVAILABLE);
  const { status, code } = await random();
  expect([status, code]).toEqual([503, UNAVAILABLE]);
  // What would fail in any case is no exception: nobody tries keys unrecorded.
  const failing = await data.call('Encrypt', { KeyId: 'key-none', Plaintext: Buffer.of(1) });
  expect([failing.status, failing.code]).toEqual([503, UNAVAILABLE]);
  for (const options of [{}, { secret: 'stolen and changed' }]) {
    const denied = await control.call('DescribeKey', { KeyId: 'key-none' }, options);
    expect([denied.status, denied.body.Code]).toEqual([503, UNAVAILABLE]);
  }
  expect(instance.auditStatus()).toMatchObject({ state: 'failing', reason: 'disk-full' });
  const sick = await healthcheck(dataDir);
  expect(sick.exitCode).toBe(1);
  expect(sick.printed).toMatch(/unhealthy: audit records cannot be written \(disk-full\)/);

  rmSync(filler);
  // What one plane finds out is known to the other.
  expect((await random()).code).toBe('none');
  expect((await createKey()).Code).toBeUndefined();
  expect(instance.auditStatus().state).not.toBe('failing');
  expect((await healthcheck(dataDir)).exitCode).toBe(0);

  const log = recorded(directory);
  expect(done.filter((id) => !log.includes(id))).toEqual([]);
  await instance.stop();
  const [verification] = await verifyAuditLog({
    directory,
    publicKey: createPublicKey(readFileSync(join(directory, 'public-key.pem'))),
    head: readFileSync(join(dataDir, 'audit-head.json'), 'utf8'),
    asOf: Date.now(),
    maxAgeMs: 300_000,
  });
  expect(verification).toMatchObject({ problem: null, unsealed: 0 });
});
