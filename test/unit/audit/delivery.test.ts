// Delivery of closed segments into a directory: what arrives, what a failing target does to it, and that it goes on by
// itself without loss and without a second object.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, expect, test, vi } from 'vitest';
import { createDirectoryTarget } from '../../../appliance/audit/directory-target.ts';
import { AuditFolder } from '../../support/audit-log.ts';
import { DeliveryRig, type DeliveryRigOptions, objectOf } from '../../support/delivery-rig.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DAY_MS = 24 * 3_600_000;
let files: AuditFolder;
let target: string;

const rig = (options?: DeliveryRigOptions) => new DeliveryRig(files, createDirectoryTarget(target), options);
const delivered = (): string[] =>
  readdirSync(target, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.gz'))
    .sort();
const segments = (): string[] => readdirSync(files.directory).filter((name) => name.endsWith('.jsonl'));
const untilDelivered = (count: number) =>
  vi.waitFor(() => expect(delivered()).toHaveLength(count), { timeout: 20_000 });

beforeEach(() => {
  const folder = temporaryFolder();
  files = new AuditFolder(folder);
  target = join(folder, 'target');
  mkdirSync(target);
});

test('a closed segment arrives under its name, compressed and byte for byte, and the open one stays', async () => {
  const audit = rig();
  await audit.hour('a', 'b');
  await untilDelivered(1);
  const object = objectOf(15, 1);
  expect(delivered()).toEqual([object]);
  const local = readFileSync(join(files.directory, 'audit-2026-01-02T15-p0-00000001.jsonl'));
  expect(gunzipSync(readFileSync(join(target, object)))).toEqual(local);
  expect(statSync(join(target, object)).mode & 0o777).toBe(0o600);
  await vi.waitFor(() => expect(audit.delivery.progress().lastError).toBeNull());
});

test('a delivered tree verifies, and shows what is missing from it', async () => {
  const audit = rig();
  await vi.waitFor(() => expect(files.checkpointsMade).toBe(1));
  for (const id of ['a', 'b', 'c']) await audit.hour(id);
  await untilDelivered(3);
  await audit.close();
  const tree = { directory: target, maxAgeMs: 7 * DAY_MS };
  expect(await files.verify(tree)).toMatchObject({ problem: null, segments: 3, records: 5 });
  rmSync(join(target, objectOf(16, 2)));
  expect((await files.verify(tree)).problem?.what).toBe('segment 2 is missing');
});

test('the heads that were shipped are no segments of a delivered tree', async () => {
  const audit = rig();
  await audit.hour('a');
  await untilDelivered(1);
  mkdirSync(join(target, 'heads'));
  writeFileSync(join(target, 'heads', '15-p0-000000000000007.json'), files.head());
  expect(await files.verify({ directory: target, maxAgeMs: 7 * DAY_MS })).toMatchObject({ segments: 1 });
});

test('what closed while nobody delivered is delivered by the next start, once', async () => {
  const audit = rig();
  await audit.hour('a');
  await untilDelivered(1);
  await audit.close();
  const again = rig();
  await untilDelivered(2);
  await vi.waitFor(() => expect(again.spool.waiting()).toEqual([]));
  expect(delivered()).toEqual([objectOf(15, 1), objectOf(16, 2)]);
});

test('a delivery that was forgotten is found at the target and not done again', async () => {
  const audit = rig();
  await audit.hour('a');
  await vi.waitFor(() => expect(audit.spool.waiting()).toEqual([]), { timeout: 20_000 });
  await audit.close();
  rmSync(join(files.directory, 'spool-p0.json'));
  const before = statSync(join(target, objectOf(15, 1)));
  const again = rig();
  await vi.waitFor(() => expect(again.spool.waiting()).toEqual([]));
  const { ino, mtimeMs } = statSync(join(target, objectOf(15, 1)));
  expect([ino, mtimeMs]).toEqual([before.ino, before.mtimeMs]);
});

test('what is there in other compressed bytes, and the same content, counts as delivered', async () => {
  const content = await earlierContent();
  write(objectOf(15, 1), gzipSync(content, { level: 1 }));
  const audit = rig();
  await vi.waitFor(() => expect(audit.spool.waiting()).toEqual([]));
  expect(readFileSync(join(target, objectOf(15, 1)))).toEqual(gzipSync(content, { level: 1 }));
});

test('a file that is half of it is completed', async () => {
  const whole = gzipSync(await earlierContent());
  write(objectOf(15, 1), whole.subarray(0, 100));
  const audit = rig();
  await vi.waitFor(() => expect(audit.spool.waiting()).toEqual([]));
  expect(gunzipSync(readFileSync(join(target, objectOf(15, 1))))).toEqual(gunzipSync(whole));
});

test('a file with other content is never replaced, and delivery goes on when it is gone', async () => {
  await earlierContent();
  write(objectOf(15, 1), gzipSync('something else'));
  const audit = rig();
  await vi.waitFor(() => expect(audit.delivery.progress().lastError).toBe('conflict'));
  expect(gunzipSync(readFileSync(join(target, objectOf(15, 1)))).toString()).toBe('something else');
  rmSync(join(target, objectOf(15, 1)));
  audit.retry();
  await vi.waitFor(() => expect(audit.delivery.progress().lastError).toBeNull());
  expect(audit.said).toContain('audit delivery works again');
});

test('a target that is away for days holds nothing up, is asked less and less often, and then gets everything', async () => {
  rmSync(target, { recursive: true });
  const audit = rig();
  for (let hour = 0; hour < 60; hour += 1) {
    await audit.hour(`r${hour}`);
    await vi.waitFor(() => expect(audit.waits).toBe(true));
    if (hour < 12) {
      audit.retry();
      await vi.waitFor(() => expect(audit.waits).toBe(true));
    }
  }
  expect(audit.delivery.progress()).toEqual({
    lastDelivery: null,
    lastError: 'target-missing',
    failedDeliveries: 13,
  });
  // Half of the full time and half of the random rest of it: 0.75 of 1, 2, 4, … seconds, at the most 5 minutes.
  expect(audit.backOffs.slice(0, 4)).toEqual([750, 1500, 3000, 6000]);
  expect(audit.backOffs.at(-1)).toBe(225_000);
  expect(audit.said.filter((line) => line.startsWith('audit segment could not'))).toHaveLength(1);
  expect(audit.spool.waiting()).toHaveLength(60);

  mkdirSync(target);
  audit.retry();
  await untilDelivered(60);
  expect(await files.verify({ directory: target, maxAgeMs: 7 * DAY_MS })).toMatchObject({
    problem: null,
    segments: 60,
  });
});

test('a new hour does not cut a back-off short', async () => {
  rmSync(target, { recursive: true });
  const audit = rig();
  await audit.hour('a');
  await vi.waitFor(() => expect(audit.backOffs).toHaveLength(1));
  await audit.hour('b');
  expect(audit.backOffs).toHaveLength(1);
});

test('a segment that was removed here is passed over, and shows as missing there', async () => {
  rmSync(target, { recursive: true });
  const audit = rig();
  await audit.hour('a');
  await audit.hour('b');
  await vi.waitFor(() => expect(audit.waits).toBe(true));
  rmSync(join(files.directory, 'audit-2026-01-02T15-p0-00000001.jsonl'));
  mkdirSync(target);
  audit.retry();
  await untilDelivered(1);
  const { problem } = await files.verify({ directory: target, maxAgeMs: 7 * DAY_MS });
  expect(problem?.what).toBe('segment 1 is missing');
});

test('delivered segments are kept, unless a setting lets them go', async () => {
  const audit = rig();
  for (const id of ['a', 'b', 'c']) await audit.hour(id);
  await untilDelivered(3);
  expect(segments()).toHaveLength(4);
});

test('delivered segments go after their time, and what is left verifies from where they ended', async () => {
  const audit = rig({ keepMs: 2 * 3_600_000 });
  for (const id of ['a', 'b', 'c', 'd', 'e']) await audit.hour(id);
  await untilDelivered(5);
  await vi.waitFor(() => expect(segments()[0]).toBe('audit-2026-01-02T18-p0-00000004.jsonl'));
  expect(existsSync(join(files.directory, 'audit-2026-01-02T15-p0-00000001.log'))).toBe(false);
  await audit.close();
  const from = new Map([['p0', 4]]);
  expect(await files.verify({ from })).toMatchObject({ problem: null, segments: 3, firstSegment: 4 });
  // Who has verified more than was removed need not do it again; who has verified less is told.
  expect(await files.verify({ from: new Map([['p0', 6]]) })).toMatchObject({ problem: null, segments: 1 });
  const notHere = {
    file: 'spool-p0.json',
    what: 'segments up to 3 are not here: verify that the delivered tree has them, then give --from p0=4',
  };
  expect((await files.verify()).problem).toMatchObject(notHere);
  expect((await files.verify({ from: new Map([['p0', 3]]) })).problem).toMatchObject(notHere);
  rmSync(join(files.directory, 'audit-2026-01-02T18-p0-00000004.jsonl'));
  expect((await files.verify({ from })).problem?.what).toBe('segment 4 is missing');
});

test('a segment that was not delivered is never removed', async () => {
  rmSync(target, { recursive: true });
  const audit = rig({ keepMs: 0 });
  for (const id of ['a', 'b', 'c']) await audit.hour(id);
  await vi.waitFor(() => expect(audit.waits).toBe(true));
  expect(segments()).toHaveLength(4);
});

/** Content of the first segment of a log that was never delivered. */
async function earlierContent(): Promise<Buffer> {
  const log = files.open();
  await vi.waitFor(() => expect(files.checkpointsMade).toBe(1));
  await log.close();
  return readFileSync(join(files.directory, 'audit-2026-01-02T15-p0-00000001.jsonl'));
}

function write(object: string, content: Buffer): void {
  mkdirSync(dirname(join(target, object)), { recursive: true });
  writeFileSync(join(target, object), content);
}
