// The rules of AccessKeys: at most two each, so that one can be replaced without a gap, and never none for the owner,
// who would be locked out. A secret is told once, when it is made. Source: RAM API 2015-05-01, *AccessKey*.

import { KmsError } from '../../errors.ts';
import type { AccessKey } from '../access.ts';
import { invalidParameter } from '../fields.ts';
import { type RandomBytes, randomBase36 } from '../ids.ts';
import type { Snapshot } from '../ports/store.ts';
import type { RamServiceOptions } from './ram-service.ts';
import { accessKeysOf, requireUser } from './ram-users.ts';

const MAX_ACCESS_KEYS = 2;
const ACCESS_KEY_ID = /^[A-Za-z0-9]{1,128}$/;

/** `user` null: the owner of the instance. */
export interface AccessKeyService {
  /** @throws EntityNotExist.User, LimitExceeded.User.AccessKey */
  createAccessKey(user: string | null): Promise<AccessKey>;
  /** @throws EntityNotExist.User */
  listAccessKeys(user: string | null): readonly AccessKey[];
  /** @throws EntityNotExist.User, EntityNotExist.User.AccessKey */
  getAccessKey(user: string | null, id: string): AccessKey;
  /** @throws as getAccessKey; InvalidParameter, Rejected.LastOwnerAccessKey */
  updateAccessKey(user: string | null, id: string, status: string): Promise<void>;
  /** @throws as getAccessKey; Rejected.LastOwnerAccessKey */
  deleteAccessKey(user: string | null, id: string): Promise<void>;
}

export function accessKeyService({ store, clock, randomBytes }: RamServiceOptions): AccessKeyService {
  return {
    async createAccessKey(user) {
      const accessKey = newAccessKey(user, clock(), randomBytes);
      return store.transact((transaction) => {
        requireHolder(transaction, user);
        if (accessKeysOf(transaction, user).length >= MAX_ACCESS_KEYS)
          throw new KmsError('LimitExceeded.User.AccessKey');
        transaction.accessKeys.put(accessKey.id, accessKey);
        return accessKey;
      });
    },
    listAccessKeys(user) {
      requireHolder(store.records, user);
      return accessKeysOf(store.records, user);
    },
    getAccessKey: (user, id) => requireAccessKey(store.records, user, id),
    async updateAccessKey(user, id, status) {
      if (status !== 'Active' && status !== 'Inactive') throw invalidParameter('Status');
      await store.transact((transaction) => {
        const accessKey = requireAccessKey(transaction, user, id);
        if (status === 'Inactive') requireAnother(transaction, accessKey);
        if (status !== accessKey.status) transaction.accessKeys.put(id, { ...accessKey, status });
      });
    },
    deleteAccessKey: async (user, id) =>
      store.transact((transaction) => {
        requireAnother(transaction, requireAccessKey(transaction, user, id));
        transaction.accessKeys.delete(id);
      }),
  };
}

export function newAccessKey(user: string | null, createdAt: number, randomBytes: RandomBytes): AccessKey {
  return {
    id: `LTAI5t${randomBase36(18, randomBytes)}`,
    secret: randomBase36(40, randomBytes),
    user,
    status: 'Active',
    createdAt,
  };
}

function requireHolder(records: Pick<Snapshot, 'ramUsers'>, user: string | null): void {
  if (user !== null) requireUser(records, user);
}

type UserRecords = Pick<Snapshot, 'ramUsers' | 'accessKeys'>;

/** One that belongs to somebody else does not exist. */
function requireAccessKey(records: UserRecords, user: string | null, id: string): AccessKey {
  requireHolder(records, user);
  const accessKey = ACCESS_KEY_ID.test(id) ? records.accessKeys.get(id) : undefined;
  if (accessKey?.user !== user) throw new KmsError('EntityNotExist.User.AccessKey');
  return accessKey;
}

/** The owner keeps at least one active AccessKey. */
function requireAnother(records: UserRecords, accessKey: AccessKey): void {
  if (accessKey.user !== null || accessKey.status !== 'Active') return;
  const active = accessKeysOf(records, null).filter(({ status }) => status === 'Active');
  if (active.length < 2) throw new KmsError('Rejected.LastOwnerAccessKey');
}
