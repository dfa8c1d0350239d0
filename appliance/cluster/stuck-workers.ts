// Workers that do not even take the connections they are handed: their event loop stands still. They are killed, and
// replaced like any that end; until then the others get what comes. Looks are counted, not time, so that a machine that
// was suspended kills nobody.

import type { Timer } from '../core/ports/clock.ts';
import type { Logger } from '../ops/logger.ts';
import type { WorkerProcess } from './worker-process.ts';

const LOOK_MS = 10_000;
/** Looks that find the same connection waiting. */
const LOOKS = 3;

export interface StuckCheck {
  stop(): void;
}

export interface StuckCheckOptions {
  readonly workers: () => Iterable<WorkerProcess>;
  readonly timer: Timer;
  readonly logger: Logger;
}

export function checkForStuckWorkers({ workers, timer, logger }: StuckCheckOptions): StuckCheck {
  const waiting = new WeakMap<WorkerProcess, { id: number; looks: number }>();
  const look = (): void => {
    for (const worker of workers()) {
      const id = worker.oldestPending();
      if (id === null) {
        waiting.delete(worker);
        continue;
      }
      const before = waiting.get(worker);
      const looks = before?.id === id ? before.looks + 1 : 1;
      waiting.set(worker, { id, looks });
      if (looks < LOOKS) {
        // It may have been lost on the way to a worker that is well.
        worker.ask();
        continue;
      }
      logger.error({ worker: worker.slot, pid: worker.pid }, 'a worker hangs and is killed');
      worker.kill();
    }
    cancel = timer(look, LOOK_MS);
  };
  let cancel = timer(look, LOOK_MS);
  return { stop: () => cancel() };
}
