// `kms ram policy …`: what users may do on the control plane. RAM API 2015-05-01; the language of the documents is in
// control-plane specification section 4.

import { type ApiRow, apiCommand, type Column } from '../api-command.ts';
import type { Command } from '../command.ts';
import { USER } from './ram-users.ts';
import { DESCRIPTION } from './shared-words.ts';

const POLICY = { name: 'policy', description: 'name of the policy', parameter: 'PolicyName' } as const;
const TYPES = ['Custom', 'System'] as const;
const TYPE = {
  flag: '--type',
  value: 'TYPE',
  parameter: 'PolicyType',
  choices: TYPES,
  fallback: 'Custom',
  description: 'Custom: one of yours; System: built in',
} as const;
const POLICY_COLUMNS: readonly Column[] = [
  ['POLICY', 'PolicyName'],
  ['TYPE', 'PolicyType'],
  ['DESCRIPTION', 'Description'],
];

const ROWS: readonly ApiRow[] = [
  {
    path: 'ram policy create',
    summary: 'create a policy from a document',
    examples: ['ram policy create read-orders --file read-orders.json'],
    action: 'CreatePolicy',
    api: 'ram',
    args: [POLICY],
    options: [
      {
        flag: '--file',
        value: 'FILE',
        parameter: 'PolicyDocument',
        kind: 'file',
        required: true,
        description: 'policy document, JSON (- for standard input)',
      },
      DESCRIPTION,
    ],
    output: { form: 'record', at: 'Policy' },
  },
  {
    path: 'ram policy list',
    summary: 'list the policies',
    examples: ['ram policy list', 'ram policy list --type System'],
    action: 'ListPolicies',
    api: 'ram',
    options: [
      {
        flag: '--type',
        value: 'TYPE',
        parameter: 'PolicyType',
        choices: TYPES,
        description: 'only these',
      },
    ],
    output: { form: 'list', at: ['Policies', 'Policy'], paging: 'marker', columns: POLICY_COLUMNS },
  },
  {
    path: 'ram policy list-for-user',
    summary: 'list the policies of a user',
    examples: ['ram policy list-for-user alice'],
    action: 'ListPoliciesForUser',
    api: 'ram',
    args: [USER],
    output: { form: 'list', at: ['Policies', 'Policy'], paging: 'none', columns: POLICY_COLUMNS },
  },
  {
    path: 'ram policy describe',
    summary: 'show a policy with its document',
    examples: ['ram policy describe AliyunKMSReadOnlyAccess --type System'],
    action: 'GetPolicy',
    api: 'ram',
    args: [POLICY],
    options: [TYPE],
    output: { form: 'record', at: 'Policy' },
  },
  {
    path: 'ram policy delete',
    summary: 'delete a policy that no user has',
    examples: ['ram policy delete read-orders'],
    action: 'DeletePolicy',
    api: 'ram',
    args: [POLICY],
    output: { form: 'done', text: ({ PolicyName }) => `RAM policy ${PolicyName} deleted.` },
  },
  {
    path: 'ram policy attach',
    summary: 'allow a user what a policy says',
    examples: [
      'ram policy attach read-orders alice',
      'ram policy attach AliyunKMSFullAccess bob --type System',
    ],
    action: 'AttachPolicyToUser',
    api: 'ram',
    args: [POLICY, USER],
    options: [TYPE],
    output: { form: 'done', text: ({ PolicyName, UserName }) => `${UserName} has policy ${PolicyName}.` },
  },
  {
    path: 'ram policy detach',
    summary: 'no longer allow a user what a policy says',
    examples: ['ram policy detach read-orders alice'],
    action: 'DetachPolicyFromUser',
    api: 'ram',
    args: [POLICY, USER],
    options: [TYPE],
    output: {
      form: 'done',
      text: ({ PolicyName, UserName }) => `${UserName} no longer has policy ${PolicyName}.`,
    },
  },
];

export const RAM_POLICY_COMMANDS: readonly Command[] = ROWS.map(apiCommand);
