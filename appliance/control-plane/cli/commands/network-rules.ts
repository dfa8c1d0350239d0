// `kms network-rule …`: the addresses that policies are open to. Source: control-plane specification 2.6.1.

import { type ApiRow, apiCommand } from '../api-command.ts';
import type { Command } from '../command.ts';
import { DESCRIPTION, nameOf } from './shared-words.ts';

const NAME = nameOf('network rule');
const FROM = {
  flag: '--from',
  value: 'ADDRESS',
  parameter: 'SourcePrivateIp',
  kind: 'list',
  repeatable: true,
  description: 'an address or CIDR block, IPv4 or IPv6',
} as const;

const ROWS: readonly ApiRow[] = [
  {
    path: 'network-rule create',
    summary: 'create a network rule',
    examples: ['network-rule create office --from 10.0.0.0/8 --from 192.168.7.1'],
    action: 'CreateNetworkRule',
    fixed: { Type: 'Private' },
    args: [NAME],
    options: [{ ...FROM, required: true }, DESCRIPTION],
    output: { form: 'record' },
  },
  {
    path: 'network-rule list',
    summary: 'list the network rules',
    examples: ['network-rule list'],
    action: 'ListNetworkRules',
    output: {
      form: 'list',
      at: ['NetworkRules', 'NetworkRule'],
      paging: 'number',
      columns: [
        ['NAME', 'Name'],
        ['TYPE', 'Type'],
      ],
    },
  },
  {
    path: 'network-rule describe',
    summary: 'show a network rule',
    examples: ['network-rule describe office'],
    action: 'DescribeNetworkRule',
    args: [NAME],
    output: { form: 'record' },
  },
  {
    path: 'network-rule update',
    summary: 'replace the addresses or the description of a network rule',
    examples: ['network-rule update office --from 10.1.0.0/16'],
    action: 'UpdateNetworkRule',
    args: [NAME],
    options: [FROM, DESCRIPTION],
    output: { form: 'done', text: ({ Name }) => `Network rule ${Name} changed.` },
  },
  {
    path: 'network-rule delete',
    summary: 'delete a network rule that no policy uses',
    examples: ['network-rule delete office'],
    action: 'DeleteNetworkRule',
    args: [NAME],
    output: { form: 'done', text: ({ Name }) => `Network rule ${Name} deleted.` },
  },
];

export const NETWORK_RULE_COMMANDS: readonly Command[] = ROWS.map(apiCommand);
