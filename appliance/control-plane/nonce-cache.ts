// Remembers the nonces of verified requests for as long as their time stamps would be accepted. Entries leave by age
// only: a full cache refuses instead of forgetting. Source: control-plane specification 1.6.

import { KmsError } from '../errors.ts';

export interface NonceCacheOptions {
  /** Milliseconds that an entry is kept: at least twice the window of time stamps. */
  readonly maxAgeMs: number;
  readonly maxEntries: number;
}

export class NonceCache {
  readonly #options: NonceCacheOptions;
  /** Time of each entry by its name, oldest first. */
  readonly #seen = new Map<string, number>();

  constructor(options: NonceCacheOptions) {
    this.#options = options;
  }

  /** @throws KmsError SignatureNonceUsed; Throttling when the cache is full of entries that are not old enough */
  use(accessKeyId: string, nonce: string, now: number): void {
    this.#dropOld(now);
    const entry = JSON.stringify([accessKeyId, nonce]);
    if (this.#seen.has(entry)) throw new KmsError('SignatureNonceUsed');
    if (this.#seen.size >= this.#options.maxEntries) throw new KmsError('Throttling');
    this.#seen.set(entry, now);
  }

  #dropOld(now: number): void {
    for (const [entry, time] of this.#seen) {
      if (now - time <= this.#options.maxAgeMs) return;
      this.#seen.delete(entry);
    }
  }
}
