// A byte store in one LMDB environment, shared by all processes of the instance. A commit is on disk before it is
// visible to anyone (no overlapping sync), commits of one turn of the event loop share one fsync, and the epoch is
// counted in the transaction that makes the change. Traps of the library: libraries specification, lmdb.

import { open, type RootDatabase } from 'lmdb';
import { type ByteStore, type ByteTransaction, pathBytes, requirePathBytes } from './byte-store.ts';
import { prepareLmdbFiles } from './lmdb-files.ts';
import { runChange } from './overlay.ts';
import { StoreError } from './store-error.ts';

/** Address space reserved at first; the library enlarges the map when the data outgrows it. */
const MAP_BYTES = 2 ** 30;
const CHUNK = 256;

/** Paths never start with NUL, so this key is out of their way. */
const EPOCH_KEY = Buffer.from('\0epoch');
const EPOCH_BYTES = 6;
const FIRST_PATH = Buffer.of(1);
const AFTER_ALL_PATHS = Buffer.of(0xff);

export class LmdbStore implements ByteStore {
  readonly #db: RootDatabase<Buffer, Buffer>;
  readonly #underWay = new Set<Promise<unknown>>();

  /** Opens the environment in the directory `path`, or makes it: directory 0700, files 0600. */
  constructor(path: string) {
    prepareLmdbFiles(path);
    this.#db = open<Buffer, Buffer>({
      path,
      noSubdir: false,
      encoding: 'binary',
      keyEncoding: 'binary',
      mapSize: MAP_BYTES,
      overlappingSync: false,
      // Otherwise a commit that fails also rejects a promise nobody can hear, which ends the process on a full disk.
      eventTurnBatching: false,
    });
  }

  get(path: string): Buffer | undefined {
    const key = pathBytes(path);
    return key === undefined || key.length === 0 ? undefined : this.#db.get(key);
  }

  /** Reads in chunks: a cursor that stayed open across a step would pin old pages and, at exit, crash the process. */
  *paths(prefix: string): Generator<string> {
    const range = keyRange(prefix);
    if (range === undefined) return;
    let { start } = range;
    for (;;) {
      const keys = [...this.#db.getKeys({ start, end: range.end, limit: CHUNK })];
      for (const key of keys) yield key.toString();
      const last = keys.at(-1);
      if (last === undefined || keys.length < CHUNK) return;
      start = Buffer.concat([last, Buffer.of(0)]);
    }
  }

  count(prefix: string): number {
    const range = keyRange(prefix);
    // A copy, because the library writes into its options.
    return range === undefined ? 0 : this.#db.getKeysCount({ ...range });
  }

  epoch(): number {
    // The library keeps a read transaction until the next turn: without this, commits of other processes stay unseen.
    this.#db.resetReadTxn();
    return this.#storedEpoch();
  }

  async transact<T>(change: (transaction: ByteTransaction) => T): Promise<T> {
    // A nested transaction, because the outer one is shared with other changes of this turn and would keep what an
    // exception leaves behind. The result is boxed: a promise in it must not hold the write lock.
    const commit = this.#db.childTransaction(() => ({ result: this.#apply(change) }));
    this.#underWay.add(commit);
    try {
      return (await commit).result;
    } catch (error) {
      throw asCommitFailure(error);
    } finally {
      this.#underWay.delete(commit);
    }
  }

  /** The library would fail the changes under way, so they are awaited first. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.#db.close();
  }

  #apply<T>(change: (transaction: ByteTransaction) => T): T {
    const { result, changes } = runChange(this, change);
    for (const [path, value] of changes) {
      const key = requirePathBytes(path);
      if (value === null) this.#db.removeSync(key);
      else this.#db.putSync(key, value);
    }
    if (changes.size > 0) {
      const epoch = Buffer.alloc(EPOCH_BYTES);
      epoch.writeUIntBE(this.#storedEpoch() + 1, 0, EPOCH_BYTES);
      this.#db.putSync(EPOCH_KEY, epoch);
    }
    return result;
  }

  #storedEpoch(): number {
    return this.#db.getBinaryFast(EPOCH_KEY)?.readUIntBE(0, EPOCH_BYTES) ?? 0;
  }
}

/** The keys from `start` up to but not including `end` are the paths with the prefix. */
function keyRange(prefix: string): { start: Buffer; end: Buffer } | undefined {
  const start = pathBytes(prefix);
  if (start === undefined) return undefined;
  if (start.length === 0) return { start: FIRST_PATH, end: AFTER_ALL_PATHS };
  // No byte of UTF-8 is 0xff, so the last one can be counted up.
  const end = Buffer.from(start);
  end.writeUInt8(end.readUInt8(end.length - 1) + 1, end.length - 1);
  return { start, end };
}

/** The library's error of a failed commit carries a promise that is rejected too; unheard, it would end the process. */
function asCommitFailure(error: unknown): unknown {
  if (!(error instanceof Error && 'commitError' in error)) return error;
  Promise.resolve(error.commitError).catch(() => undefined);
  return new StoreError('COMMIT_FAILED', 'the store could not commit a change', { cause: error });
}
