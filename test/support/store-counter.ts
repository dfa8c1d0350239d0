// A counter kept in a byte store: what concurrent changes must not lose.

import type { ByteReader, ByteStore } from '../../appliance/storage/byte-store.ts';

const PATH = 'counters/1';

export function counterOf(reader: ByteReader): number {
  return Number(reader.get(PATH)?.toString() ?? 0);
}

export function increment(store: ByteStore): Promise<void> {
  return store.transact((transaction) => {
    transaction.put(PATH, Buffer.from(String(counterOf(transaction) + 1)));
  });
}
