// The worker threads for asymmetric operations that must not run on the event loop. Threads start when first needed,
// work on one call at a time and do not hold the process while idle. A thread that dies takes only its own call with
// it. What waits is bounded: over the bound a call is refused with Rejected.Throttling. Source: design section 4.

import { Worker } from 'node:worker_threads';
import type { OPERATIONS } from './asymmetric-worker.js';
import { concurrencyExceeded } from './concurrency-limit.ts';

type Operations = typeof OPERATIONS;
type Operation = keyof Operations;
type Args<O extends Operation> = Parameters<Operations[O]>[0];
type Result<O extends Operation> = ReturnType<Operations[O]>;

interface Call {
  readonly request: { readonly operation: Operation; readonly args: unknown };
  readonly resolve: (result: never) => void;
  readonly reject: (reason: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  call: Call | null;
  failure: unknown;
}

type Answer = { readonly result: never } | { readonly error: unknown };

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
  #closed = false;

  constructor({ threads = 2, maxQueued = 256, entry }: LaneOptions = {}) {
    this.#maxThreads = threads;
    this.#maxQueued = maxQueued;
    this.#entry = entry ?? new URL('./asymmetric-worker.js', import.meta.url);
  }

  /** Errors: Rejected.Throttling when the queue is full; a plain Error when the operation or its thread failed. */
  run<O extends Operation>(operation: O, args: Args<O>): Promise<Result<O>> {
    if (this.#closed) return Promise.reject(new Error('the asymmetric lane is closed'));
    if (this.#queue.length >= this.#maxQueued) return Promise.reject(concurrencyExceeded());
    return new Promise((resolve, reject) => {
      this.#queue.push({ request: { operation, args }, resolve, reject });
      this.#dispatch();
    });
  }

  /** Ends the threads; what waits or is under way is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const call of this.#queue.splice(0)) call.reject(new Error('the asymmetric lane was closed'));
    await Promise.all([...this.#threads].map((thread) => thread.worker.terminate()));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const thread = this.#idleThread();
      const call = thread && this.#queue.shift();
      if (!call) return;
      thread.call = call;
      thread.worker.ref();
      thread.worker.postMessage(call.request);
    }
  }

  #idleThread(): Thread | undefined {
    for (const thread of this.#threads) if (thread.call === null) return thread;
    return this.#threads.size < this.#maxThreads ? this.#startThread() : undefined;
  }

  #startThread(): Thread {
    // Without the process's own arguments: a loader named there is not for this module.
    const worker = new Worker(this.#entry, { execArgv: [] });
    const thread: Thread = { worker, call: null, failure: undefined };
    this.#threads.add(thread);
    worker.on('message', (answer: Answer) => this.#settle(thread, answer));
    worker.on('error', (error) => {
      thread.failure = error;
    });
    worker.on('exit', () => {
      this.#threads.delete(thread);
      thread.call?.reject(new Error('the asymmetric worker thread ended', { cause: thread.failure }));
      if (!this.#closed) this.#dispatch();
    });
    return thread;
  }

  #settle(thread: Thread, answer: Answer): void {
    const call = thread.call;
    thread.call = null;
    thread.worker.unref();
    if ('error' in answer) call?.reject(new Error('an asymmetric operation failed', { cause: answer.error }));
    else call?.resolve(answer.result);
    this.#dispatch();
  }
}
