// All actions of this plane. To add one, write its row in the group's file; a new group also needs a line here.
// Source: control-plane specification section 2.

import type { Action } from './action.ts';
import { ACCESS_POINT_ACTIONS } from './actions/access-points.ts';
import { ALIAS_ACTIONS } from './actions/aliases.ts';
import { CLIENT_KEY_ACTIONS } from './actions/client-keys.ts';
import { INSTANCE_ACTIONS } from './actions/instances.ts';
import { KEY_LIFE_ACTIONS } from './actions/key-life.ts';
import { KEY_VERSION_ACTIONS } from './actions/key-versions.ts';
import { KEY_ACTIONS } from './actions/keys.ts';
import { NETWORK_RULE_ACTIONS } from './actions/network-rules.ts';
import { POLICY_ACTIONS } from './actions/policies.ts';
import { TAG_ACTIONS } from './actions/tags.ts';

export const ACTIONS: readonly Action[] = [
  ...KEY_ACTIONS,
  ...KEY_LIFE_ACTIONS,
  ...KEY_VERSION_ACTIONS,
  ...TAG_ACTIONS,
  ...ALIAS_ACTIONS,
  ...NETWORK_RULE_ACTIONS,
  ...POLICY_ACTIONS,
  ...ACCESS_POINT_ACTIONS,
  ...CLIENT_KEY_ACTIONS,
  ...INSTANCE_ACTIONS,
];
