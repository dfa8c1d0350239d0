// A lane of a node: token processes of one kind and the bounded queue in front of them. Each process is given only a few
// requests at a time, so that little is lost with it; a process that ends is started again after a growing pause.

import type { Backoff } from './backoff.ts';
import type { Call } from './frame-channel.ts';
import { HsmError, toHsmError } from './hsm-error.ts';
import type { ChildEnd, TokenChild } from './token-child.ts';

export interface LaneOptions {
  readonly name: 'fast' | 'slow';
  readonly processes: number;
  /** Requests given to one process at a time. */
  readonly window: number;
  readonly maxQueue: number;
  /** Whether requests wait for a process that is being started; otherwise another node may do them sooner. */
  readonly patient: boolean;
  readonly startChild: (onEnd: (end: ChildEnd) => void) => TokenChild;
  readonly backoff: () => Backoff;
  readonly monotonic: () => number;
  readonly probeMs: number;
  readonly onPinRejected: () => void;
  /** Runs one start after the other, over all lanes of a token: a wrong PIN is tried once. */
  readonly inTurn: (start: () => Promise<void>) => Promise<void>;
}

interface Queued {
  readonly call: Call;
  readonly expiresAt: number;
  readonly resolve: (fields: readonly Buffer[]) => void;
  readonly reject: (error: HsmError) => void;
}

interface Seat {
  child: TokenChild | null;
  restarts: number;
  readonly backoff: Backoff;
  timer: NodeJS.Timeout | undefined;
}

// A process that lived this long has earned a quick restart.
const STEADY_MS = 10_000;
const PROBE_DEADLINE_MS = 10_000;

export class Lane {
  readonly #options: LaneOptions;
  readonly #seats: Seat[] = [];
  readonly #queue: Queued[] = [];
  #probing: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Whether the last start led nowhere. */
  #failing = false;
  #closing: (() => void) | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get ready(): boolean {
    return this.#seats.some(({ child }) => child?.ready === true);
  }

  get queued(): number {
    return this.#queue.length;
  }

  get processes(): readonly { lane: string; ready: boolean; restarts: number }[] {
    return this.#seats.map(({ child, restarts }) => {
      return { lane: this.#options.name, ready: child?.ready === true, restarts };
    });
  }

  /** Resolves when the first process is ready or has ended; the others follow. */
  async start(): Promise<void> {
    if (this.#stopped) return;
    this.#probing = setInterval(() => this.#probeIdle(), this.#options.probeMs);
    const first = this.#newSeat();
    await this.#startIn(first);
    for (let count = 1; count < this.#options.processes; count += 1) void this.#startIn(this.#newSeat());
  }

  /** Rejects with BUSY when the queue is full, UNAVAILABLE when no process is there, TIMEOUT at the deadline. */
  submit(call: Call): Promise<readonly Buffer[]> {
    const waits = this.#options.patient && !this.#failing && !this.#stopped;
    if (!this.ready && !waits) return Promise.reject(new HsmError('UNAVAILABLE', 'The token is not there.'));
    if (this.#queue.length >= this.#options.maxQueue) {
      return Promise.reject(new HsmError('BUSY', 'The queue of the HSM node is full.'));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ call, expiresAt: this.#options.monotonic() + call.deadlineMs, resolve, reject });
      this.#dispatch();
    });
  }

  /** Starts no process any more; those that run go on. */
  stopRestarting(): void {
    this.#stopped = true;
    if (!this.ready) this.#rejectQueue();
    for (const seat of this.#seats) clearTimeout(seat.timer);
  }

  async close(): Promise<void> {
    this.stopRestarting();
    clearInterval(this.#probing);
    this.#rejectQueue();
    const running = this.#seats.filter(({ child }) => child !== null);
    if (running.length === 0) return;
    await new Promise<void>((resolve) => {
      this.#closing = resolve;
      for (const { child } of running) child?.kill();
    });
  }

  #newSeat(): Seat {
    const seat: Seat = { child: null, restarts: 0, backoff: this.#options.backoff(), timer: undefined };
    this.#seats.push(seat);
    return seat;
  }

  /** Resolves when the process is ready, or has ended before it was. */
  async #startIn(seat: Seat): Promise<void> {
    await this.#options.inTurn(async () => {
      if (this.#stopped) return;
      const startedAt = this.#options.monotonic();
      const child = this.#newChild(seat, startedAt);
      seat.child = child;
      this.#failing = child === null || !(await child.start());
      if (this.#failing && !this.ready) this.#rejectQueue();
      this.#dispatch();
    });
  }

  /** Null when the system has no room for a process: as one that ended at once. */
  #newChild(seat: Seat, startedAt: number): TokenChild | null {
    try {
      return this.#options.startChild((end) => this.#ended(seat, { end, startedAt }));
    } catch {
      this.#ended(seat, { end: 'ended', startedAt });
      return null;
    }
  }

  #ended(seat: Seat, { end, startedAt }: { readonly end: ChildEnd; readonly startedAt: number }): void {
    seat.child = null;
    if (end === 'pin-rejected') this.#options.onPinRejected();
    if (!this.ready && !this.#options.patient) this.#rejectQueue();
    if (this.#closing !== undefined && this.#seats.every(({ child }) => child === null)) this.#closing();
    if (this.#stopped) return;
    seat.restarts += 1;
    if (this.#options.monotonic() - startedAt > STEADY_MS) seat.backoff.reset();
    seat.timer = setTimeout(() => void this.#startIn(seat), seat.backoff.next());
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const child = this.#leastBusy();
      if (child === null) return;
      const next = this.#queue.shift();
      if (next !== undefined) this.#hand(next, child);
    }
  }

  #hand({ call, expiresAt, resolve, reject }: Queued, child: TokenChild): void {
    const deadlineMs = Math.ceil(expiresAt - this.#options.monotonic());
    if (deadlineMs <= 0) {
      reject(new HsmError('TIMEOUT', 'The deadline passed in the queue.'));
      return;
    }
    child
      .call({ ...call, deadlineMs })
      .then(resolve, (error: unknown) => reject(toHsmError(error)))
      .finally(() => this.#dispatch());
  }

  #leastBusy(): TokenChild | null {
    let best: TokenChild | null = null;
    for (const { child } of this.#seats) {
      if (child?.ready !== true || child.inFlight >= this.#options.window) continue;
      if (best === null || child.inFlight < best.inFlight) best = child;
    }
    return best;
  }

  #rejectQueue(): void {
    for (const { reject } of this.#queue.splice(0)) {
      reject(new HsmError('UNAVAILABLE', 'The token went away.'));
    }
  }

  /** A token that was removed shows only when it is asked. */
  #probeIdle(): void {
    for (const { child } of this.#seats) {
      if (child?.ready !== true || child.inFlight > 0) continue;
      child
        .call({ operation: 'probe', fields: [], deadlineMs: PROBE_DEADLINE_MS })
        .catch(() => undefined)
        // What came in meanwhile found the process busy.
        .finally(() => this.#dispatch());
    }
  }
}
