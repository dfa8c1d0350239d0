// A call of every action that creates something, with what must be there before it. Several rows of an action are
// several kinds of what it makes.

import { EDITIONS } from '../../appliance/core/editions.ts';
import type { ActionName } from './action-calls.ts';
import type { Texts } from './admin-calls.ts';
import { policyText } from './ram-user.ts';
import { TESTED_SPECS } from './software-keys.ts';
import { IMPORT_WAY, KEY_POLICY } from './state-rows.ts';

export interface CreatingAction {
  readonly action: ActionName;
  readonly what: string;
  /** Calls made before it, in this order. */
  readonly before: readonly (readonly [ActionName, Texts])[];
  /** `KEY` stands for the id of the key made before it. */
  readonly parameters: Texts;
}

export const KEY = '<key>';
/** What the import of the key made before it takes, see `filledIn`. */
export const TOKEN = '<token>';
export const WRAPPED = '<wrapped>';

const PERMISSIONS = '["RbacPermission/Template/CryptoServiceKeyUser"]';
const RULE = ['CreateNetworkRule', { Name: 'rule', Type: 'Private', SourcePrivateIp: '10.0.0.0/8' }] as const;
const POLICY = [
  'CreatePolicy',
  {
    Name: 'policy',
    Permissions: PERMISSIONS,
    Resources: '["key/*"]',
    AccessControlRules: '{"NetworkRules":["rule"]}',
  },
] as const;
const POINT = ['CreateApplicationAccessPoint', { Name: 'point', Policies: '["policy"]' }] as const;
const USER = ['ram:CreateUser', { UserName: 'user' }] as const;
const RAM_POLICY = [
  'ram:CreatePolicy',
  { PolicyName: 'ram-policy', PolicyDocument: policyText({ Action: 'kms:*' }) },
] as const;
function row(
  [action, parameters]: readonly [ActionName, Texts],
  before: CreatingAction['before'] = [],
  what = 'one',
): CreatingAction {
  return { action, what, before, parameters };
}

const NEW_KEY = ['CreateKey', {}] as const;
const EXTERNAL_KEY = ['CreateKey', { Origin: 'EXTERNAL' }] as const;
const IMPORT = { KeyId: KEY, ImportToken: TOKEN, EncryptedKeyMaterial: WRAPPED };
const ADORNED = {
  Tags: '[{"TagKey":"a","TagValue":"1"},{"TagKey":"b","TagValue":"2"}]',
  Policy: KEY_POLICY,
  EnableAutomaticRotation: 'true',
  RotationInterval: '7d',
};

export const CREATING_ACTIONS: readonly CreatingAction[] = [
  ...TESTED_SPECS.filter(({ name }) => !EDITIONS.basic.withheldSpecs.has(name)).map(({ name }) =>
    row(['CreateKey', { KeySpec: name }], [], name),
  ),
  row(['CreateKey', ADORNED], [], 'with tags, policy and rotation'),
  row(['CreateKeyVersion', { KeyId: KEY }], [NEW_KEY]),
  row(['GetParametersForImport', { KeyId: KEY, ...IMPORT_WAY }], [EXTERNAL_KEY]),
  row(
    ['ImportKeyMaterial', IMPORT],
    [EXTERNAL_KEY, ['GetParametersForImport', { KeyId: KEY, ...IMPORT_WAY }]],
  ),
  row(['CreateKey', { Origin: 'EXTERNAL' }], [], 'without material'),
  row(['CreateAlias', { KeyId: KEY, AliasName: 'alias/new' }], [NEW_KEY]),
  row(RULE),
  row(POLICY, [RULE]),
  row(POINT, [RULE, POLICY]),
  row(['CreateClientKey', { AapName: 'point', Password: 'pass-word-1' }], [RULE, POLICY, POINT]),
  row(USER),
  row(['ram:CreateAccessKey', { UserName: 'user' }], [USER]),
  row(RAM_POLICY),
  row(
    ['ram:AttachPolicyToUser', { UserName: 'user', PolicyName: 'ram-policy', PolicyType: 'Custom' }],
    [USER, RAM_POLICY],
  ),
];
