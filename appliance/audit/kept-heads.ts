// Checkpoints that were kept apart from the log, which it must contain: what was cut off behind a checkpoint, or a log that
// was made anew, shows against them alone.

import { readCheckpoint } from './checkpoint.ts';

export interface KeptHead {
  readonly process: string;
  readonly segment: number;
  readonly sequence: number;
  /** As it stands in the log, without line end. */
  readonly line: string;
}

/** One a line. Null when there is none, or when a line is none. */
export function readHeads(text: string): KeptHead[] | null {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const heads: KeptHead[] = [];
  for (const line of lines.filter((each) => each !== '')) {
    const checkpoint = readCheckpoint(line);
    if (!checkpoint) return null;
    const { process, segment, sequence } = checkpoint;
    heads.push({ process, segment, sequence, line });
  }
  return heads.length === 0 ? null : heads;
}

/** Lines that must be found from `firstSegment` on: the newest in any case, earlier ones if they can be there. */
export function linesToFind(heads: readonly KeptHead[], firstSegment: number): Set<string> {
  const newest = Math.max(...heads.map(({ sequence }) => sequence));
  const wanted = heads.filter(({ segment, sequence }) => segment >= firstSegment || sequence === newest);
  return new Set(wanted.map(({ line }) => line));
}
