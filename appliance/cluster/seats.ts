// The seats of the workers. Each seat always has one that serves, as far as that can be had: a worker that ends is replaced
// (the more often in a row, the later), and a reload puts a new one into each seat, one after the other, before the old one
// is told to drain. A new worker gets a slot, and with it the audit chain, that no living process has: one whose worker did
// not end in order, so that its chain is continued and sealed, or else the lowest.

import { ReloadError } from '../data-plane-process.ts';
import type { Logger } from '../ops/logger.ts';
import { Turns } from '../ops/turns.ts';
import { unrefTimer } from '../ops/unref-timer.ts';
import type { HandOver } from './hand-over.ts';
import type { ToWorker } from './messages.ts';
import { checkForStuckWorkers } from './stuck-workers.ts';
import type { WorkerEnd, WorkerProcess } from './worker-process.ts';

/** A worker that served for so long was well. */
const WELL_MS = 10_000;
const READY_MS = 60_000;
/** Longer than a worker takes to drain. */
const DRAINED_MS = 60_000;
const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 30_000;
const ALARMING_FAILURES = 5;

export interface Seats {
  /** Resolves when the first worker serves, and every other has served or ended; rejects with the signal. */
  start(signal: AbortSignal): Promise<void>;
  /**
   * One whole run after the other; `prepare` is called when its run begins. @throws what `prepare` throws, and ReloadError
   * when a new worker does not serve: the old ones then stay
   */
  replaceAll(prepare: () => void): Promise<void>;
  tellAll(message: ToWorker): void;
  /** Ends all, in order; after `graceMs` by force. */
  close(graceMs: number): Promise<void>;
}

/** Told about the slots of workers. */
export interface SlotListener {
  /** Its worker is started when this resolves. */
  taken(slot: number): Promise<void>;
  /** Its worker has ended in order. */
  freed(slot: number): void;
}

export interface SeatsOptions {
  readonly count: number;
  readonly startWorker: (slot: number) => WorkerProcess;
  readonly handOver: HandOver;
  readonly slots: SlotListener;
  readonly logger: Logger;
  /** Monotonic milliseconds. */
  readonly tick: () => number;
}

interface Seat {
  current: WorkerProcess | null;
  /** What is done with the seat is done one after the other. */
  readonly turns: Turns;
}

export function createSeats(options: SeatsOptions): Seats {
  const { handOver, logger, tick } = options;
  const seats: Seat[] = Array.from({ length: options.count }, () => ({
    current: null,
    turns: new Turns(),
  }));
  const living = new Map<number, WorkerProcess>();
  /** Slots whose last worker did not end in order, or was never there. */
  const open = new Set<number>();
  /** Slots whose worker is about to be started. */
  const taking = new Set<number>();
  /** Wakes whoever waits for a delay, or for a worker, when all is to end. */
  const closing = new AbortController();
  const isClosing = (): boolean => closing.signal.aborted;
  let failures = 0;

  /** Null: all ends meanwhile. */
  const spawn = async (): Promise<{ worker: WorkerProcess; startedAt: number } | null> => {
    let [slot = 1] = open;
    while (living.has(slot) || taking.has(slot)) slot += 1;
    taking.add(slot);
    open.delete(slot);
    let worker: WorkerProcess | null = null;
    try {
      await options.slots.taken(slot);
      if (!isClosing()) worker = options.startWorker(slot);
    } finally {
      taking.delete(slot);
      if (worker === null) open.add(slot);
    }
    if (worker === null) return null;
    living.set(slot, worker);
    return { worker, startedAt: tick() };
  };

  /** Puts a new worker into the seat. False: it did not come to serve. @throws when no process can be made */
  const fill = async (seat: Seat): Promise<boolean> => {
    if (isClosing()) return false;
    const spawned = await spawn();
    if (spawned === null) return false;
    const { worker, startedAt } = spawned;
    void worker.ended.then((end) => left(seat, worker, { ...end, servedMs: tick() - startedAt }));
    const impatience = setTimeout(() => worker.kill(), READY_MS);
    const ready = await worker.ready;
    clearTimeout(impatience);
    if (!ready || living.get(worker.slot) !== worker) return false;
    const old = seat.current;
    seat.current = worker;
    handOver.add(worker);
    logger.info({ worker: worker.slot, pid: worker.pid }, 'worker serves');
    if (isClosing()) worker.send({ type: 'stop' });
    if (old) {
      handOver.remove(old);
      old.send({ type: 'drain' });
      const inTime = unrefTimer(() => old.kill(), DRAINED_MS);
      void old.ended.then(inTime);
    }
    return true;
  };

  const left = (seat: Seat, worker: WorkerProcess, end: WorkerEnd & { servedMs: number }): void => {
    living.delete(worker.slot);
    if (end.code === 0) options.slots.freed(worker.slot);
    else open.add(worker.slot);
    handOver.remove(worker);
    for (const socket of end.untaken) handOver.offer(socket);
    const wasCurrent = seat.current === worker;
    if (wasCurrent) seat.current = null;
    if (isClosing() || (!wasCurrent && end.code === 0)) return;
    logger.error({ worker: worker.slot, code: end.code, signal: end.signal }, 'a worker ended unexpectedly');
    countFailure(end.servedMs >= WELL_MS ? 1 : failures + 1);
    refill(seat);
  };

  const countFailure = (inRow: number): void => {
    failures = inRow;
    if (failures !== ALARMING_FAILURES) return;
    logger.error(
      { failures },
      'workers keep ending: the instance tries on, and is unhealthy until they stay',
    );
  };
  const notMade = (error: unknown): false => {
    logger.error({ err: error }, 'no process can be made for a worker');
    return false;
  };

  /** Until somebody serves in the seat. */
  const refill = (seat: Seat): void => {
    void seat.turns
      .take(async () => {
        if (seat.current || isClosing()) return;
        const delayMs = failures <= 1 ? 0 : Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 2));
        await pause(delayMs, closing.signal);
        // One that fails calls for the next when it has ended.
        await fill(seat);
      })
      .catch((error: unknown) => {
        notMade(error);
        countFailure(failures + 1);
        refill(seat);
      });
  };

  const stuck = checkForStuckWorkers({ workers: () => living.values(), timer: unrefTimer, logger });
  const reloads = new Turns();
  /** One that waits serves all that are asked for until it begins. */
  let nextReload: Promise<void> | null = null;
  const replaceEach = async (prepare: () => void): Promise<void> => {
    prepare();
    for (const [index, seat] of seats.entries()) {
      if (await seat.turns.take(() => fill(seat)).catch(notMade)) continue;
      throw new ReloadError(`a new worker did not start, see the log: ${index} of ${seats.length} are new`);
    }
  };

  return {
    async start(signal) {
      if (signal.aborted) throw new Error('stopped before a worker served');
      const first = seats.map((seat) => seat.turns.take(() => fill(seat)));
      signal.addEventListener('abort', () => closing.abort(), { once: true });
      await Promise.all(first);
      while (seats.every(({ current }) => current === null)) {
        if (isClosing()) throw new Error('stopped before a worker served');
        await pause(FIRST_DELAY_MS, closing.signal);
      }
    },
    replaceAll(prepare) {
      nextReload ??= reloads.take(() => {
        nextReload = null;
        return replaceEach(prepare);
      });
      return nextReload;
    },
    tellAll(message) {
      for (const worker of living.values()) worker.send(message);
    },
    async close(graceMs) {
      closing.abort();
      stuck.stop();
      for (const worker of living.values()) worker.send({ type: 'stop' });
      const force = setTimeout(() => {
        for (const worker of living.values()) worker.kill();
      }, graceMs);
      await Promise.all(Array.from(living.values(), ({ ended }) => ended));
      clearTimeout(force);
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms === 0 || signal.aborted) {
      resolve();
      return;
    }
    const timeout = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timeout);
        resolve();
      },
      { once: true },
    );
  });
}
