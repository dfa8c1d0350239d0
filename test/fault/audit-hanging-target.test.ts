// An instance whose share is dead, played by a pipe that never ends: it serves, and an orderly stop closes its log.

import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { segmentObjectName } from '../../appliance/audit/object-name.ts';
import { readSegmentName } from '../../appliance/audit/segment-name.ts';
import { verifyAuditLog } from '../../appliance/audit/verify.ts';
import { killableInstance } from '../support/killable-instance.ts';
import { present } from '../support/present.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Name, at the target, of the first segment of a log. */
function firstObject(directory: string): string {
  const file = present(readdirSync(directory).find((name) => name.endsWith('.jsonl')));
  const { instance_id: id } = JSON.parse(
    readFileSync(join(directory, file), 'utf8').split('\n')[0] ?? '',
  ) as {
    instance_id: string;
  };
  return segmentObjectName(`audit/${id}`, present(readSegmentName(file.slice(0, -'.jsonl'.length))));
}

test('an orderly stop closes the log although the target of delivery never answers', async () => {
  const folder = temporaryFolder();
  const [dataDir, target] = [join(folder, 'data'), join(folder, 'target')];
  const directory = join(dataDir, 'audit');
  await (await killableInstance(dataDir)).kill();
  const pipe = join(target, firstObject(directory));
  mkdirSync(dirname(pipe), { recursive: true });
  execFileSync('mkfifo', [pipe]);

  const instance = await killableInstance(dataDir, {
    KMS_AUDIT_DELIVERY_TARGET: 'directory',
    KMS_AUDIT_DELIVERY_DIRECTORY: target,
  });
  onTestFinished(() => instance.kill());
  // There is no writing end before the instance reads.
  const end = await vi.waitFor(() => openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK), 20_000);
  await instance.client.ok('GenerateRandom', { Length: 8 });
  instance.child.kill('SIGTERM');
  await vi.waitFor(async () => {
    const [verification] = await verifyAuditLog({
      directory,
      publicKey: createPublicKey(readFileSync(join(directory, 'public-key.pem'))),
      head: readFileSync(join(dataDir, 'audit-head.json'), 'utf8'),
      asOf: Date.now(),
      maxAgeMs: 3_600_000,
    });
    expect(verification).toMatchObject({ problem: null, lastCheckpoint: { closing: true } });
  }, 20_000);
  // A thread that hangs keeps the ended process; with the share back it goes.
  expect(instance.child.exitCode).toBeNull();
  closeSync(end);
  await instance.ended;
});
