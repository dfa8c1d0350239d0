// All actions of this plane. To add one, write its row in the group's file; a new group also needs a line here.
// Source: control-plane specification section 2.

import type { Action } from './action.ts';
import { ACCESS_POINT_ACTIONS } from './actions/access-points.ts';
import { ALIAS_ACTIONS } from './actions/aliases.ts';
import { ASYMMETRIC_ACTIONS } from './actions/asymmetric-crypto.ts';
import { AUDIT_ACTIONS } from './actions/audit.ts';
import { CLIENT_KEY_ACTIONS } from './actions/client-keys.ts';
import { DATA_KEY_ACTIONS } from './actions/data-keys.ts';
import { HSM_ACTIONS } from './actions/hsm.ts';
import { INSTANCE_ACTIONS } from './actions/instances.ts';
import { KEY_IMPORT_ACTIONS } from './actions/key-imports.ts';
import { KEY_LIFE_ACTIONS } from './actions/key-life.ts';
import { KEY_POLICY_ACTIONS } from './actions/key-policies.ts';
import { KEY_VERSION_ACTIONS } from './actions/key-versions.ts';
import { KEY_ACTIONS } from './actions/keys.ts';
import { MAC_ACTIONS } from './actions/macs.ts';
import { NETWORK_RULE_ACTIONS } from './actions/network-rules.ts';
import { POLICY_ACTIONS } from './actions/policies.ts';
import { RAM_ACCESS_KEY_ACTIONS } from './actions/ram-access-keys.ts';
import { RAM_POLICY_ACTIONS } from './actions/ram-policies.ts';
import { RAM_USER_ACTIONS } from './actions/ram-users.ts';
import { SERVICE_ACTIONS } from './actions/service.ts';
import { SYMMETRIC_ACTIONS } from './actions/symmetric-crypto.ts';
import { TAG_ACTIONS } from './actions/tags.ts';

export const ACTIONS: readonly Action[] = [
  ...KEY_ACTIONS,
  ...KEY_LIFE_ACTIONS,
  ...KEY_VERSION_ACTIONS,
  ...KEY_IMPORT_ACTIONS,
  ...KEY_POLICY_ACTIONS,
  ...TAG_ACTIONS,
  ...ALIAS_ACTIONS,
  ...NETWORK_RULE_ACTIONS,
  ...POLICY_ACTIONS,
  ...ACCESS_POINT_ACTIONS,
  ...CLIENT_KEY_ACTIONS,
  ...INSTANCE_ACTIONS,
  ...HSM_ACTIONS,
  ...AUDIT_ACTIONS,
  ...SYMMETRIC_ACTIONS,
  ...DATA_KEY_ACTIONS,
  ...ASYMMETRIC_ACTIONS,
  ...MAC_ACTIONS,
  ...SERVICE_ACTIONS,
  ...RAM_USER_ACTIONS,
  ...RAM_ACCESS_KEY_ACTIONS,
  ...RAM_POLICY_ACTIONS,
];
