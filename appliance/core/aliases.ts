// The rules of aliases: one name means one key, a key may have many names.
// Source: control-plane specification 2.3.

import { KmsError } from '../errors.ts';
import { invalidParameter, requireRoom } from './fields.ts';
import { isKeyId } from './ids.ts';
import type { Alias } from './key.ts';
import { requireState } from './key-state.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';
import type { Snapshot, Store } from './ports/store.ts';

const ALIAS = /^alias\/[A-Za-z0-9_\-/]{1,249}$/;
/** Names that the product keeps for its own service keys. */
const RESERVED = /^alias\/acs/;

/** Whether a text could be an alias, reserved names included. Only such a text is ever looked up in the store. */
export function isAliasName(text: string): boolean {
  return ALIAS.test(text);
}

export interface AliasOptions {
  readonly store: Store;
  readonly limit: number;
  readonly now: number;
}

/** @throws KmsError InvalidParameter, Forbidden.KeyNotFound, AliasAlreadyExists, Rejected.* */
export function createAlias(
  { store, limit, now }: AliasOptions,
  name: string,
  keyId: string,
): Promise<Alias> {
  if (!isAliasName(name) || RESERVED.test(name)) throw invalidParameter('AliasName');
  if (!isKeyId(keyId)) throw new KmsError('Forbidden.KeyNotFound');
  const alias: Alias = { name, keyId, createdAt: now };
  return store.transact((transaction) => {
    const key = transaction.keys.get(keyId);
    if (!key) throw new KmsError('Forbidden.KeyNotFound');
    if (transaction.aliases.get(name)) throw new KmsError('AliasAlreadyExists');
    requireState('CreateAlias', key.state);
    requireRoom(transaction.aliases, limit);
    transaction.aliases.put(name, alias);
    return alias;
  });
}

export function listAliases(records: Pick<Snapshot, 'aliases'>, page: PageRequest): Page<Alias> {
  return pageOf(records.aliases.list(), page);
}
