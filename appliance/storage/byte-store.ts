// The port below the records: paths to bytes, with transactions and the shared epoch. Back ends (memory, LMDB) and
// layers (encryption) implement it; what a path or its bytes mean is decided above. Design section 5.

import { StoreError } from './store-error.ts';

export interface ByteReader {
  /** A copy of the value. */
  get(path: string): Buffer | undefined;
  /** The paths that start with `prefix`, in byte order. Holds nothing open between two steps: may be left at any time. */
  paths(prefix: string): Iterable<string>;
  /** How many paths start with `prefix`. */
  count(prefix: string): number;
}

export interface ByteTransaction extends ByteReader {
  /** @throws StoreError INVALID_PATH */
  put(path: string, value: Buffer): void;
  delete(path: string): void;
}

export interface ByteStore extends ByteReader {
  /**
   * The number of changes made to the store so far, by any process, as of now. Reads that follow see at least the state
   * it counts.
   */
  epoch(): number;
  /**
   * Runs `change` on the current state and commits all it wrote, or nothing if it throws; a change that wrote nothing
   * leaves no trace. Changes of all processes run one after the other. Durable when the promise resolves.
   * `change` is synchronous and may run more than once. @throws StoreError COMMIT_FAILED
   */
  transact<T>(change: (transaction: ByteTransaction) => T): Promise<T>;
  close(): Promise<void>;
}

export const MAX_PATH_BYTES = 1024;
const ILL_FORMED = /\p{Surrogate}/u;

/**
 * The bytes of a path, which decide its order; undefined when no record can have it: longer than 1,024 bytes, starting
 * with NUL (kept for back ends), or with a lone surrogate (several such texts have the same bytes).
 */
export function pathBytes(path: string): Buffer | undefined {
  if (path.startsWith('\0') || ILL_FORMED.test(path)) return undefined;
  const bytes = Buffer.from(path);
  return bytes.length > MAX_PATH_BYTES ? undefined : bytes;
}

/** @throws StoreError INVALID_PATH */
export function requirePathBytes(path: string): Buffer {
  const bytes = pathBytes(path);
  if (bytes === undefined || bytes.length === 0) {
    throw new StoreError('INVALID_PATH', 'a record cannot be stored under this path');
  }
  return bytes;
}

/** Byte order of two paths, which differs from the order of strings outside the basic plane. */
export function comparePaths(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
