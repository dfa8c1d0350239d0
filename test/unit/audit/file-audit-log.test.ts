// What becomes of the log when its files cannot be written, are removed or replaced, and how it goes on by itself.

import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { createSegmentFile } from '../../../appliance/audit/segment-file.ts';
import { auditFailure } from '../../../appliance/audit/write-failure.ts';
import { AuditFolder, auditRecord } from '../../support/audit-log.ts';
import { present } from '../../support/present.ts';
import { fill, smallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
let log: AuditFolder;

const names = (suffix: string): string[] =>
  readdirSync(log.directory).filter((name) => name.endsWith(suffix));
const linesOf = (name: string): string[] =>
  readFileSync(join(log.directory, name), 'utf8').trimEnd().split('\n');

async function opened() {
  const audit = log.open();
  await vi.waitFor(() => expect(log.checkpointsMade).toBe(1));
  return audit;
}

/** Whoever runs the tests may otherwise write everywhere. */
function unprivileged(run: () => void): void {
  const { geteuid, seteuid } = process;
  const isRoot = geteuid?.() === 0;
  if (isRoot) seteuid?.(65534);
  try {
    run();
  } finally {
    if (isRoot) seteuid?.(0);
  }
}

beforeEach(() => {
  log = new AuditFolder(temporaryFolder());
});

/** The open log, and what its watcher is told. */
function openWatched() {
  const told: string[] = [];
  const audit = log.open({
    watcher: {
      written: () => void told.push('written'),
      failed: (error) => void told.push(auditFailure(error)),
      segmentClosed: () => undefined,
    },
  });
  return { told, audit };
}

test('a record has one line in both files, and each hour has a segment of its own', async () => {
  const audit = await opened();
  audit.append([auditRecord('a'), auditRecord('b')]);
  log.now += HOUR_MS;
  audit.append([auditRecord('c')]);
  await audit.flushed();
  expect(names('.log')).toEqual([
    'audit-2026-01-02T15-p0-00000001.log',
    'audit-2026-01-02T16-p0-00000002.log',
  ]);
  expect(names('.log').map((name) => linesOf(name).length)).toEqual([2, 1]);
  expect(statSync(join(log.directory, present(names('.jsonl')[0]))).mode & 0o777).toBe(0o600);
  await audit.close();
  expect(await log.verify()).toMatchObject({ problem: null, records: 3 });
});

test('a write that fails half-way leaves no part of a line, in neither file', () => {
  const path = join(temporaryFolder(), 'segment');
  const file = createSegmentFile(path);
  file.write('{"a":1}\n', 'a\n');
  // The second write fails when the first is done.
  const tooLong = { toString: () => '' } as unknown as string;
  expect(() => file.write('{"b":2}\n', tooLong)).toThrow();
  expect(readFileSync(`${path}.jsonl`, 'utf8')).toBe('{"a":1}\n');
  file.write('{"c":3}\n', 'c\n');
  file.close();
  expect(readFileSync(`${path}.jsonl`, 'utf8')).toBe('{"a":1}\n{"c":3}\n');
  expect(readFileSync(`${path}.log`, 'utf8')).toBe('a\nc\n');
});

test('while the next segment cannot be made nothing is recorded, and it goes on by itself afterwards', async () => {
  const audit = await opened();
  audit.append([auditRecord('a')]);
  log.now += HOUR_MS;
  // In the place of the next segment stands something else: its name cannot be taken, whoever runs the test.
  const blocked = join(log.directory, 'audit-2026-01-02T16-p0-00000002.log');
  copyFileSync(join(log.directory, present(names('.log')[0])), blocked);
  expect(() => audit.append([auditRecord('b')])).toThrow(/EEXIST/);
  rmSync(blocked);
  audit.append([auditRecord('c')]);
  await audit.close();
  expect(await log.verify()).toMatchObject({ problem: null, records: 2, segments: 2 });
});

test('while the directory may not be written the open segment goes on, the next one waits, and the reason is told', async () => {
  const { told, audit } = openWatched();
  await vi.waitFor(() => expect(log.checkpointsMade).toBe(1));
  chmodSync(log.directory, 0o500);
  unprivileged(() => audit.append([auditRecord('a')]));
  log.now += HOUR_MS;
  unprivileged(() => expect(() => audit.append([auditRecord('b')])).toThrow(/EACCES/));
  expect(told.at(-1)).toBe('not-permitted');
  chmodSync(log.directory, 0o700);
  audit.append([auditRecord('c')]);
  await audit.flushed();
  expect(told.at(-1)).toBe('written');
  await audit.close();
  expect(await log.verify()).toMatchObject({ problem: null, records: 2, segments: 2 });
});

test('a directory that is removed is made again, and what was in it shows as missing', async () => {
  const audit = await opened();
  audit.append([auditRecord('a')]);
  rmSync(log.directory, { recursive: true });
  log.tick();
  await vi.waitFor(() => expect(log.checkpointsMade).toBe(2));
  audit.append([auditRecord('b')]);
  await audit.close();
  expect((await log.verify()).problem?.what).toBe('segment 1 is missing');
});

test('a segment that becomes too large to be delivered in one piece is followed by another', async () => {
  const audit = await opened();
  const large = Array.from({ length: 1000 }, () => auditRecord('r', { userAgent: 'x'.repeat(1024) }));
  for (let mebibytes = 0; mebibytes < 66; mebibytes += 1) audit.append(large);
  await audit.close();
  expect(await log.verify()).toMatchObject({ problem: null, records: 66_000, segments: 2 });
  expect(linesOf(present(names('.jsonl')[1]))[0]).toMatch('"reason":"size"');
});

test('a segment that is removed is noticed at the next checkpoint, and the gap shows', async () => {
  const audit = await opened();
  audit.append([auditRecord('a')]);
  rmSync(join(log.directory, present(names('.jsonl')[0])));
  log.tick();
  await vi.waitFor(() => expect(log.checkpointsMade).toBe(2));
  expect(log.logged).toContain('audit segment was removed or replaced');
  audit.append([auditRecord('b')]);
  await audit.close();
  expect((await log.verify()).problem?.what).toBe('segment 1 is missing');
  expect(linesOf(present(names('.jsonl')[0]))[0]).toMatch('"reason":"replaced"');
});

test('a segment that is replaced by a copy is noticed, and records go on in a new one', async () => {
  const audit = await opened();
  audit.append([auditRecord('a')]);
  const path = join(log.directory, present(names('.jsonl')[0]));
  copyFileSync(path, `${path}.copy`);
  rmSync(path);
  copyFileSync(`${path}.copy`, path);
  rmSync(`${path}.copy`);
  log.tick();
  await vi.waitFor(() => expect(log.checkpointsMade).toBe(2));
  audit.append([auditRecord('b')]);
  await audit.close();
  // The copy has all that was written before: nothing is lost.
  expect(await log.verify()).toMatchObject({ problem: null, records: 2, segments: 2 });
});

test('a change of modes does not stop an open segment', async () => {
  const audit = await opened();
  chmodSync(join(log.directory, present(names('.jsonl')[0])), 0o400);
  audit.append([auditRecord('a')]);
  await audit.close();
  expect(await log.verify()).toMatchObject({ problem: null, records: 1 });
});

test('a checkpoint that cannot be signed is logged and made up for by the next one', async () => {
  const audit = log.open({ sign: () => Promise.reject(new Error('the key store is busy')) });
  await vi.waitFor(() => expect(log.logged).toEqual(['audit checkpoint could not be made']));
  audit.append([auditRecord('a')]);
  await audit.close();
  await log.open().close();
  expect(await log.verify()).toMatchObject({ problem: null, records: 1, unsealed: 0 });
});

test('a start after the JSON lines of the last segment were removed goes on in the next one', async () => {
  await log.open().close();
  rmSync(join(log.directory, present(names('.jsonl')[0])));
  await log.open({ lastHead: '' }).close();
  expect(names('.jsonl')).toEqual(['audit-2026-01-02T15-p0-00000002.jsonl']);
  expect((await log.verify()).problem?.what).toBe('segment 1 is missing');
});

test('a full disk records what is being done, then nothing, and with room everything, in one chain', async (context) => {
  const disk = smallDisk();
  if (disk === null) return context.skip('mounting is not permitted here');
  log = new AuditFolder(disk);
  const { told, audit } = openWatched();
  await vi.waitFor(() => expect(log.checkpointsMade).toBe(1));
  const filler = fill(disk);
  let recorded = 0;
  expect(() => {
    for (; recorded < 1000; recorded += 1) audit.append([auditRecord(`r${recorded}`)]);
  }).toThrow(/ENOSPC/);
  expect(told.at(-1)).toBe('disk-full');
  // The last one took the reserve: that is no recovery.
  await audit.flushed();
  expect(told.at(-1)).toBe('disk-full');
  expect(() => audit.append([auditRecord('refused')])).toThrow(/ENOSPC/);
  rmSync(filler);
  audit.append([auditRecord('again')]);
  await audit.flushed();
  expect(told.at(-1)).toBe('written');
  await audit.close();
  expect(await log.verify()).toMatchObject({ problem: null, records: recorded + 1 });
});
