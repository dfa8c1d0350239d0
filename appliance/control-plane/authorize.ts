// What a caller may do. The owner of the instance may do everything; any other type of caller, nothing.
// Source: control-plane specification section 4.

import { KmsError } from '../errors.ts';
import type { Action } from './action.ts';
import type { Caller } from './authenticate.ts';

const GRANTS: ReadonlyMap<string, (action: Action) => boolean> = new Map([['root', () => true]]);

/** @throws KmsError Forbidden.NoPermission */
export function authorize(caller: Caller, action: Action): void {
  if (GRANTS.get(caller.type)?.(action) !== true) throw new KmsError('Forbidden.NoPermission');
}
