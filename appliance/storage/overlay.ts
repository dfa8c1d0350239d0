// A change in the making: reads see the state below with the writes so far on top, and nothing reaches the state
// until the back end applies `changes`. So a change that throws has written nothing.

import { type ByteReader, type ByteTransaction, comparePaths, requirePathBytes } from './byte-store.ts';

class Overlay implements ByteTransaction {
  readonly #base: ByteReader;
  readonly #changes = new Map<string, Buffer | null>();

  constructor(base: ByteReader) {
    this.#base = base;
  }

  /** What to apply: a value to store, or null for a path to delete. */
  get changes(): ReadonlyMap<string, Buffer | null> {
    return this.#changes;
  }

  get(path: string): Buffer | undefined {
    const changed = this.#changes.get(path);
    return changed === undefined ? this.#base.get(path) : (changed ?? undefined);
  }

  put(path: string, value: Buffer): void {
    requirePathBytes(path);
    this.#changes.set(path, value);
  }

  delete(path: string): void {
    requirePathBytes(path);
    this.#changes.set(path, null);
  }

  /** As of the first step: writes made while iterating do not change what is listed. */
  *paths(prefix: string): Generator<string> {
    const changed = this.#changesUnder(prefix);
    const written = [...changed].filter(([, value]) => value !== null).map(([path]) => path);
    const pending = written.sort(comparePaths).values();
    let next = pending.next();
    for (const path of this.#base.paths(prefix)) {
      while (next.done !== true && comparePaths(next.value, path) < 0) {
        yield next.value;
        next = pending.next();
      }
      if (!changed.has(path)) yield path;
    }
    for (; next.done !== true; next = pending.next()) yield next.value;
  }

  count(prefix: string): number {
    let count = this.#base.count(prefix);
    for (const [path, value] of this.#changesUnder(prefix)) {
      const existed = this.#base.get(path) !== undefined;
      count += Number(value !== null) - Number(existed);
    }
    return count;
  }

  #changesUnder(prefix: string): Map<string, Buffer | null> {
    return new Map([...this.#changes].filter(([path]) => path.startsWith(prefix)));
  }
}

/** Runs a change over `base`. @throws TypeError for an asynchronous one, whose later writes would be lost */
export function runChange<T>(
  base: ByteReader,
  change: (transaction: ByteTransaction) => T,
): { readonly result: T; readonly changes: ReadonlyMap<string, Buffer | null> } {
  const overlay = new Overlay(base);
  const result = change(overlay);
  if (result instanceof Promise) throw new TypeError('a change must be synchronous');
  return { result, changes: overlay.changes };
}
