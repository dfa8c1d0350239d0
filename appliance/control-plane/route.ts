// From a version and a name to an action: exactly first, then in any case; names that are known but not built are told
// apart from names that are not. Source: control-plane specification 1.1 (rules 7 and 8).

import { KmsError } from '../errors.ts';
import type { Action } from './action.ts';
import { ACTIONS } from './action-table.ts';
import { APIS, type Api, KMS_API } from './api.ts';
import type { ActionNames } from './signed-request.ts';
import { UNBUILT_ACTIONS } from './unbuilt-actions.ts';

export interface Route {
  readonly api: Api;
  /** As the API spells it. */
  readonly name: string;
  /** Null when this version does not have it. */
  readonly action: Action | null;
}

interface Names {
  readonly exact: ReadonlyMap<string, Route>;
  readonly lowerCase: ReadonlyMap<string, Route>;
}

const ROUTES: readonly Route[] = [
  ...ACTIONS.map((action) => ({ api: action.api, name: action.name, action })),
  ...UNBUILT_ACTIONS.map((name) => ({ api: KMS_API, name, action: null })),
];
const BY_VERSION: ReadonlyMap<string, Names> = new Map(
  APIS.map((api) => [api.version, namesOf(ROUTES.filter((route) => route.api === api))]),
);

/** @throws KmsError MissingParameter, InvalidVersion, InvalidAction.NotFound */
export function findRoute({ action, version }: ActionNames): Route {
  if (!action) throw new KmsError('MissingParameter', 'The parameter Action is required.');
  if (!version) throw new KmsError('MissingParameter', 'The parameter Version is required.');
  const names = BY_VERSION.get(version);
  if (!names) throw new KmsError('InvalidVersion');
  const route = names.exact.get(action) ?? names.lowerCase.get(action.toLowerCase());
  if (!route) throw new KmsError('InvalidAction.NotFound');
  return route;
}

function namesOf(routes: readonly Route[]): Names {
  return {
    exact: new Map(routes.map((route) => [route.name, route])),
    lowerCase: new Map(routes.map((route) => [route.name.toLowerCase(), route])),
  };
}
