// Actions on aliases: each needs permission on the alias and on the key. Source: control-plane specification 2.3 and 4.2.

import { z } from 'zod';
import { arn } from '../../core/ids.ts';
import { type Action, defineAction } from '../action.ts';
import { name, paging } from '../parameter-types.ts';
import { keyResource, onAll } from '../permissions.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';

export const ALIAS_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'CreateAlias',
    write: true,
    access: ({ AliasName, KeyId }, services) => [
      { resource: AliasName },
      { resource: keyResource(KeyId, services) },
    ],
    resource: 'AliasName',
    parameters: z.object({ AliasName: name, KeyId: name }),
    async run({ AliasName, KeyId }, { keys }) {
      const alias = await keys.createAlias(AliasName, KeyId);
      return done(alias.name);
    },
  }),
  defineAction({
    name: 'ListAliases',
    write: false,
    access: onAll('alias'),
    resource: null,
    parameters: z.object(paging(10, 0)),
    run: (input, { keys, account }) =>
      pageAnswer('Aliases', 'Alias', keys.listAliases(pageRequest(input)), (alias) => ({
        KeyId: alias.keyId,
        AliasName: alias.name,
        AliasArn: arn(account, alias.name),
      })),
  }),
];
