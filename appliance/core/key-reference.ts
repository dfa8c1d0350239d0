// Which key an administrator's text means. An ARN must be of this account; where an alias is not accepted it is
// refused by name, so that a change never lands on a key by way of a movable alias.
// Source: control-plane specification section 2 ("key ref" and "key id").

import { KmsError } from '../errors.ts';
import { isAliasName } from './alias-name.ts';
import { type Account, arn, isKeyId } from './ids.ts';
import type { Key } from './key.ts';
import { type KeyRef, keyIdOfRef, parseKeyRef } from './key-lookup.ts';
import type { Snapshot } from './ports/store.ts';

/** @throws KmsError Forbidden.AliasNotFound; Forbidden.KeyNotFound for an ARN of another account */
export function resolveKeyId(records: Pick<Snapshot, 'aliases'>, text: string, account: Account): string {
  parseOwn(text, account);
  const keyId = findKeyId(records, text, account);
  if (keyId === undefined) throw new KmsError('Forbidden.AliasNotFound');
  return keyId;
}

/** The id that a reference means, looked up only for an alias; undefined when it leads nowhere. */
export function findKeyId(
  records: Pick<Snapshot, 'aliases'>,
  text: string,
  account: Account,
): string | undefined {
  if (isForeign(text, account)) return undefined;
  const ref = parseKeyRef(text);
  return ref.type === 'key' || isAliasName(ref.name) ? keyIdOfRef(records, ref) : undefined;
}

/** @throws KmsError Unsupported.Alias; Forbidden.KeyNotFound for an ARN of another account */
export function ownKeyId(text: string, account: Account): string {
  const ref = parseOwn(text, account);
  if (ref.type === 'alias') throw new KmsError('Unsupported.Alias');
  return ref.id;
}

/** @throws KmsError Forbidden.KeyNotFound */
export function requireKey(records: Pick<Snapshot, 'keys'>, keyId: string): Key {
  const key = isKeyId(keyId) ? records.keys.get(keyId) : undefined;
  if (!key) throw new KmsError('Forbidden.KeyNotFound');
  return key;
}

function parseOwn(text: string, account: Account): KeyRef {
  if (isForeign(text, account)) throw new KmsError('Forbidden.KeyNotFound');
  return parseKeyRef(text);
}

function isForeign(text: string, account: Account): boolean {
  return text.startsWith('acs:') && !text.startsWith(arn(account, ''));
}
