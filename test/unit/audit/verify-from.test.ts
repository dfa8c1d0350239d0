// A verification that begins behind a known gap, and one against checkpoints that were kept apart.

import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type ChainEnd, link, readLink } from '../../../appliance/audit/chain.ts';
import { createAuditEvents } from '../../../appliance/audit/lookup-events.ts';
import { queryAuditLog } from '../../../appliance/audit/query.ts';
import { AuditFolder, auditRecord } from '../../support/audit-log.ts';
import { present } from '../../support/present.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
let log: AuditFolder;

const fileOf = (segment: number): string =>
  present(log.segmentFiles().find((name) => name.endsWith(`-${String(segment).padStart(8, '0')}.jsonl`)));
const linesOf = (segment: number): string[] => readFileSync(fileOf(segment), 'utf8').trimEnd().split('\n');
const verifyFrom = (segment: number, head = '') => log.verify({ head, from: new Map([['p0', segment]]) });

/** Made anew from `end` on, as anybody can who needs no key for it. */
function relink(segment: number, end: ChainEnd, change: (json: string) => string): ChainEnd {
  let last = end;
  let text = '';
  for (const line of linesOf(segment)) {
    const linked = link(last, change(`${line.slice(0, line.lastIndexOf(',"seq":'))}}`));
    text += linked.line;
    last = linked;
  }
  writeFileSync(fileOf(segment), text);
  return last;
}

/** Four segments; the first has a checkpoint, and the last one that of the end. */
beforeEach(async () => {
  log = new AuditFolder(temporaryFolder());
  const audit = log.open();
  await vi.waitFor(() => expect(log.checkpointsMade).toBe(1));
  for (let hour = 0; hour < 3; hour += 1) {
    audit.append([auditRecord(`a${hour}`), auditRecord(`b${hour}`)]);
    log.now += HOUR_MS;
  }
  await audit.close();
});

describe('behind a gap', () => {
  beforeEach(() => rmSync(fileOf(2)));

  test('what follows is checked from the segment that the auditor names', async () => {
    expect((await log.verify()).problem?.what).toBe('segment 2 is missing');
    expect(await verifyFrom(3)).toMatchObject({ problem: null, firstSegment: 3, segments: 2, records: 2 });
    expect((await verifyFrom(2)).problem?.what).toBe('segment 2 is missing');
  });

  test('a change is found, at its own line', async () => {
    writeFileSync(fileOf(3), readFileSync(fileOf(3), 'utf8').replace('"b2"', '"x2"'));
    expect((await verifyFrom(3)).problem).toMatchObject({ line: 3 });
    expect((await verifyFrom(3)).problem?.what).toMatch('was changed');
  });

  test('a log that was made anew does not agree with its next checkpoint', async () => {
    const before = present(readLink(present(linesOf(1).at(-1))));
    const change = (json: string) => json.replace('"b2"', '"x2"');
    relink(4, relink(3, { ...before, sequence: before.sequence + 3 }, change), change);
    expect((await verifyFrom(3)).problem?.what).toMatch('does not agree with the records before it');
  });

  test('a segment under the number of another does not begin with its opening line', async () => {
    writeFileSync(fileOf(3), readFileSync(fileOf(1)));
    expect((await verifyFrom(3)).problem?.what).toMatch('its own opening line');
  });

  test('a first segment that is empty excuses nothing', async () => {
    writeFileSync(fileOf(3), '');
    expect((await verifyFrom(3)).problem?.what).toMatch('are missing');
  });
});

describe('against checkpoints kept apart', () => {
  const closing = (): string => log.head();
  const heartbeat = (): string => `${present(linesOf(1)[1])}\n`;

  test('each one of a process counts, in whatever order they are given', async () => {
    const heads = [closing() + heartbeat(), heartbeat() + closing()];
    for (const head of heads) expect((await log.verify({ head })).problem).toBeNull();
    for (const segment of [2, 3, 4]) rmSync(fileOf(segment));
    for (const head of heads) expect((await log.verify({ head })).problem?.what).toMatch('kept apart');
  });

  test('those before the first segment are not looked for, unless there is no later one', async () => {
    expect((await verifyFrom(3, heartbeat() + closing())).problem).toBeNull();
    expect((await verifyFrom(3, heartbeat())).problem?.what).toMatch('kept apart');
  });

  test.each(['\n', '{"type":"checkpoint",', 'hello\n'])('%j is none, and checks nothing in silence', (head) =>
    expect(log.verify({ head })).rejects.toThrow('no checkpoint'),
  );
});

describe('a segment that cannot be read', () => {
  test('is named, also when it is compressed', async () => {
    const path = fileOf(2);
    rmSync(path);
    // Whoever runs the test: a directory cannot be read.
    mkdirSync(`${path}.gz`);
    const { problem } = await log.verify();
    expect(problem?.file).toMatch(/-00000002\.jsonl\.gz$/);
    expect(problem?.what).toMatch('EISDIR');
  });

  test('because it was removed since it was found is passed over by searches', async () => {
    const path = fileOf(2);
    rmSync(path);
    symlinkSync(join(log.directory, 'gone'), path);
    const found: string[] = [];
    for await (const lines of queryAuditLog({ directory: log.directory })) found.push(...lines);
    expect(found).toHaveLength(4);
    const events = createAuditEvents(log.directory);
    const page = {
      since: 0,
      until: log.now,
      conditions: [],
      order: 'forward',
      maxEvents: 50,
      token: null,
    } as const;
    await expect(events.lookup(page)).resolves.toMatchObject({ events: [], nextToken: null });
  });
});
