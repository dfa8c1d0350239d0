// The rules of RAM users. A user goes only when its AccessKeys and attachments are gone.
// Source: RAM API 2015-05-01, CreateUser, GetUser, ListUsers, DeleteUser.

import { KmsError } from '../../errors.ts';
import type { AccessKey } from '../access.ts';
import type { RandomBytes } from '../ids.ts';
import type { Snapshot } from '../ports/store.ts';
import { ramField } from './ram-fields.ts';
import { type MarkedPage, type MarkedPageRequest, markedPageOf } from './ram-page.ts';
import type { RamServiceOptions } from './ram-service.ts';
import type { RamUser } from './records.ts';

const USER_ID_DIGITS = 17;

export interface NewRamUser {
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly mobilePhone?: string | undefined;
  readonly email?: string | undefined;
  readonly comments?: string | undefined;
}

export interface RamUserService {
  /** @throws InvalidParameter.*, EntityAlreadyExists.User, LimitExceeded.User */
  createUser(request: NewRamUser): Promise<RamUser>;
  /** @throws EntityNotExist.User */
  getUser(name: string): RamUser;
  listUsers(page: MarkedPageRequest): MarkedPage<RamUser>;
  /** @throws EntityNotExist.User, DeleteConflict.User.AccessKey, DeleteConflict.User.Policy */
  deleteUser(name: string): Promise<void>;
}

export function ramUserService({ store, clock, randomBytes, limits }: RamServiceOptions): RamUserService {
  return {
    async createUser(request) {
      const user = newUser(request, clock(), randomBytes);
      return store.transact(({ ramUsers }) => {
        if (ramUsers.get(user.name)) throw new KmsError('EntityAlreadyExists.User');
        if (ramUsers.count() >= limits.ramUsers) throw new KmsError('LimitExceeded.User');
        ramUsers.put(user.name, user);
        return user;
      });
    },
    getUser: (name) => requireUser(store.records, name),
    listUsers: (page) => markedPageOf(store.records.ramUsers.list(), page),
    deleteUser: async (name) =>
      store.transact((transaction) => {
        const user = requireUser(transaction, name);
        if (accessKeysOf(transaction, name).length > 0) throw new KmsError('DeleteConflict.User.AccessKey');
        if (user.attachments.length > 0) throw new KmsError('DeleteConflict.User.Policy');
        transaction.ramUsers.delete(name);
      }),
  };
}

/** @throws KmsError InvalidParameter.UserName.*, EntityNotExist.User */
export function requireUser(records: Pick<Snapshot, 'ramUsers'>, name: string): RamUser {
  const user = records.ramUsers.get(ramField('UserName', name));
  if (!user) throw new KmsError('EntityNotExist.User');
  return user;
}

/** `user` null: those of the owner. In the order of their creation. */
export function accessKeysOf(records: Pick<Snapshot, 'accessKeys'>, user: string | null): AccessKey[] {
  return [...records.accessKeys.list()]
    .filter((accessKey) => accessKey.user === user)
    .sort((a, b) => a.createdAt - b.createdAt);
}

function newUser(request: NewRamUser, now: number, randomBytes: RandomBytes): RamUser {
  const name = ramField('UserName', request.name);
  return {
    name,
    id: newUserId(randomBytes),
    displayName: ramField('DisplayName', request.displayName ?? name),
    mobilePhone: ramField('MobilePhone', request.mobilePhone ?? ''),
    email: ramField('Email', request.email ?? ''),
    comments: ramField('Comments', request.comments ?? ''),
    attachments: [],
    createdAt: now,
    updatedAt: now,
  };
}

/** 18 digits, the first a 2, as the product's. */
function newUserId(randomBytes: RandomBytes): string {
  const number = randomBytes(8).readBigUInt64BE() % 10n ** BigInt(USER_ID_DIGITS);
  return `2${number.toString().padStart(USER_ID_DIGITS, '0')}`;
}
