// What `kms audit verify` finds: everything that can be done to a log, each with the first bad line; and what a log
// looks like that restarts and crashes left.

import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { verifyAuditLog } from '../../../appliance/audit/verify.ts';
import { AUDIT_KEY, AuditFolder, auditRecord } from '../../support/audit-log.ts';
import { present } from '../../support/present.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
let log: AuditFolder;

const fileAt = (index: number): string => present(log.segmentFiles().at(index));
const linesAt = (index: number): string[] => readFileSync(fileAt(index), 'utf8').trimEnd().split('\n');
const rewrite = (index: number, lines: readonly string[]): void =>
  writeFileSync(fileAt(index), `${lines.join('\n')}\n`);

/** Three records an hour; the first hour also has the first checkpoint, the fourth only the last one. */
async function threeHours(): Promise<void> {
  const before = log.checkpointsMade;
  const audit = log.open();
  await vi.waitFor(() => expect(log.checkpointsMade).toBe(before + 1));
  for (let hour = 0; hour < 3; hour += 1) {
    audit.append([auditRecord(`a${hour}`), auditRecord(`b${hour}`)]);
    audit.append([auditRecord(`c${hour}`)]);
    log.now += HOUR_MS;
  }
  await audit.close();
}

async function expectProblem(line: number, what: RegExp): Promise<void> {
  const { problem } = await log.verify();
  expect(problem?.line).toBe(line);
  expect(problem?.what).toMatch(what);
}

beforeEach(() => {
  log = new AuditFolder(temporaryFolder());
});

describe('a log that was closed in order', () => {
  beforeEach(threeHours);

  test('is found good, at any later time', async () => {
    const verification = await log.verify({ asOf: log.now + 1000 * HOUR_MS, head: log.head() });
    expect(verification).toMatchObject({ problem: null, segments: 4, records: 9, unsealed: 0 });
    expect(verification.lastCheckpoint?.closing).toBe(true);
  });

  test('is found good when its segments are compressed', async () => {
    for (const file of log.segmentFiles()) {
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
      rmSync(file);
    }
    expect(await log.verify()).toMatchObject({ problem: null, records: 9 });
  });

  test('every changed byte is found, at its own line', async () => {
    const good = readFileSync(fileAt(1));
    for (let at = 0; at < good.length; at += 7) {
      const bytes = Buffer.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(fileAt(1), bytes);
      const { problem } = await log.verify();
      // A line end that is gone, or new, is found where the line that it makes begins.
      const line = good.subarray(0, at).toString('latin1').split('\n').length;
      expect([line, line - 1]).toContain(problem?.line);
      expect(problem?.file).toBe(basename(fileAt(1)));
    }
  });

  test('a byte that is no text is found although it reads the same', async () => {
    const audit = log.open();
    audit.append([auditRecord('x', { userAgent: '\uFFFD' })]);
    await audit.close();
    expect((await log.verify()).problem).toBeNull();
    const bytes = readFileSync(fileAt(-1));
    const at = bytes.indexOf(Buffer.from('\uFFFD'));
    writeFileSync(
      fileAt(-1),
      Buffer.concat([bytes.subarray(0, at), Buffer.of(0xff), bytes.subarray(at + 3)]),
    );
    expect((await log.verify()).problem?.what).toMatch('changed');
  });

  test('a removed line', async () => {
    rewrite(1, linesAt(1).toSpliced(2, 1));
    await expectProblem(3, /missing/);
  });

  test('two swapped lines', async () => {
    const lines = linesAt(1);
    const [opening = '', first = '', second = '', ...rest] = lines;
    rewrite(1, [opening, second, first, ...rest]);
    await expectProblem(2, /missing/);
  });

  test('a removed segment, the first one too', async () => {
    const [first = '', second = ''] = log.segmentFiles();
    const saved = readFileSync(second);
    rmSync(second);
    expect((await log.verify()).problem?.what).toBe('segment 2 is missing');
    writeFileSync(second, saved);
    rmSync(first);
    expect((await log.verify()).problem?.what).toBe('segment 1 is missing');
  });

  describe('a state of the spool that an intruder wrote', () => {
    /** Removes the first segments and says that they were removed in order, with the end given or the true one. */
    const removeThrough = (
      segment: number,
      end: Partial<Record<'sequence' | 'head', unknown>> = {},
    ): void => {
      const { seq, chain } = JSON.parse(present(linesAt(segment - 1).at(-1))) as {
        seq: number;
        chain: string;
      };
      for (const file of log.segmentFiles().slice(0, segment)) rmSync(file);
      const removed = { segment, sequence: seq, head: chain, ...end };
      const state = `${JSON.stringify({ delivered: segment, removed })}\n`;
      writeFileSync(join(log.directory, 'spool-p0.json'), state);
    };
    const verifyFrom = (number: number) => log.verify({ from: new Map([['p0', number]]) });

    test('excuses no segment that the auditor has not verified elsewhere', async () => {
      removeThrough(2);
      const notHere = /^segments up to 2 are not here/;
      expect((await log.verify()).problem?.what).toMatch(notHere);
      expect((await verifyFrom(2)).problem?.what).toMatch(notHere);
      expect(await verifyFrom(3)).toMatchObject({ problem: null, firstSegment: 3, segments: 2 });
    });

    test('cannot say where the removed ones ended', async () => {
      removeThrough(2, { head: 'ab'.repeat(32) });
      expect((await verifyFrom(3)).problem?.what).toMatch('was changed');
    });
  });

  test('a chain that --from names and that is gone altogether is missed', async () => {
    const { publicKey } = AUDIT_KEY;
    const options = { directory: log.directory, publicKey, head: '', asOf: log.now, maxAgeMs: 300_000 };
    const verifications = await verifyAuditLog({ ...options, from: new Map([['p1', 3]]) });
    expect(verifications.map(({ process, problem }) => [process, problem?.what])).toEqual([
      ['p0', undefined],
      ['p1', 'the log has no checkpoint'],
    ]);
  });

  test('a segment that is replayed, under its own number or a new one', async () => {
    const copy = join(log.directory, 'audit-2026-01-02T23-p0-00000002.jsonl');
    copyFileSync(fileAt(1), copy);
    expect((await log.verify()).problem?.what).toBe('segment 2 is there twice');
    rmSync(copy);
    copyFileSync(fileAt(1), join(log.directory, 'audit-2026-01-02T23-p0-00000005.jsonl'));
    await expectProblem(1, /repeated/);
  });

  test('a truncated tail: in a line, between lines, and whole segments with the checkpoint that was kept apart', async () => {
    const good = readFileSync(fileAt(-1));
    writeFileSync(fileAt(-1), good.subarray(0, good.length - 5));
    expect((await log.verify()).problem?.what).toMatch('cut off');
    rewrite(-1, linesAt(-1).slice(0, 1));
    expect((await log.verify()).problem?.what).toMatch('not closed');
    expect((await log.verify({ head: log.head() })).problem?.what).toMatch('kept apart');
  });

  test('a checkpoint that another key signed', async () => {
    const publicKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    const { problem } = await log.verify({ publicKey });
    expect(problem).toMatchObject({ line: 2, what: 'the checkpoint is not signed by this audit key' });
  });

  test('a log that was made anew with a key of its maker', async () => {
    const forged = new AuditFolder(temporaryFolder());
    forged.privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    await forged.open().close();
    expect((await forged.verify()).problem?.what).toMatch('not signed by this audit key');
  });
});

describe('a process that goes on', () => {
  test('after an orderly end links to the last line', async () => {
    await threeHours();
    await threeHours();
    expect(await log.verify()).toMatchObject({ problem: null, records: 18, segments: 8 });
  });

  test('after a crash seals what had no checkpoint yet, and cuts off a torn line', async () => {
    const killed = log.open();
    await vi.waitFor(() => expect(log.checkpointsMade).toBe(1));
    killed.append([auditRecord('a'), auditRecord('b')]);
    expect(await log.verify()).toMatchObject({ problem: null, records: 2, unsealed: 2 });
    expect((await log.verify({ asOf: log.now + HOUR_MS })).problem?.what).toMatch('not closed');
    appendFileSync(fileAt(0), '{"time":"2026-01-0');
    expect((await log.verify()).problem?.what).toMatch('cut off');
    const next = log.open();
    await vi.waitFor(() => expect(log.checkpointsMade).toBe(2));
    expect(await log.verify()).toMatchObject({ problem: null, records: 2, unsealed: 0 });
    expect(linesAt(1)[0]).toMatch('"cut_bytes":18');
    await next.close();
  });

  test('after its files were removed goes on behind the checkpoint kept apart, so that the gap shows', async () => {
    await threeHours();
    rmSync(log.directory, { recursive: true });
    await log.open().close();
    expect((await log.verify()).problem?.what).toBe('segment 1 is missing');
  });

  test('makes a checkpoint after so many records, and after so much time without any', async () => {
    const audit = log.open({ checkpoints: { everyRecords: 3, everyMs: 30_000 } });
    await vi.waitFor(() => expect(log.checkpointsMade).toBe(1));
    audit.append([auditRecord('a'), auditRecord('b')]);
    audit.append([auditRecord('c')]);
    await vi.waitFor(() => expect(log.checkpointsMade).toBe(2));
    expect(await log.verify()).toMatchObject({ problem: null, unsealed: 0 });
    log.now += 30_000;
    log.tick();
    await vi.waitFor(() => expect(log.checkpointsMade).toBe(3));
    await audit.close();
  });
});
