// What creating, finding and removing a record by its name has in common, whatever the kind.
// Source: control-plane specification 2.6 (names unique per kind, the two codes).

import { KmsError } from '../errors.ts';
import { isResourceName, requireRoom } from './fields.ts';
import type { Collection, WritableCollection } from './ports/store.ts';

/** @throws KmsError Forbidden.ResourceNotFound */
export function requireRecord<T>(collection: Collection<T>, name: string): T {
  const record = isResourceName(name) ? collection.get(name) : undefined;
  if (record === undefined) throw new KmsError('Forbidden.ResourceNotFound');
  return record;
}

/** @throws KmsError Rejected.ResourceExist, Rejected.LimitExceeded */
export function insertRecord<T extends { readonly name: string }>(
  collection: WritableCollection<T>,
  record: T,
  limit: number,
): T {
  if (collection.get(record.name) !== undefined) throw new KmsError('Rejected.ResourceExist');
  requireRoom(collection, limit);
  collection.put(record.name, record);
  return record;
}

/** @throws KmsError Forbidden.ResourceNotFound; Rejected.ResourceInUse when a user refers to the name */
export function removeRecord<T, User>(
  collection: WritableCollection<T>,
  name: string,
  users: Iterable<User>,
  namesUsedBy: (user: User) => readonly string[],
): void {
  requireRecord(collection, name);
  for (const user of users) {
    if (namesUsedBy(user).includes(name)) throw new KmsError('Rejected.ResourceInUse');
  }
  collection.delete(name);
}
