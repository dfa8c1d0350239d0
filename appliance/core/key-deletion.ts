// Deleting a key: it is scheduled, can be called back during its window, and is destroyed when the window ends.
// Source: control-plane specification 3.3.

import { KmsError } from '../errors.ts';
import { invalidParameter } from './fields.ts';
import { holdsMaterial, wrappingKeysOf } from './imported-keys.ts';
import type { Key } from './key.ts';
import { nextState } from './key-state.ts';
import { versionsOf } from './key-versions.ts';
import type { Snapshot, Transaction } from './ports/store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MIN_WINDOW_DAYS = 7;
const MAX_WINDOW_DAYS = 366;

/** @throws KmsError InvalidParameter, Rejected.StateModifiedFailed, Rejected.UnsupportedOperation when it is protected */
export function scheduled(key: Key, windowDays: number, now: number): Key {
  requireDeletionWindow(windowDays);
  const state = nextState('ScheduleKeyDeletion', key.state, true);
  if (key.deletionProtection !== null) {
    throw new KmsError('Rejected.UnsupportedOperation', 'Deletion protection is enabled for this key.');
  }
  return { ...key, state, deleteAt: now + windowDays * DAY_MS };
}

/** @throws KmsError InvalidParameter unless a whole number of days from 7 to 366 */
function requireDeletionWindow(days: number): void {
  if (!Number.isInteger(days) || days < MIN_WINDOW_DAYS || days > MAX_WINDOW_DAYS)
    throw invalidParameter('PendingWindowInDays');
}

/** @throws KmsError Rejected.StateModifiedFailed unless it is pending deletion */
export function calledBack(key: Key, hasMaterial: boolean): Key {
  return { ...key, state: nextState('CancelKeyDeletion', key.state, hasMaterial), deleteAt: null };
}

export function hasMaterial(records: Pick<Snapshot, 'keyVersions'>, { initialVersionId }: Key): boolean {
  return holdsMaterial(records.keyVersions.get(initialVersionId));
}

export function isDeletionDue({ state, deleteAt }: Key, now: number): boolean {
  return state === 'PendingDeletion' && deleteAt !== null && deleteAt <= now;
}

/** Removes the key with its material, versions, wrapping keys, aliases and tags: nothing of it is left to come back. */
export function destroyKey(transaction: Transaction, key: Key): void {
  for (const { id } of [...versionsOf(transaction, key)]) transaction.keyVersions.delete(id);
  for (const { id } of [...wrappingKeysOf(transaction, key)]) transaction.wrappingKeys.delete(id);
  const aliases = [...transaction.aliases.list()].filter(({ keyId }) => keyId === key.id);
  for (const { name } of aliases) transaction.aliases.delete(name);
  transaction.keys.delete(key.id);
}
