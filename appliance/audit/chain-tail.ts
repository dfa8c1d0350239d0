// Where the chain of an earlier run ended: its last whole line. What a crash tore in the middle was never answered and
// is cut off.

import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type ChainEnd, EMPTY_CHAIN, readLink } from './chain.ts';
import { JSON_SUFFIX, segmentName, segmentsOf } from './segment-name.ts';

const BLOCK_BYTES = 64 * 1024;

export interface ChainTail {
  readonly end: ChainEnd;
  /** Number of the last segment; 0 when there is none. */
  readonly segment: number;
  /** Bytes of a torn line that were cut off. */
  readonly cutBytes: number;
}

/**
 * `lastCheckpoint` is the line of the last checkpoint as it is kept elsewhere; '' when there is none. When the files end
 * before it, lines are missing: the chain goes on after it, so that what is missing shows as a gap.
 */
export function chainTail(directory: string, process: string, lastCheckpoint: string): ChainTail {
  const known = readLink(lastCheckpoint.trimEnd());
  let tail: ChainTail = { end: EMPTY_CHAIN, segment: 0, cutBytes: 0 };
  const segments = segmentsOf(directory, process);
  for (const name of segments.toReversed()) {
    const { line, cutBytes } = lastLine(join(directory, segmentName(name) + JSON_SUFFIX));
    const end = readLink(line);
    tail = { ...tail, segment: Math.max(tail.segment, name.number), cutBytes: tail.cutBytes + cutBytes };
    if (end === null) continue;
    tail = { ...tail, end };
    break;
  }
  return known && known.sequence > tail.end.sequence ? { ...tail, end: known } : tail;
}

/** The last line that is whole, without its end; the file is cut off after it. */
function lastLine(path: string): { readonly line: string; readonly cutBytes: number } {
  const file = openSync(path, 'r+');
  try {
    const { size } = fstatSync(file);
    let read = Buffer.alloc(0);
    for (;;) {
      const last = read.lastIndexOf('\n');
      const before = last < 1 ? -1 : read.lastIndexOf('\n', last - 1);
      if (before >= 0 || read.length === size) {
        const cutBytes = read.length - (last + 1);
        if (cutBytes > 0) ftruncateSync(file, size - cutBytes);
        return { line: read.subarray(before + 1, Math.max(last, 0)).toString('latin1'), cutBytes };
      }
      const block = Buffer.alloc(Math.min(BLOCK_BYTES, size - read.length));
      readSync(file, block, 0, block.length, size - read.length - block.length);
      read = Buffer.concat([block, read]);
    }
  } finally {
    closeSync(file);
  }
}
