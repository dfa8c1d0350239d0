// The segments that a verification reads: where they are below a directory, and their lines.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentStream } from './segment-stream.ts';

export interface SegmentPath {
  readonly path: string;
  readonly process: string;
  readonly number: number;
}

/** Segments as the instance has them, perhaps compressed, and as they are delivered. */
const SEGMENT = /^(?:audit-\d{4}-\d\d-\d\dT)?\d\d-([a-z0-9]{1,16})-(\d{8,15})\.jsonl(?:\.gz)?$/;
const DELIVERED = /^\d\d-([a-z0-9]{1,16})-(\d{8,15})\.log\.gz$/;
const BLOCK_BYTES = 64 * 1024;
/** Far more than any line has. */
const MAX_LINE_BYTES = 1024 * 1024;

/** By their numbers. */
export async function segmentPaths(directory: string): Promise<SegmentPath[]> {
  const paths = await readdir(directory, { recursive: true });
  return paths
    .flatMap((path) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const [, process, number] = SEGMENT.exec(name) ?? DELIVERED.exec(name) ?? [];
      return process === undefined ? [] : [{ path: join(directory, path), process, number: Number(number) }];
    })
    .sort((left, right) => left.number - right.number || (left.path < right.path ? -1 : 1));
}

/** Whole lines, one character a byte; what stands after the last line end counts as a line. */
export async function* segmentLines(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of segmentStream(path, BLOCK_BYTES) as AsyncIterable<Buffer>) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_BYTES) throw new Error('a line is too long');
    yield* lines;
  }
  if (rest !== '') yield `${rest}\n(cut off)`;
}
