// Tags on keys: of one key, or of many in one transaction, and the list of all that are set.
// Source: control-plane specification 2.5.

import { KmsError } from '../errors.ts';
import { invalidParameter } from './fields.ts';
import { type Account, isKeyId } from './ids.ts';
import type { Key, Tag } from './key.ts';
import { ownKeyId, requireKey } from './key-reference.ts';
import { requireState } from './key-state.ts';
import type { Store, Transaction } from './ports/store.ts';
import { NAMED_FAULTS, PLAIN_FAULTS, requireTagKeys, requireTags, withoutTags, withTags } from './tags.ts';

const ROWS_PER_PAGE = 200;

export interface TagRow {
  readonly keyId: string;
  readonly tag: Tag;
}

export interface TagPage {
  readonly rows: readonly TagRow[];
  /** '' at the end. */
  readonly nextToken: string;
}

export interface TagQuery {
  /** Empty: all keys. Ids that lead nowhere have no rows. */
  readonly keyIds: readonly string[];
  /** Only keys that have all of these; a value of '' stands for any. */
  readonly having: readonly Tag[];
  /** '' for the first page. */
  readonly nextToken: string;
}

/** Promises resolve after the change is durable. Errors are KmsErrors with the codes named. */
export interface KeyTags {
  /** @throws InvalidParameter, Forbidden.KeyNotFound, Unsupported.Alias, Rejected.PendingDeletion, Rejected.LimitExceeded */
  tagKey(text: string, tags: readonly Tag[]): Promise<Key>;
  /** As tagKey. A key without such a tag is left as it is. */
  untagKey(text: string, tagKeys: readonly string[]): Promise<Key>;
  /** All or none. @throws InvalidResourceId.NotFound, the codes of NAMED_FAULTS, Rejected.* */
  tagKeys(keyIds: readonly string[], tags: readonly Tag[]): Promise<void>;
  /** As tagKeys; `all` takes every tag. */
  untagKeys(keyIds: readonly string[], tagKeys: readonly string[] | 'all'): Promise<void>;
  /** By key id, then tag key. @throws InvalidParameter for a token that is none */
  listTags(query: TagQuery): TagPage;
}

type ChangeTags = (tags: readonly Tag[]) => readonly Tag[];

export function createKeyTags({
  store,
  account,
}: {
  readonly store: Store;
  readonly account: Account;
}): KeyTags {
  const changeOne = async (text: string, change: ChangeTags): Promise<Key> => {
    const keyId = ownKeyId(text, account);
    return store.transact((transaction) => putTags(transaction, requireKey(transaction, keyId), change));
  };
  const changeMany = (keyIds: readonly string[], change: ChangeTags): Promise<void> =>
    store.transact((transaction) => {
      for (const keyId of keyIds) putTags(transaction, requireResource(transaction, keyId), change);
    });

  return {
    async tagKey(text, tags) {
      requireTags(tags, PLAIN_FAULTS);
      return changeOne(text, (present) => withTags(present, tags));
    },
    async untagKey(text, tagKeys) {
      requireTagKeys(tagKeys, PLAIN_FAULTS);
      return changeOne(text, (present) => withoutTags(present, tagKeys));
    },
    async tagKeys(keyIds, tags) {
      requireTags(tags, NAMED_FAULTS);
      return changeMany(keyIds, (present) => withTags(present, tags));
    },
    async untagKeys(keyIds, tagKeys) {
      if (tagKeys !== 'all') requireTagKeys(tagKeys, NAMED_FAULTS);
      return changeMany(keyIds, (present) => (tagKeys === 'all' ? [] : withoutTags(present, tagKeys)));
    },
    listTags: (query) => listTags(store, query),
  };
}

function putTags({ keys }: Transaction, key: Key, change: ChangeTags): Key {
  requireState('ChangeTags', key.state);
  const changed: Key = { ...key, tags: change(key.tags) };
  keys.put(key.id, changed);
  return changed;
}

function requireResource({ keys }: Transaction, keyId: string): Key {
  const key = isKeyId(keyId) ? keys.get(keyId) : undefined;
  if (!key) throw new KmsError('InvalidResourceId.NotFound');
  return key;
}

function listTags({ records }: Store, { keyIds, having, nextToken }: TagQuery): TagPage {
  const after = positionOf(nextToken);
  const rows = [...records.keys.list()]
    .filter((key) => keyIds.length === 0 || keyIds.includes(key.id))
    .filter((key) => having.every((wanted) => key.tags.some((tag) => meets(tag, wanted))))
    .flatMap((key) => key.tags.map((tag) => ({ keyId: key.id, tag })))
    .map((row) => ({ row, position: `${row.keyId} ${row.tag.key}` }))
    .filter(({ position }) => position > after)
    .sort((left, right) => (left.position < right.position ? -1 : 1));
  const page = rows.slice(0, ROWS_PER_PAGE);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return { rows: page.map(({ row }) => row), nextToken: last ? tokenOf(last.position) : '' };
}

function meets(tag: Tag, wanted: Tag): boolean {
  return tag.key === wanted.key && (wanted.value === '' || tag.value === wanted.value);
}

function tokenOf(position: string): string {
  return Buffer.from(position).toString('base64url');
}

/** The position of the last row that was given; '' before all rows. */
function positionOf(token: string): string {
  const position = Buffer.from(token, 'base64url').toString();
  if (token === '' || (tokenOf(position) === token && position.startsWith('key-'))) return position;
  throw invalidParameter('NextToken');
}
