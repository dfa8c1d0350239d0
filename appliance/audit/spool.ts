// The closed segments of a process that wait for delivery: the log's own files, in order. What was acknowledged is kept
// in a file beside them, and lost with no harm: a segment is then found at the target and acknowledged again.
// Acknowledged segments stay for so long as the setting says; where the removed ones ended is kept, for `verify`.

import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLinkOf } from './chain-tail.ts';
import {
  hourEnd,
  JSON_SUFFIX,
  type SegmentName,
  segmentName,
  segmentsOf,
  TEXT_SUFFIX,
} from './segment-name.ts';
import { readSpoolState, type SpoolState } from './spool-state.ts';

export interface Spool {
  /** Those that wait, the oldest first. */
  waiting(): readonly SegmentName[];
  /** Of the JSON lines. */
  path(segment: SegmentName): string;
  acknowledge(segment: SegmentName): Promise<void>;
  /** Removes acknowledged segments that have been kept for long enough; ends when it is stopped. */
  removeOld(stop: AbortSignal): Promise<void>;
  /** Of some that wait. */
  bytes(segments: readonly SegmentName[]): Promise<number>;
}

export interface SpoolOptions {
  readonly directory: string;
  readonly process: string;
  /** Every segment up to this number is closed and on disk. */
  readonly closedThrough: () => number;
  /** How long to keep what is delivered; null: for good. */
  readonly keepMs: number | null;
  readonly clock: () => number;
  /** Durable when it resolves. */
  readonly saveState: (text: string) => Promise<void>;
}

export function openSpool(options: SpoolOptions): Spool {
  const { directory, process, keepMs, closedThrough } = options;
  let state = readSpoolState(directory, process);
  const closed = (): SegmentName[] =>
    segmentsOf(directory, process).filter(({ number }) => number <= closedThrough());
  // Nothing waits for most of the time: then the directory, of perhaps many thousands of files, is not read.
  const waiting = (): SegmentName[] =>
    closedThrough() <= state.delivered ? [] : closed().filter(({ number }) => number > state.delivered);
  const path = (segment: SegmentName): string => join(directory, segmentName(segment) + JSON_SUFFIX);
  const save = async (next: SpoolState): Promise<void> => {
    state = next;
    await options.saveState(`${JSON.stringify(next)}\n`);
  };
  const remove = async (
    segments: readonly SegmentName[],
    suffix: string,
    stop: AbortSignal,
  ): Promise<void> => {
    for (const segment of segments) {
      if (stop.aborted) return;
      await rm(join(directory, segmentName(segment) + suffix), { force: true });
    }
  };
  return {
    waiting,
    path,
    acknowledge: (segment) => save({ ...state, delivered: segment.number }),
    async removeOld(stop) {
      if (keepMs === null || stop.aborted) return;
      const before = options.clock() - keepMs;
      // The last one stays: the chain goes on from it should the next one be lost with the machine.
      const old = closed()
        .slice(0, -1)
        .filter(({ number, hour }) => number <= state.delivered && hourEnd(hour) <= before);
      const last = old.at(-1);
      if (!last) return;
      const end = lastLinkOf(path(last));
      // A damaged one is evidence.
      if (!end) return;
      // First what needs no trace, so that a full disk has room for one.
      await remove(old, TEXT_SUFFIX, stop);
      await save({ ...state, removed: { segment: last.number, sequence: end.sequence, head: end.head } });
      await remove(old, JSON_SUFFIX, stop);
    },
    async bytes(segments) {
      const sizes = await Promise.all(
        segments.map((segment) =>
          stat(path(segment)).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      );
      return sizes.reduce((sum, size) => sum + size, 0);
    },
  };
}
