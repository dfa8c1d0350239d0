// The back ends and layers that the contract of a byte store is checked on.

import { createSecretKey, randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { ByteStore } from '../../appliance/storage/byte-store.ts';
import { encryptedStore, type ValueSeal, valueSeal } from '../../appliance/storage/encrypted-store.ts';
import { LmdbStore } from '../../appliance/storage/lmdb-store.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The folder must be removed after the store is closed, hence the order. */
export function openLmdb(path: string = temporaryFolder()): LmdbStore {
  const store = new LmdbStore(path);
  onTestFinished(() => store.close());
  return store;
}

export function someSeal(instanceId = 'kst-test'): ValueSeal {
  return valueSeal({ key: createSecretKey(Buffer.alloc(32, 7)), instanceId, randomBytes });
}

export const BYTE_STORES: ReadonlyMap<string, () => ByteStore> = new Map([
  ['memory', () => new MemoryStore()],
  ['lmdb', () => openLmdb()],
  ['encrypted memory', () => encryptedStore(new MemoryStore(), someSeal())],
  ['encrypted lmdb', () => encryptedStore(openLmdb(), someSeal())],
]);
