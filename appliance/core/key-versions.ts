// The rules of key versions: how a key gets a new one, and finding those it has. New material is made before the
// transaction and committed with the key that names it; if the key changed meanwhile, the material is dropped.
// Source: control-plane specification 2.2.

import { KmsError } from '../errors.ts';
import { EDITIONS, type Edition } from './editions.ts';
import { isKeyVersionId, newKeyVersionId, type RandomBytes } from './ids.ts';
import type { Key, KeyVersion } from './key.ts';
import { requireKey } from './key-reference.ts';
import { keySpec } from './key-specs.ts';
import { requireState } from './key-state.ts';
import type { Limits } from './limits.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';
import type { Clock } from './ports/clock.ts';
import type { KeyStore } from './ports/key-store.ts';
import type { Snapshot, Store, Transaction } from './ports/store.ts';

export interface RotationOptions {
  readonly store: Store;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly limits: Pick<Limits, 'keyVersions'>;
  readonly edition: Edition;
}

/** Called in the transaction with the key as it is then; may refuse by throwing, or write records beside. */
export type BeforeRotation = (transaction: Transaction, key: Key) => void;

/**
 * Gives the key a new version, which becomes the primary one; earlier ones go on decrypting.
 * @throws KmsError Forbidden.KeyNotFound, Rejected.*
 */
export async function rotateKey(
  options: RotationOptions,
  keyId: string,
  before: BeforeRotation = () => undefined,
): Promise<KeyVersion> {
  const { store, keyStore, clock, randomBytes } = options;
  const { id, spec, origin } = requireRotatable(store.records, keyId, options);
  const identity = { id: newKeyVersionId(id, randomBytes), keyId: id, spec, origin };
  const createdAt = clock();
  const version: KeyVersion = { ...identity, createdAt, ...(await keyStore.generate(identity)) };
  return store.transact((transaction) => {
    const key = requireRotatable(transaction, keyId, options);
    before(transaction, key);
    transaction.keyVersions.put(version.id, version);
    transaction.keys.put(id, { ...key, primaryVersionId: version.id, rotatedAt: createdAt });
    return version;
  });
}

/**
 * @throws KmsError Rejected.UnsupportedOperation unless the edition rotates keys, and the key is symmetric and its
 * material was made here
 */
export function requireRotation({ spec, origin }: Key, edition: Edition): void {
  if (!EDITIONS[edition].rotation || keySpec(spec).material.type !== 'symmetric' || origin !== 'Aliyun_KMS')
    throw new KmsError('Rejected.UnsupportedOperation');
}

type VersionRecords = Pick<Snapshot, 'keys' | 'keyVersions'>;

function requireRotatable(
  records: VersionRecords,
  keyId: string,
  { edition, limits: { keyVersions: limit } }: Pick<RotationOptions, 'edition' | 'limits'>,
): Key {
  const key = requireKey(records, keyId);
  requireRotation(key, edition);
  requireState('CreateKeyVersion', key.state);
  if ([...versionsOf(records, key)].length >= limit) throw new KmsError('Rejected.LimitExceeded');
  return key;
}

/** In the order of their ids, which says nothing about their age. */
export function versionsOf(
  records: Pick<Snapshot, 'keyVersions'>,
  { id }: Pick<Key, 'id'>,
): Iterable<KeyVersion> {
  return records.keyVersions.list({ prefix: `${id}-` });
}

/** Oldest first. */
export function listKeyVersions(
  records: Pick<Snapshot, 'keyVersions'>,
  key: Key,
  page: PageRequest,
): Page<KeyVersion> {
  return pageOf(versionsOf(records, key), page);
}

/** @throws KmsError Forbidden.KeyVersionNotFound, also for a version of another key */
export function findKeyVersion(
  records: Pick<Snapshot, 'keyVersions'>,
  key: Key,
  versionId: string,
): KeyVersion {
  const version = isKeyVersionId(versionId) ? records.keyVersions.get(versionId) : undefined;
  if (version?.keyId !== key.id) throw new KmsError('Forbidden.KeyVersionNotFound');
  return version;
}
