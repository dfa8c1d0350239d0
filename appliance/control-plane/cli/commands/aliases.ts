// `kms alias …`. Source: control-plane specification 2.3.

import { type ApiRow, apiCommand } from '../api-command.ts';
import type { Command } from '../command.ts';
import { KEY_ID_ARGUMENT } from './keys.ts';

const ALIAS_ARGUMENT = {
  name: 'alias',
  description: 'name, with or without alias/',
  parameter: 'AliasName',
  kind: 'alias',
} as const;

const ROWS: readonly ApiRow[] = [
  {
    path: 'alias create',
    summary: 'give a key an alias',
    examples: ['alias create orders key-kms6937…'],
    action: 'CreateAlias',
    args: [ALIAS_ARGUMENT, KEY_ID_ARGUMENT],
    output: { form: 'done', text: ({ AliasName, KeyId }) => `${AliasName} is key ${KeyId}.` },
  },
  {
    path: 'alias update',
    summary: 'let an alias name another key',
    examples: ['alias update orders key-kms7a01…'],
    action: 'UpdateAlias',
    args: [ALIAS_ARGUMENT, KEY_ID_ARGUMENT],
    output: { form: 'done', text: ({ AliasName, KeyId }) => `${AliasName} is key ${KeyId}.` },
  },
  {
    path: 'alias delete',
    summary: 'delete an alias; the key stays',
    examples: ['alias delete orders'],
    action: 'DeleteAlias',
    args: [ALIAS_ARGUMENT],
    output: { form: 'done', text: ({ AliasName }) => `${AliasName} deleted.` },
  },
  {
    path: 'alias list',
    summary: 'list aliases, of all keys or of one',
    examples: ['alias list', 'alias list --key key-kms6937…'],
    action: ({ KeyId }) => (KeyId === undefined ? 'ListAliases' : 'ListAliasesByKeyId'),
    options: [
      {
        flag: '--key',
        value: 'KEY_ID',
        parameter: 'KeyId',
        description: 'only aliases of this key',
      },
    ],
    output: {
      form: 'list',
      at: ['Aliases', 'Alias'],
      paging: 'number',
      columns: [
        ['ALIAS', 'AliasName'],
        ['KEY ID', 'KeyId'],
      ],
    },
  },
];

export const ALIAS_COMMANDS: readonly Command[] = ROWS.map(apiCommand);
