// Keys of origin EXTERNAL and how their material ends. A key whose material has expired counts as PendingImport from that
// moment, whether or not the scheduler has been there; then the material is destroyed, while its version keeps its name
// and its public key, and the key the fingerprint that a later import must match. Source: control-plane specification 3.4.1.

import { KmsError } from '../errors.ts';
import type { Key, KeyVersion } from './key.ts';
import { nextState } from './key-state.ts';
import type { Snapshot, Transaction } from './ports/store.ts';
import type { WrappingKey } from './wrapping.ts';

const NO_MATERIAL = Buffer.alloc(0);

export function isExternal({ origin }: Pick<Key, 'origin'>): boolean {
  return origin === 'EXTERNAL';
}

/** @throws KmsError Unsupported.Origin for a key whose material was made here */
export function requireExternal(key: Key): void {
  if (!isExternal(key)) throw new KmsError('Unsupported.Origin');
}

/** Such a key has no version yet. */
export function awaitsFirstImport(key: Key): boolean {
  return isExternal(key) && key.materialFingerprint === null;
}

export function isMaterialExpired({ materialExpiresAt }: Key, now: number): boolean {
  return materialExpiresAt !== null && materialExpiresAt <= now;
}

/** The key as it counts at that time. */
export function keyAt(key: Key, now: number): Key {
  if (!isMaterialExpired(key, now) || key.state === 'PendingImport') return key;
  return { ...key, state: nextState('MaterialExpires', key.state, true) };
}

/** False before the first import and after the material expired. */
export function holdsMaterial(version: Pick<KeyVersion, 'blob'> | undefined): boolean {
  return version !== undefined && version.blob.length > 0;
}

/** Destroys the material of a key whose time has come. */
export function expireMaterial(transaction: Transaction, key: Key, now: number): void {
  const version = transaction.keyVersions.get(key.initialVersionId);
  if (version) transaction.keyVersions.put(version.id, { ...version, blob: NO_MATERIAL });
  transaction.keys.put(key.id, { ...keyAt(key, now), materialExpiresAt: null });
}

export function wrappingKeysOf(
  records: Pick<Snapshot, 'wrappingKeys'>,
  { id }: Pick<Key, 'id'>,
): Iterable<WrappingKey> {
  return records.wrappingKeys.list({ prefix: `${id}-` });
}

export function isWrappingKeyExpired({ expiresAt }: WrappingKey, now: number): boolean {
  return expiresAt <= now;
}

/** Destroys the wrapping keys of a key that no token opens any more. */
export function expireWrappingKeys(transaction: Transaction, key: Pick<Key, 'id'>, now: number): void {
  const expired = [...wrappingKeysOf(transaction, key)].filter((each) => isWrappingKeyExpired(each, now));
  for (const { id } of expired) transaction.wrappingKeys.delete(id);
}
