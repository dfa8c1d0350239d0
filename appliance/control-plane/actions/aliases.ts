// Actions on aliases. Source: control-plane specification 2.3.

import { arn } from '../../core/ids.ts';
import type { Answer, Services } from '../action.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';

interface CreateAliasInput {
  readonly AliasName: string;
  readonly KeyId: string;
}

export async function createAlias(
  { AliasName, KeyId }: CreateAliasInput,
  { keys }: Services,
): Promise<Answer> {
  const alias = await keys.createAlias(AliasName, KeyId);
  return done(alias.name);
}

export function listAliases(
  input: { readonly PageNumber: number; readonly PageSize: number },
  { keys, account }: Services,
): Answer {
  return pageAnswer('Aliases', 'Alias', keys.listAliases(pageRequest(input)), ({ name, keyId }) => ({
    KeyId: keyId,
    AliasName: name,
    AliasArn: arn(account, name),
  }));
}
