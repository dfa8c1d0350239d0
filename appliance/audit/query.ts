// Searches a directory of segments, the instance's own or delivered ones, and streams what it finds: a block of a file
// is in memory at a time, and files of other hours are not opened. Nothing is verified here (verify.ts).

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { foundLines, type LineFilter, type LineQuery, lineFilter, lineText } from './line-filter.ts';
import { segmentStream } from './segment-stream.ts';

export interface AuditQuery extends LineQuery {
  readonly directory: string;
}

export interface FoundSegment {
  readonly path: string;
  /** `2026-01-02T15` */
  readonly hour: string;
  readonly process: string;
  readonly number: number;
}

const HOUR_MS = 3_600_000;
const BLOCK_BYTES = 1024 * 1024;
/** Far more than any line has. */
const MAX_LINE_BYTES = 1024 * 1024;
const LOCAL = /^audit-(\d{4}-\d\d-\d\dT\d\d)-([a-z0-9]{1,16})-(\d{8,15})\.jsonl(?:\.gz)?$/;
const DELIVERED = /(?:^|\/)(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)-([a-z0-9]{1,16})-(\d{1,15})\.(?:log|jsonl)\.gz$/;

/** Batches of JSON lines, without line ends, in the order in which they were written. */
export async function* queryAuditLog(query: AuditQuery): AsyncGenerator<readonly string[]> {
  const filter = lineFilter(query);
  for (const segment of await segmentsWithin(query)) yield* linesOf(segment.path, filter);
}

/**
 * Those that may hold records of that time. Records stand in the segment of the hour in which their request ended, so
 * one more hour is looked at: what ended still later is found when `until` is.
 */
export async function segmentsWithin({
  directory,
  since,
  until,
}: Pick<AuditQuery, 'directory' | 'since' | 'until'>): Promise<FoundSegment[]> {
  const paths = await readdir(directory, { recursive: true });
  const segments = new Map<string, FoundSegment>();
  for (const path of paths.toSorted()) {
    const segment = segmentAt(directory, path.replaceAll('\\', '/'));
    if (!segment) continue;
    const begin = Date.parse(`${segment.hour}:00:00Z`);
    if (since !== undefined && begin + HOUR_MS <= since) continue;
    if (until !== undefined && begin - HOUR_MS >= until) continue;
    // One that is there twice is read once, and better not compressed.
    const name = `${segment.process} ${segment.number}`;
    if (segments.get(name)?.path.endsWith('.gz') !== false) segments.set(name, segment);
  }
  return [...segments.values()].sort(
    (left, right) =>
      compare(left.hour, right.hour) || compare(left.process, right.process) || left.number - right.number,
  );
}

function segmentAt(directory: string, path: string): FoundSegment | null {
  const [, localHour, localProcess, localNumber] = LOCAL.exec(path.slice(path.lastIndexOf('/') + 1)) ?? [];
  if (localHour !== undefined && localProcess !== undefined) {
    return {
      path: join(directory, path),
      hour: localHour,
      process: localProcess,
      number: Number(localNumber),
    };
  }
  const [, year, month, day, hour, process, number] = DELIVERED.exec(path) ?? [];
  if (process === undefined) return null;
  return {
    path: join(directory, path),
    hour: `${year}-${month}-${day}T${hour}`,
    process,
    number: Number(number),
  };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A line that has no end yet is still being written. @throws Error that names a file that cannot be read */
async function* linesOf(path: string, filter: LineFilter): AsyncGenerator<readonly string[]> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of segmentStream(path, BLOCK_BYTES) as AsyncIterable<Buffer>) {
      const whole = chunk.lastIndexOf('\n') + 1;
      if (rest.length + chunk.length > MAX_LINE_BYTES + BLOCK_BYTES) throw new Error('a line is too long');
      const block = whole === 0 ? null : Buffer.concat([rest, chunk.subarray(0, whole)]);
      rest = block ? Buffer.from(chunk.subarray(whole)) : Buffer.concat([rest, chunk]);
      const found = block ? foundLines(block, filter) : [];
      if (found.length > 0) yield found.map(({ line }) => lineText(line));
    }
  } catch (error) {
    // Removed since it was found, after its delivery.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
