// The rules of aliases: one name means one key, a key may have many names.
// Source: control-plane specification 2.3.

import { KmsError } from '../errors.ts';
import { isAliasName, isFreeAliasName } from './alias-name.ts';
import { invalidParameter, requireRoom } from './fields.ts';
import type { Account } from './ids.ts';
import type { Alias } from './key.ts';
import { ownKeyId, requireKey } from './key-reference.ts';
import { requireState } from './key-state.ts';
import type { Limits } from './limits.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';
import type { Clock } from './ports/clock.ts';
import type { Snapshot, Store } from './ports/store.ts';

/** Keys are named by id or ARN. Promises resolve after the change is durable. Errors are KmsErrors with the codes named. */
export interface Aliases {
  /** @throws InvalidParameter, AliasAlreadyExists, Forbidden.KeyNotFound, Unsupported.Alias, Rejected.* */
  createAlias(name: string, keyText: string): Promise<Alias>;
  /** Makes the name mean another key. @throws InvalidParameter, Forbidden.AliasNotFound, and as createAlias */
  updateAlias(name: string, keyText: string): Promise<Alias>;
  /** @throws InvalidParameter, Forbidden.AliasNotFound */
  deleteAlias(name: string): Promise<void>;
  listAliases(page: PageRequest): Page<Alias>;
  /** @throws Forbidden.KeyNotFound, Unsupported.Alias */
  listAliasesOf(keyText: string, page: PageRequest): Page<Alias>;
}

export interface AliasOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly account: Account;
  readonly limits: Pick<Limits, 'aliases'>;
}

export function createAliases({ store, clock, account, limits }: AliasOptions): Aliases {
  return {
    async createAlias(name, keyText) {
      if (!isFreeAliasName(name)) throw invalidParameter('AliasName');
      const keyId = ownKeyId(keyText, account);
      return store.transact((transaction) => {
        const key = requireKey(transaction, keyId);
        if (transaction.aliases.get(name)) throw new KmsError('AliasAlreadyExists');
        requireState('CreateAlias', key.state);
        requireRoom(transaction.aliases, limits.aliases);
        const alias: Alias = { name, keyId: key.id, createdAt: clock() };
        transaction.aliases.put(name, alias);
        return alias;
      });
    },
    async updateAlias(name, keyText) {
      const keyId = ownKeyId(keyText, account);
      return store.transact((transaction) => {
        const alias = requireAlias(transaction, name);
        const key = requireKey(transaction, keyId);
        requireState('UpdateAlias', key.state);
        const changed: Alias = { ...alias, keyId: key.id };
        transaction.aliases.put(name, changed);
        return changed;
      });
    },
    deleteAlias: async (name) =>
      store.transact((transaction) => {
        requireAlias(transaction, name);
        transaction.aliases.delete(name);
      }),
    listAliases: (page) => pageOf(store.records.aliases.list(), page),
    listAliasesOf(keyText, page) {
      const { id } = requireKey(store.records, ownKeyId(keyText, account));
      return pageOf(
        [...store.records.aliases.list()].filter(({ keyId }) => keyId === id),
        page,
      );
    },
  };
}

function requireAlias({ aliases }: Pick<Snapshot, 'aliases'>, name: string): Alias {
  if (!isAliasName(name)) throw invalidParameter('AliasName');
  const alias = aliases.get(name);
  if (!alias) throw new KmsError('Forbidden.AliasNotFound');
  return alias;
}
