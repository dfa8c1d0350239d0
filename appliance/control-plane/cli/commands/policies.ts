// `kms policy …`: what application access points may do with which keys. Not RAM policies: those are `kms ram policy`.
// Source: control-plane specification 2.6.2.

import { type ApiRow, apiCommand } from '../api-command.ts';
import type { Command } from '../command.ts';
import { DESCRIPTION, nameOf } from './shared-words.ts';

const NAME = nameOf('policy');
const ALLOW = {
  flag: '--allow',
  value: 'RESOURCE',
  parameter: 'Resources',
  kind: 'list',
  repeatable: true,
  description: 'key/*, key/KEY_ID, alias/NAME, secret/NAME',
} as const;
const ROLE = {
  flag: '--role',
  value: 'ROLE',
  parameter: 'Permissions',
  kind: 'roles',
  repeatable: true,
  choices: ['CryptoServiceKeyUser', 'CryptoServiceSecretUser'],
  description: 'what is allowed',
} as const;
const NETWORK_RULES = [
  {
    flag: '--network-rule',
    value: 'NAME',
    parameter: 'AccessControlRules',
    kind: 'networkRules',
    repeatable: true,
    description: 'only from the addresses of this rule',
  },
  {
    flag: '--any-network',
    parameter: 'AccessControlRules',
    kind: 'anyNetwork',
    description: 'from any address',
  },
] as const;

const ROWS: readonly ApiRow[] = [
  {
    path: 'policy create',
    summary: 'create a permission policy for application access points',
    examples: [
      "policy create orders --allow 'key/*' --network-rule office",
      'policy create signing --allow alias/invoices --any-network',
    ],
    action: 'CreatePolicy',
    args: [NAME],
    options: [
      { ...ALLOW, required: true },
      { ...ROLE, fallback: 'CryptoServiceKeyUser' },
      ...NETWORK_RULES,
      DESCRIPTION,
    ],
    output: { form: 'record' },
  },
  {
    path: 'policy list',
    summary: 'list the permission policies',
    examples: ['policy list'],
    action: 'ListPolicies',
    output: {
      form: 'list',
      at: ['Policies', 'Policy'],
      paging: 'number',
      columns: [['NAME', 'Name']],
    },
  },
  {
    path: 'policy describe',
    summary: 'show a permission policy',
    examples: ['policy describe orders'],
    action: 'DescribePolicy',
    args: [NAME],
    output: { form: 'record' },
  },
  {
    path: 'policy update',
    summary: 'replace parts of a permission policy',
    examples: ['policy update orders --allow alias/orders', 'policy update orders --any-network'],
    action: 'UpdatePolicy',
    args: [NAME],
    options: [ALLOW, ROLE, ...NETWORK_RULES, DESCRIPTION],
    output: { form: 'done', text: ({ Name }) => `Policy ${Name} changed.` },
  },
  {
    path: 'policy delete',
    summary: 'delete a permission policy that no access point uses',
    examples: ['policy delete orders'],
    action: 'DeletePolicy',
    args: [NAME],
    output: { form: 'done', text: ({ Name }) => `Policy ${Name} deleted.` },
  },
];

export const POLICY_COMMANDS: readonly Command[] = ROWS.map(apiCommand);
