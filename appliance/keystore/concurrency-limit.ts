// A bound on work under way at once. Work over the bound is refused, never queued: the caller answers 429 at once.
// Source: data-plane specification 4.10 (code and text of the refusal).

import type { Awaitable } from '../core/ports/key-store.ts';
import { KmsError } from '../errors.ts';

/** Rejected.Throttling with the text documented for too many operations at once. */
export function concurrencyExceeded(): KmsError {
  return new KmsError('Rejected.Throttling', 'Concurrency Limit Exceeded.');
}

export class ConcurrencyLimit {
  readonly #max: number;
  #running = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Runs the work, or rejects with Rejected.Throttling when `max` are under way. */
  async run<T>(work: () => Awaitable<T>): Promise<T> {
    if (this.#running >= this.#max) throw concurrencyExceeded();
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }
}
