// `kms aap …`: application access points; `aap quick-create` has a file of its own.
// Source: control-plane specification 2.6.3.

import { type ApiRow, apiCommand } from '../api-command.ts';
import type { Command } from '../command.ts';
import { DESCRIPTION, nameOf } from './shared-words.ts';

const NAME = nameOf('access point');
const POLICY = {
  flag: '--policy',
  value: 'NAME',
  parameter: 'Policies',
  kind: 'list',
  repeatable: true,
  description: 'a permission policy; at most three',
} as const;

const ROWS: readonly ApiRow[] = [
  {
    path: 'aap create',
    summary: 'create an application access point',
    examples: ['aap create orders --policy orders'],
    action: 'CreateApplicationAccessPoint',
    fixed: { AuthenticationMethod: 'ClientKey' },
    args: [NAME],
    options: [{ ...POLICY, required: true }, DESCRIPTION],
    output: { form: 'record' },
  },
  {
    path: 'aap list',
    summary: 'list the application access points',
    examples: ['aap list'],
    action: 'ListApplicationAccessPoints',
    output: {
      form: 'list',
      at: ['ApplicationAccessPoints', 'ApplicationAccessPoint'],
      paging: 'number',
      columns: [
        ['NAME', 'Name'],
        ['AUTHENTICATION', 'AuthenticationMethod'],
      ],
    },
  },
  {
    path: 'aap describe',
    summary: 'show an application access point',
    examples: ['aap describe orders'],
    action: 'DescribeApplicationAccessPoint',
    args: [NAME],
    output: { form: 'record' },
  },
  {
    path: 'aap update',
    summary: 'replace the policies or the description of an access point',
    examples: ['aap update orders --policy orders --policy signing'],
    action: 'UpdateApplicationAccessPoint',
    args: [NAME],
    options: [POLICY, DESCRIPTION],
    output: { form: 'done', text: ({ Name }) => `Access point ${Name} changed.` },
  },
  {
    path: 'aap delete',
    summary: 'delete an access point with all its Client Keys',
    examples: ['aap delete orders'],
    action: 'DeleteApplicationAccessPoint',
    args: [NAME],
    output: { form: 'done', text: ({ Name }) => `Access point ${Name} and its Client Keys deleted.` },
  },
];

export const ACCESS_POINT_COMMANDS: readonly Command[] = ROWS.map(apiCommand);
