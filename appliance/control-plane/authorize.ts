// What a caller may do. The owner of the instance may do everything; any other type of caller, nothing.
// Source: control-plane specification section 4.

import { KmsError } from '../errors.ts';
import type { Caller } from './authenticate.ts';
import type { Permission } from './permissions.ts';

const GRANTS: ReadonlyMap<string, (permission: Permission) => boolean> = new Map([['root', () => true]]);

/** `permissions` null: authentication was enough. @throws KmsError Forbidden.NoPermission */
export function authorize(caller: Caller, permissions: readonly Permission[] | null): void {
  const grants = GRANTS.get(caller.type);
  if (permissions !== null && !permissions.every((permission) => grants?.(permission) === true)) {
    throw new KmsError('Forbidden.NoPermission');
  }
}
