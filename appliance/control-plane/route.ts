// From a name to an action: exactly first, then in any case; names that are known but not built are told apart from
// names that are not. Source: control-plane specification 1.1 (rules 7 and 8).

import { KmsError } from '../errors.ts';
import type { Action } from './action.ts';
import { ACTIONS } from './action-table.ts';
import type { ActionNames } from './signed-request.ts';
import { UNBUILT_ACTIONS } from './unbuilt-actions.ts';

export const API_VERSION = '2016-01-20';

export interface Route {
  /** As the API spells it. */
  readonly name: string;
  /** Null when this version does not have it. */
  readonly action: Action | null;
}

const ROUTES: readonly Route[] = [
  ...ACTIONS.map((action) => ({ name: action.name, action })),
  ...UNBUILT_ACTIONS.map((name) => ({ name, action: null })),
];
const BY_NAME: ReadonlyMap<string, Route> = new Map(ROUTES.map((route) => [route.name, route]));
const BY_LOWER_CASE: ReadonlyMap<string, Route> = new Map(
  ROUTES.map((route) => [route.name.toLowerCase(), route]),
);

/** @throws KmsError MissingParameter, InvalidVersion, InvalidAction.NotFound */
export function findRoute({ action, version }: ActionNames): Route {
  if (!action) throw new KmsError('MissingParameter', 'The parameter Action is required.');
  if (!version) throw new KmsError('MissingParameter', 'The parameter Version is required.');
  if (version !== API_VERSION) throw new KmsError('InvalidVersion');
  const route = BY_NAME.get(action) ?? BY_LOWER_CASE.get(action.toLowerCase());
  if (!route) throw new KmsError('InvalidAction.NotFound');
  return route;
}
