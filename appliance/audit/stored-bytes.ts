// How much the log takes on this machine. Looked at once a minute at the most, and the sizes of ended segments are kept: a
// year has some thousands of files.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../core/ports/clock.ts';
import { type SegmentName, segmentOfFile } from './segment-name.ts';

const VALID_MS = 60_000;
/** Files that are asked for their sizes together. */
const TOGETHER = 32;

/** Null: it cannot be told just now. */
export function createStoredBytes(directory: string, clock: Clock): () => Promise<number | null> {
  const ended = new Map<string, number>();
  let known: { readonly since: number; readonly bytes: Promise<number | null> } | null = null;
  return () => {
    const now = clock();
    if (known === null || Math.abs(now - known.since) >= VALID_MS) {
      const bytes = bytesIn(directory, ended).catch(() => {
        known = null;
        return null;
      });
      known = { since: now, bytes };
    }
    return known.bytes;
  };
}

async function bytesIn(directory: string, ended: Map<string, number>): Promise<number> {
  const names = await readdir(directory, { recursive: true });
  const segments = new Map(names.map((name) => [name, segmentOfFile(name)]));
  for (const name of ended.keys()) if (!segments.has(name)) ended.delete(name);
  const last = lastNumbers([...segments.values()]);
  let bytes = [...ended.values()].reduce((sum, size) => sum + size, 0);
  const unknown = names.filter((name) => !ended.has(name));
  for (let at = 0; at < unknown.length; at += TOGETHER) {
    const some = unknown.slice(at, at + TOGETHER);
    const sizes = await Promise.all(some.map((name) => sizeOf(join(directory, name))));
    for (const [index, name] of some.entries()) {
      const size = sizes[index] ?? 0;
      bytes += size;
      const segment = segments.get(name);
      if (segment && segment.number < (last.get(segment.process) ?? 0)) ended.set(name, size);
    }
  }
  return bytes;
}

/** By process. */
function lastNumbers(segments: readonly (SegmentName | null)[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const segment of segments) {
    if (segment) last.set(segment.process, Math.max(last.get(segment.process) ?? 0, segment.number));
  }
  return last;
}

/** A file may be gone by now. */
async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? found.size : 0;
}
