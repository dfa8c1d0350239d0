// When checkpoints are made: after so many records, after so much time whether or not there were any, and at the end.
// One is made at a time; one that fails is tried again when the time has passed.

import type { Timer } from '../core/ports/clock.ts';

export interface CheckpointSchedule {
  readonly everyRecords: number;
  readonly everyMs: number;
}

export interface Checkpointer {
  /** Tells that so many lines were added. */
  added(lines: number): void;
  /** Begins with a checkpoint of what is there. */
  start(): void;
  /** Makes the last one, when none is under way any more. */
  close(): Promise<void>;
}

export interface CheckpointerOptions {
  readonly schedule: CheckpointSchedule;
  readonly timer: Timer;
  /** Never rejects. */
  readonly make: (closing: boolean) => Promise<void>;
}

export function createCheckpointer({ schedule, timer, make }: CheckpointerOptions): Checkpointer {
  let since = 0;
  let under: Promise<void> | null = null;
  let cancel = (): void => undefined;
  let closed = false;

  const begin = (): void => {
    if (under !== null || closed) return;
    since = 0;
    cancel();
    under = make(false).finally(() => {
      under = null;
      if (!closed) cancel = timer(begin, schedule.everyMs);
    });
  };
  return {
    added(lines) {
      since += lines;
      if (since >= schedule.everyRecords) begin();
    },
    start: begin,
    async close() {
      closed = true;
      cancel();
      await under;
      await make(true);
    },
  };
}
