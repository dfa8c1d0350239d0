// How much the log takes on this machine. Looked at once a minute at the most: a year has some thousands of files.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../core/ports/clock.ts';

const VALID_MS = 60_000;

export function createStoredBytes(directory: string, clock: Clock): () => Promise<number> {
  let known: { readonly since: number; readonly bytes: Promise<number> } | null = null;
  return () => {
    const now = clock();
    if (known === null || Math.abs(now - known.since) >= VALID_MS) {
      known = { since: now, bytes: bytesIn(directory) };
    }
    return known.bytes;
  };
}

async function bytesIn(directory: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(directory, { recursive: true })) {
    // A file may be gone by now.
    const found = await stat(join(directory, name)).catch(() => null);
    if (found?.isFile()) bytes += found.size;
  }
  return bytes;
}
