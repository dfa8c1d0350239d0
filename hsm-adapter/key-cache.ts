// Keys unwrapped into the token, by blob: at most so many, the least recently used destroyed first. The cache lives and
// dies with its process, because handles mean nothing, or another key, in the next one.

import { createHash } from 'node:crypto';
import type { HsmKeySpec } from './key-specs.ts';
import type { Handle } from './pkcs11-module.ts';

export interface CachedKey {
  readonly spec: HsmKeySpec;
  /** The key, or the secret that it is sealed under. */
  readonly handle: Handle;
  /** Of SM keys (sm-envelope.ts); null for the token's own. */
  readonly sealed: Buffer | null;
}

export interface KeyCacheOptions {
  readonly max: number;
  readonly open: (blob: Buffer) => CachedKey;
  readonly destroy: (handle: Handle) => void;
}

export class KeyCache {
  readonly #options: KeyCacheOptions;
  // In the order of use: a Map iterates in the order of insertion.
  readonly #keys = new Map<string, CachedKey>();

  constructor(options: KeyCacheOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#keys.size;
  }

  /** @throws what `open` throws. */
  get(blob: Buffer): CachedKey {
    const name = createHash('sha256').update(blob).digest('base64');
    const known = this.#keys.get(name);
    if (known !== undefined) {
      this.#keys.delete(name);
      this.#keys.set(name, known);
      return known;
    }
    this.#makeRoom();
    const opened = this.#options.open(blob);
    this.#keys.set(name, opened);
    return opened;
  }

  /** Forgets all; the objects in the token are destroyed. */
  clear(): void {
    for (const { handle } of this.#keys.values()) this.#options.destroy(handle);
    this.#keys.clear();
  }

  #makeRoom(): void {
    for (const [name, { handle }] of this.#keys) {
      if (this.#keys.size < this.#options.max) return;
      this.#keys.delete(name);
      this.#options.destroy(handle);
    }
  }
}
