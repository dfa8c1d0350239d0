// Actions on aliases: each needs permission on the alias and on the key. Source: control-plane specification 2.3 and 4.2.

import { z } from 'zod';
import { arn } from '../../core/ids.ts';
import type { Alias } from '../../core/key.ts';
import type { Page } from '../../core/page.ts';
import { type Action, type Answer, defineAction, type Services } from '../action.ts';
import { name, paging } from '../parameter-types.ts';
import { keyResource, onAll, onKey } from '../permissions.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';

const aliasAndKey = z.object({ AliasName: name, KeyId: name });

export const ALIAS_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'CreateAlias',
    write: true,
    access: ({ AliasName, KeyId }, services) => [
      { resource: AliasName },
      { resource: keyResource(KeyId, services) },
    ],
    resource: 'AliasName',
    parameters: aliasAndKey,
    run: async ({ AliasName, KeyId }, { keys }) => done((await keys.createAlias(AliasName, KeyId)).name),
  }),
  defineAction({
    name: 'UpdateAlias',
    write: true,
    // The key that loses the name, too.
    access: ({ AliasName, KeyId }, services) => [
      { resource: AliasName },
      { resource: keyResource(AliasName, services) },
      { resource: keyResource(KeyId, services) },
    ],
    resource: 'AliasName',
    parameters: aliasAndKey,
    run: async ({ AliasName, KeyId }, { keys }) => done((await keys.updateAlias(AliasName, KeyId)).name),
  }),
  defineAction({
    name: 'DeleteAlias',
    write: true,
    access: ({ AliasName }, services) => [
      { resource: AliasName },
      { resource: keyResource(AliasName, services) },
    ],
    resource: 'AliasName',
    parameters: z.object({ AliasName: name }),
    async run({ AliasName }, { keys }) {
      await keys.deleteAlias(AliasName);
      return done(AliasName);
    },
  }),
  defineAction({
    name: 'ListAliases',
    write: false,
    access: onAll('alias'),
    resource: null,
    parameters: z.object(paging(10, 0)),
    run: (input, services) => aliasPage(services.keys.listAliases(pageRequest(input)), services),
  }),
  defineAction({
    name: 'ListAliasesByKeyId',
    write: false,
    access: onKey,
    resource: 'KeyId',
    parameters: z.object({ KeyId: name, ...paging(10, 0, 101) }),
    run: (input, services) => ({
      ...aliasPage(services.keys.listAliasesOf(input.KeyId, pageRequest(input)), services),
      resource: input.KeyId,
    }),
  }),
];

function aliasPage(page: Page<Alias>, { account }: Services): Answer {
  return pageAnswer('Aliases', 'Alias', page, (alias) => ({
    KeyId: alias.keyId,
    AliasName: alias.name,
    AliasArn: arn(account, alias.name),
  }));
}
