// Turns for work off the event loop. So much is handed to threads at once, and of the classes of keys that wait the one
// goes next that has had the least time: slow ones (RSA-4096) hold up quick ones (P-256) for what is under way and one
// operation more, never by their number. What waits is bounded in each class: more is refused with Rejected.Throttling.
// Time is what operations are known to cost, not what a clock says: turns are then the same on a busy machine.

import type { Awaitable } from '../core/ports/key-store.ts';
import { concurrencyExceeded } from './concurrency-limit.ts';

export interface FairQueueOptions {
  /** Operations that may always be under way at once: as many as there are threads. */
  readonly width: number;
  /** More may, as long as their cost stays below: cheap ones would otherwise wait for the event loop each. */
  readonly windowMs: number;
  /** Of one class: under way and waiting. */
  readonly maxPerClass: number;
}

export interface Work<T> {
  readonly workClass: string;
  /** Milliseconds, roughly. */
  readonly cost: number;
  readonly run: () => Awaitable<T>;
}

interface Waiting {
  readonly cost: number;
  readonly go: () => void;
}

interface Lane {
  readonly waiting: Waiting[];
  running: number;
  /** Cost of all it was given, counted from where the others were when it came back. */
  time: number;
}

export class FairQueue {
  readonly #options: FairQueueOptions;
  readonly #lanes = new Map<string, Lane>();
  #running = 0;
  #cost = 0;
  /** Where the class stood that had the last turn. */
  #now = 0;

  constructor(options: FairQueueOptions) {
    this.#options = options;
  }

  /** Runs the work when its class has a turn. Rejects with Rejected.Throttling, or as the work does. */
  async run<T>({ workClass, cost, run }: Work<T>): Promise<T> {
    const lane = this.#laneOf(workClass);
    const active = lane.running + lane.waiting.length;
    if (active >= this.#options.maxPerClass) throw concurrencyExceeded();
    // Whoever was away has no claim on the time before.
    if (active === 0) lane.time = Math.max(lane.time, this.#now);
    await new Promise<void>((go) => {
      lane.waiting.push({ cost, go });
      this.#dispatch();
    });
    try {
      return await run();
    } finally {
      lane.running -= 1;
      this.#running -= 1;
      this.#cost -= cost;
      this.#dispatch();
    }
  }

  #dispatch(): void {
    for (;;) {
      const lane = this.#nextLane();
      const [next] = lane?.waiting ?? [];
      if (!lane || !next || !this.#hasRoom(next.cost)) return;
      lane.waiting.shift();
      lane.running += 1;
      this.#now = Math.max(this.#now, lane.time);
      lane.time += next.cost;
      this.#running += 1;
      this.#cost += next.cost;
      next.go();
    }
  }

  #hasRoom(cost: number): boolean {
    const { width, windowMs } = this.#options;
    return this.#running < width || this.#cost + cost <= windowMs;
  }

  #nextLane(): Lane | undefined {
    let next: Lane | undefined;
    for (const lane of this.#lanes.values()) {
      if (lane.waiting.length > 0 && (next === undefined || isBefore(lane, next))) next = lane;
    }
    return next;
  }

  /** There are as many as there are classes. */
  #laneOf(workClass: string): Lane {
    const known = this.#lanes.get(workClass);
    if (known) return known;
    const lane: Lane = { waiting: [], running: 0, time: 0 };
    this.#lanes.set(workClass, lane);
    return lane;
  }
}

/** Whoever comes anew is level with the others: the quicker goes first then. */
function isBefore(left: Lane, right: Lane): boolean {
  if (left.time !== right.time) return left.time < right.time;
  return (left.waiting[0]?.cost ?? 0) < (right.waiting[0]?.cost ?? 0);
}
