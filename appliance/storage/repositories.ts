// The core's store over a byte store: a collection is the paths `<collection>/<id>`. Decoded records are kept until
// the epoch moves. A read is never older than the last `refresh`; after an await it may be newer, when a change was
// committed in between and the record was not kept yet.

import type {
  Collection,
  Records,
  Snapshot,
  Store,
  Transaction,
  WritableCollection,
} from '../core/ports/store.ts';
import type { ByteReader, ByteStore, ByteTransaction } from './byte-store.ts';
import { COLLECTIONS, type CollectionName, recordCodec } from './record-codec.ts';

const MAX_CACHED_RECORDS = 50_000;

export interface RecordStoreOptions {
  readonly bytes: ByteStore;
  readonly instanceId: string;
  /** Decoded records kept at the most, all collections together. */
  readonly maxCachedRecords?: number;
}

export function recordStore(options: RecordStoreOptions): Store {
  const { bytes, instanceId } = options;
  const cache = new Map<string, unknown>();
  const limit = options.maxCachedRecords ?? MAX_CACHED_RECORDS;
  let cachedEpoch = bytes.epoch();
  return {
    instanceId,
    records: forEachCollection((name) =>
      collection(bytes, name, kept(reader(bytes, name), cache, limit)),
    ) as Snapshot,
    refresh() {
      const epoch = bytes.epoch();
      if (epoch !== cachedEpoch) cache.clear();
      cachedEpoch = epoch;
      return epoch;
    },
    transact: (change) =>
      bytes.transact((transaction) =>
        change(forEachCollection((name) => writableCollection(transaction, name)) as Transaction),
      ),
    close: () => bytes.close(),
  };
}

/** What `build` makes of each name; the caller states the type, which a mapped object loses. */
function forEachCollection(build: (name: CollectionName) => unknown): unknown {
  return Object.fromEntries(COLLECTIONS.map((name) => [name, build(name)]));
}

type ReadRecord<T> = (path: string) => T | undefined;

function reader<K extends CollectionName>(bytes: ByteReader, name: K): ReadRecord<Records[K]> {
  const codec = recordCodec(name);
  return (path) => {
    const value = bytes.get(path);
    return value && codec.decode(path, value);
  };
}

/** Only what exists is kept: unknown ids come from outside and have no bound. A full cache starts again. */
function kept<T>(read: ReadRecord<T>, cache: Map<string, unknown>, limit: number): ReadRecord<T> {
  return (path) => {
    const hit = cache.get(path);
    if (hit !== undefined) return hit as T;
    const record = read(path);
    if (record === undefined) return undefined;
    if (cache.size >= limit) cache.clear();
    cache.set(path, record);
    return record;
  };
}

function collection<T>(bytes: ByteReader, name: CollectionName, read: ReadRecord<T>): Collection<T> {
  const root = `${name}/`;
  return {
    get: (id) => read(root + id),
    list: (options) => records(bytes.paths(root + (options?.prefix ?? '')), read),
    count: () => bytes.count(root),
  };
}

/** Values are read one by one, so that what is kept is not opened again. */
function* records<T>(paths: Iterable<string>, read: ReadRecord<T>): Generator<T> {
  for (const path of paths) {
    const record = read(path);
    if (record !== undefined) yield record;
  }
}

function writableCollection<K extends CollectionName>(
  transaction: ByteTransaction,
  name: K,
): WritableCollection<Records[K]> {
  const codec = recordCodec(name);
  return {
    ...collection(transaction, name, reader(transaction, name)),
    put: (id, record) => transaction.put(`${name}/${id}`, codec.encode(record)),
    delete: (id) => transaction.delete(`${name}/${id}`),
  };
}
