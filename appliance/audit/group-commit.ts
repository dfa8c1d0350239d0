// Shares one sync of the disk among all that wait for it. It begins when the event loop has nothing else to do, so that
// whatever has arrived takes part, and at the latest a moment after the first asked; there is one at a time, and who asks
// meanwhile gets the next. Nobody waits for longer than that moment and two syncs.

import type { Tick } from '../core/ports/clock.ts';

/** A request that a turn has read is worked on, and asks, in the turn after it. */
const QUIET_TURNS = 2;
const MAX_COLLECT_MS = 2;

export interface GroupCommitOptions {
  /** Of all that was written before the call. */
  readonly sync: () => Promise<void>;
  readonly tick: Tick;
  /** Calls back in the next turn of the event loop, when it has read what has arrived. */
  readonly turn: (run: () => void) => void;
}

/** Resolves when what was written before the call is on disk. */
export function createGroupCommit({ sync, tick, turn }: GroupCommitOptions): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let asked = 0;

  const collect = async (): Promise<void> => {
    const deadline = tick() + MAX_COLLECT_MS;
    await running?.catch(() => undefined);
    for (let quiet = 0; quiet < QUIET_TURNS && tick() < deadline; ) {
      const before = asked;
      await new Promise<void>(turn);
      quiet = asked === before ? quiet + 1 : 0;
    }
    next = null;
    running = sync().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    asked += 1;
    next ??= collect();
    return next;
  };
}
