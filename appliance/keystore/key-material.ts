// Bytes of a key while they are outside a native KeyObject or a sealed blob: the shortest part of their life.
// Whoever makes one destroys it; it never becomes a string, a log value or JSON. Source: design section 4, style rule 7.

import { inspect } from 'node:util';

const REDACTED = '[KeyMaterial]';

export class KeyMaterial {
  readonly #bytes: Buffer;
  #destroyed = false;

  /** Takes the buffer over: it is wiped by `destroy()`. */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Lends the bytes for one synchronous call. Error when they are destroyed already. */
  use<T>(work: (bytes: Buffer) => T): T {
    if (this.#destroyed) throw new Error('key material used after it was destroyed');
    return work(this.#bytes);
  }

  destroy(): void {
    this.#bytes.fill(0);
    this.#destroyed = true;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
