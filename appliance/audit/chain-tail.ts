// Where the chain of an earlier run ended: its last whole line. What a crash tore in the middle was never answered and
// is cut off.

import { closeSync, fdatasyncSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { type ChainEnd, EMPTY_CHAIN, type ReadLink, readLink } from './chain.ts';
import { readCheckpoint } from './checkpoint.ts';
import { JSON_SUFFIX, lastNumber, segmentName, segmentsOf } from './segment-name.ts';

const BLOCK_BYTES = 64 * 1024;

export interface ChainTail {
  readonly end: ChainEnd;
  /** Number of the last segment that there was; 0 when there was none. */
  readonly segment: number;
  /** Bytes of a torn line that were cut off. */
  readonly cutBytes: number;
}

/**
 * `lastCheckpoint` is the line of the last checkpoint as it is kept elsewhere; '' when there is none. When the files end
 * before it, lines are missing: the chain goes on after it, so that what is missing shows as a gap. What the chain goes on from is
 * on disk then (`sync`).
 */
export function chainTail(
  directory: string,
  process: string,
  lastCheckpoint: string,
  sync = syncFile,
): ChainTail {
  const known = readLink(lastCheckpoint.trimEnd());
  // A number that was used is not used again, whatever is left of the segment.
  const segment = Math.max(lastNumber(directory, process), readCheckpoint(lastCheckpoint)?.segment ?? 0);
  let tail: ChainTail = { end: EMPTY_CHAIN, segment, cutBytes: 0 };
  for (const name of segmentsOf(directory, process).toReversed()) {
    const path = join(directory, segmentName(name) + JSON_SUFFIX);
    const { line, size, cutBytes } = lastLine(path);
    if (cutBytes > 0) truncateSync(path, size - cutBytes);
    const end = readLink(line);
    tail = { ...tail, cutBytes: tail.cutBytes + cutBytes };
    if (end === null) continue;
    tail = { ...tail, end };
    break;
  }
  // A killed process may not have got to it, neither with the last one nor with the one that it had just ended.
  for (const name of segmentsOf(directory, process).slice(-2)) {
    sync(join(directory, segmentName(name) + JSON_SUFFIX));
  }
  return known && known.sequence > tail.end.sequence ? { ...tail, end: known } : tail;
}

/** The last line of a segment; null when it is none of a chain. */
export function lastLinkOf(path: string): ReadLink | null {
  return readLink(lastLine(path).line);
}

function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}

interface LastLine {
  /** The last one that is whole, without its end. */
  readonly line: string;
  /** Of the file, and of what stands in it after that line. */
  readonly size: number;
  readonly cutBytes: number;
}

function lastLine(path: string): LastLine {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    let read = Buffer.alloc(0);
    for (;;) {
      const last = read.lastIndexOf('\n');
      const before = last < 1 ? -1 : read.lastIndexOf('\n', last - 1);
      if (before >= 0 || read.length === size) {
        const line = read.subarray(before + 1, Math.max(last, 0)).toString('latin1');
        return { line, size, cutBytes: read.length - (last + 1) };
      }
      const block = Buffer.alloc(Math.min(BLOCK_BYTES, size - read.length));
      readSync(file, block, 0, block.length, size - read.length - block.length);
      read = Buffer.concat([block, read]);
    }
  } finally {
    closeSync(file);
  }
}
