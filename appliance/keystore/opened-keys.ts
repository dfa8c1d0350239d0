// Opened keys by version id, at most so many, the least recently used going first.
// Native keys keep their bytes outside the JavaScript heap; they go when the last reference does.

import type { KeyObject } from 'node:crypto';
import type { KeyVersionId } from '../core/ids.ts';
import type { KeySpec } from '../core/key-specs.ts';

export interface OpenedKey {
  readonly spec: KeySpec;
  /** Decrypts and signs: the private key, or the secret key of a symmetric spec; of SM2 see sm2-key.ts. */
  readonly privateKey: KeyObject;
  /** Encrypts and verifies: the public key, or the secret key once more. */
  readonly publicKey: KeyObject;
}

export class OpenedKeys<Opened> {
  readonly #max: number;
  // In the order of use: a Map iterates in the order of insertion.
  readonly #keys = new Map<KeyVersionId, Opened>();

  constructor(max: number) {
    this.#max = max;
  }

  get(id: KeyVersionId): Opened | undefined {
    const key = this.#keys.get(id);
    if (key !== undefined) {
      this.#keys.delete(id);
      this.#keys.set(id, key);
    }
    return key;
  }

  add(id: KeyVersionId, key: Opened): void {
    this.#keys.set(id, key);
    if (this.#keys.size <= this.#max) return;
    const oldest = this.#keys.keys().next();
    if (oldest.done !== true) this.#keys.delete(oldest.value);
  }

  clear(): void {
    this.#keys.clear();
  }
}
