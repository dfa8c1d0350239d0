// A byte store in memory: for tests, and the reference that the other back ends are compared with.
// A change runs and is applied within one call, so changes cannot meet.

import { type ByteStore, type ByteTransaction, comparePaths, pathBytes } from './byte-store.ts';
import { runChange } from './overlay.ts';

export class MemoryStore implements ByteStore {
  readonly #values = new Map<string, Buffer>();
  #epoch = 0;

  get(path: string): Buffer | undefined {
    const value = this.#values.get(path);
    return value && Buffer.from(value);
  }

  paths(prefix: string): Iterable<string> {
    return this.#pathsUnder(prefix).sort(comparePaths).values();
  }

  count(prefix: string): number {
    return this.#pathsUnder(prefix).length;
  }

  epoch(): number {
    return this.#epoch;
  }

  transact<T>(change: (transaction: ByteTransaction) => T): Promise<T> {
    return new Promise((resolve) => resolve(this.#commit(change)));
  }

  /** Keeps the contents, so that tests can open the store again. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  #commit<T>(change: (transaction: ByteTransaction) => T): T {
    const { result, changes } = runChange(this, change);
    for (const [path, value] of changes) {
      if (value === null) this.#values.delete(path);
      else this.#values.set(path, Buffer.from(value));
    }
    if (changes.size > 0) this.#epoch += 1;
    return result;
  }

  #pathsUnder(prefix: string): string[] {
    if (pathBytes(prefix) === undefined) return [];
    return [...this.#values.keys()].filter((path) => path.startsWith(prefix));
  }
}
