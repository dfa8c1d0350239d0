// A segment in blocks of whole lines, in either direction, from any offset: what a search that stops and goes on later
// reads. What has no line end yet is left out.

import type { FileHandle } from 'node:fs/promises';

export interface SegmentBlock {
  readonly block: Buffer;
  /** Where it begins in the file. */
  readonly offset: number;
}

/** More than the longest line: sixteen fields of at most 1024 characters, and some parameters. */
export const BLOCK_BYTES = 512 * 1024;
const LINE_FEED = 0x0a;

export async function* blocksForward(file: FileHandle, start: number): AsyncGenerator<SegmentBlock> {
  let offset = start;
  for (;;) {
    const chunk = await readAt(file, offset, BLOCK_BYTES);
    const whole = chunk.lastIndexOf(LINE_FEED) + 1;
    if (whole === 0) return;
    yield { block: chunk.subarray(0, whole), offset };
    offset += whole;
  }
}

/** `start` is the offset before which to begin. */
export async function* blocksBackward(file: FileHandle, start: number): AsyncGenerator<SegmentBlock> {
  let end = Math.min(start, (await file.stat()).size);
  while (end > 0) {
    const begin = Math.max(0, end - BLOCK_BYTES);
    const chunk = await readAt(file, begin, end - begin);
    const first = begin === 0 ? 0 : chunk.indexOf(LINE_FEED) + 1;
    if (begin > 0 && (first === 0 || first === chunk.length)) return;
    yield { block: chunk.subarray(first), offset: begin + first };
    end = begin + first;
  }
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
