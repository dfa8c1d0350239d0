// The worker threads for asymmetric operations that must not run on the event loop. Threads start when first needed and do
// not hold the process while idle. What came in one turn of the event loop is shared out among them, and each answers its
// share at once: a message and a wake-up for each call would cost as much as a signature. A thread that dies takes only
// the call with it that it died of. What waits is bounded: over the bound a call is refused with Rejected.Throttling.
// Source: design section 4.

import { Worker } from 'node:worker_threads';
import type { OPERATIONS } from './asymmetric-worker.js';
import { concurrencyExceeded } from './concurrency-limit.ts';

type Operations = typeof OPERATIONS;
type Operation = keyof Operations;
type Args<O extends Operation> = Parameters<Operations[O]>[0];
type Result<O extends Operation> = ReturnType<Operations[O]>;

/** Calls in one share: the first is answered with the last. */
const MAX_SHARE = 32;
/** What goes over more bytes takes as long as a share. */
const LONG_BYTES = 16_384;

interface Call {
  readonly request: { readonly operation: Operation; readonly args: unknown };
  /** Not together with others: it is long, or a thread has died of it or of one beside it. */
  alone: boolean;
  readonly resolve: (result: never) => void;
  readonly reject: (reason: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  share: readonly Call[];
  failure: unknown;
}

type Answer = { readonly result: never } | { readonly error: unknown };

const IDLE: readonly Call[] = [];

export interface LaneOptions {
  readonly threads?: number;
  /** Calls that may wait for a thread. */
  readonly maxQueued?: number;
  /** The module the threads run, for tests of their failure. */
  readonly entry?: URL;
}

export class AsymmetricLane {
  readonly #maxThreads: number;
  readonly #maxQueued: number;
  readonly #entry: URL;
  readonly #threads = new Set<Thread>();
  readonly #queue: Call[] = [];
  #dispatching = false;
  #closed = false;

  constructor({ threads = 1, maxQueued = 256, entry }: LaneOptions = {}) {
    this.#maxThreads = threads;
    this.#maxQueued = maxQueued;
    this.#entry = entry ?? new URL('./asymmetric-worker.js', import.meta.url);
  }

  /** `bytes`: how long the text is that the operation goes over. Errors: Rejected.Throttling when the queue is full; a plain Error when the operation or its thread failed. */
  run<O extends Operation>(operation: O, args: Args<O>, bytes = 0): Promise<Result<O>> {
    if (this.#closed) return Promise.reject(new Error('the asymmetric lane is closed'));
    if (this.#queue.length >= this.#maxQueued) return Promise.reject(concurrencyExceeded());
    return new Promise((resolve, reject) => {
      this.#queue.push({ request: { operation, args }, alone: bytes > LONG_BYTES, resolve, reject });
      this.#dispatchSoon();
    });
  }

  /** Ends the threads; what waits or is under way is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const call of this.#queue.splice(0)) call.reject(new Error('the asymmetric lane was closed'));
    await Promise.all([...this.#threads].map((thread) => thread.worker.terminate()));
  }

  /** When the event loop has taken in what was there to read. */
  #dispatchSoon(): void {
    if (this.#dispatching) return;
    this.#dispatching = true;
    setImmediate(() => {
      this.#dispatching = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    while (this.#queue.length > 0 && !this.#closed) {
      const thread = this.#idleThread();
      if (!thread) return;
      thread.share = this.#nextShare();
      thread.worker.ref();
      thread.worker.postMessage(thread.share.map((call) => call.request));
    }
  }

  #nextShare(): readonly Call[] {
    const most = Math.min(MAX_SHARE, Math.ceil(this.#queue.length / this.#maxThreads));
    const together = this.#queue.slice(0, most).findIndex((call) => call.alone);
    return this.#queue.splice(0, Math.max(1, together === -1 ? most : together));
  }

  #idleThread(): Thread | undefined {
    for (const thread of this.#threads) if (thread.share === IDLE) return thread;
    if (this.#threads.size >= this.#maxThreads) return undefined;
    try {
      return this.#startThread();
    } catch (error) {
      // The system has no more threads: those that are there do the work, and without any nobody would.
      if (this.#threads.size === 0) {
        const refusal = new Error('no asymmetric worker thread can be started', { cause: error });
        for (const call of this.#queue.splice(0)) call.reject(refusal);
      }
      return undefined;
    }
  }

  #startThread(): Thread {
    // Without the process's own arguments: a loader named there is not for this module.
    const worker = new Worker(this.#entry, { execArgv: [] });
    const thread: Thread = { worker, share: IDLE, failure: undefined };
    this.#threads.add(thread);
    worker.on('message', (answers: readonly Answer[]) => this.#settle(thread, answers));
    worker.on('error', (error) => {
      thread.failure = error;
    });
    worker.on('exit', () => {
      this.#threads.delete(thread);
      this.#takeBack(thread);
      this.#dispatch();
    });
    return thread;
  }

  /** Which call a thread died of shows when each of its share runs alone. */
  #takeBack({ share, failure }: Thread): void {
    const [first] = share;
    if (this.#closed || first?.alone || share.length === 1) {
      for (const call of share)
        call.reject(new Error('the asymmetric worker thread ended', { cause: failure }));
      return;
    }
    for (const call of share) call.alone = true;
    this.#queue.unshift(...share);
  }

  #settle(thread: Thread, answers: readonly Answer[]): void {
    const { share } = thread;
    thread.share = IDLE;
    thread.worker.unref();
    for (const [index, { resolve, reject }] of share.entries()) {
      const answer = answers[index];
      if (answer !== undefined && 'result' in answer) resolve(answer.result);
      else reject(new Error('an asymmetric operation failed', { cause: answer?.error }));
    }
    this.#dispatch();
  }
}
