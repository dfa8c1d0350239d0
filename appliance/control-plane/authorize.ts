// What a caller may do. The owner of the instance may do everything, so that no policy locks it out; a RAM user may do
// what policies allow. Refusals are alike whether or not the resource exists. Source: control-plane specification 4.

import type { Account } from '../core/ids.ts';
import { isKeyId } from '../core/ids.ts';
import type { Key } from '../core/key.ts';
import type { Snapshot } from '../core/ports/store.ts';
import type { UserAccess } from '../core/ram/user-access.ts';
import { KmsError } from '../errors.ts';
import type { Action } from './action.ts';
import type { Caller } from './authenticate.ts';
import type { Permission } from './permissions.ts';

const KEY_PREFIX = 'key/';

export interface AuthorizationContext {
  readonly action: Pick<Action, 'name' | 'api'>;
  readonly account: Account;
  readonly records: Pick<Snapshot, 'keys'>;
  readonly userAccess: UserAccess;
  /** Plain address of the peer. */
  readonly clientAddress: string;
  readonly now: number;
}

/** `permissions` null: authentication was enough. @throws KmsError Forbidden.NoPermission, or RAM's NoPermission */
export function authorize(
  { user }: Caller,
  permissions: readonly Permission[] | null,
  context: AuthorizationContext,
): void {
  if (user === null || permissions === null) return;
  const { action, account, records, userAccess, clientAddress, now } = context;
  const allowed = permissions.every((permission) =>
    userAccess({
      accountId: account.accountId,
      user,
      action: permission.action ?? `${action.api.service}:${action.name}`,
      resource: action.api.arnOf(account, permission.resource),
      key: keyOf(permission.resource, records),
      clientAddress,
      now,
    }),
  );
  if (!allowed) throw new KmsError(action.api.noPermission);
}

function keyOf(resource: string, records: Pick<Snapshot, 'keys'>): Key | undefined {
  const id = resource.startsWith(KEY_PREFIX) ? resource.slice(KEY_PREFIX.length) : '';
  return isKeyId(id) ? records.keys.get(id) : undefined;
}
