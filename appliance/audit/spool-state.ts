// What a spool remembers beside the segments: `spool-<process>.json`.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChainEnd } from './chain.ts';

/** Where the last removed segment ended. */
export interface RemovedEnd extends ChainEnd {
  readonly segment: number;
}

export interface SpoolState {
  /** Every segment up to this number was acknowledged. */
  readonly delivered: number;
  /** Null: nothing was removed. */
  readonly removed: RemovedEnd | null;
}

const NOTHING: SpoolState = { delivered: 0, removed: null };

const number = z.int().min(0);
const SHAPE = z.object({
  delivered: number,
  removed: z
    .object({ segment: number, sequence: number, head: z.string().regex(/^[0-9a-f]{64}$/) })
    .nullable(),
});

export function spoolStateFile(directory: string, process: string): string {
  return join(directory, `spool-${process}.json`);
}

/** What cannot be read counts as nothing: then all is offered to the target again. */
export function readSpoolState(directory: string, process: string): SpoolState {
  try {
    const text = readFileSync(spoolStateFile(directory, process), 'utf8');
    return SHAPE.parse(JSON.parse(text));
  } catch {
    return NOTHING;
  }
}
