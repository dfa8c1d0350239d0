// Actions on keys, and the KeyMetadata object they answer with.
// Source: control-plane specification 2.1 and 3.1.

import { arn, isoSeconds } from '../../core/ids.ts';
import type { Key } from '../../core/key.ts';
import { keySpec } from '../../core/key-specs.ts';
import type { PageRequest } from '../../core/page.ts';
import { KmsError } from '../../errors.ts';
import type { Answer, Json, Services } from '../action.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';
import { requireOwnInstance } from './instances.ts';

interface CreateKeyInput {
  readonly DKMSInstanceId?: string | undefined;
  readonly KeyStoreId?: string | undefined;
  readonly KeySpec?: string | undefined;
  readonly KeyUsage?: string | undefined;
  readonly Origin?: string | undefined;
  readonly Description?: string | undefined;
  readonly ProtectionLevel?: string | undefined;
  readonly EnableAutomaticRotation?: boolean | undefined;
  readonly Tags?: string | undefined;
  readonly Policy?: string | undefined;
}

export async function createKey(input: CreateKeyInput, services: Services): Promise<Answer> {
  requireOwnInstance(services, input.DKMSInstanceId, input.KeyStoreId);
  requireBuilt(input);
  const key = await services.keys.createKey({
    spec: input.KeySpec,
    usage: input.KeyUsage,
    origin: input.Origin,
    description: input.Description,
    protectionLevel: input.ProtectionLevel,
  });
  return { body: { KeyMetadata: keyMetadata(key, services) }, resource: key.id };
}

export function describeKey({ KeyId }: { readonly KeyId: string }, services: Services): Answer {
  const key = services.keys.resolveKeyRef(KeyId);
  const protection = { DeletionProtection: 'Disabled', DeletionProtectionDescription: '' };
  return { body: { KeyMetadata: { ...keyMetadata(key, services), ...protection } }, resource: key.id };
}

interface ListKeysInput {
  readonly PageNumber: number;
  readonly PageSize: number;
  readonly Filters?: readonly { readonly Key: string; readonly Values: readonly string[] }[] | undefined;
}

export function listKeys(input: ListKeysInput, { keys, account }: Services): Answer {
  const page: PageRequest = pageRequest(input);
  const filters = input.Filters?.map(({ Key: key, Values: values }) => ({ key, values }));
  return pageAnswer('Keys', 'Key', keys.listKeys(page, filters), ({ id }) => ({
    KeyId: id,
    KeyArn: arn(account, `key/${id}`),
  }));
}

export async function enableKey({ KeyId }: { readonly KeyId: string }, { keys }: Services): Promise<Answer> {
  return done((await keys.enableKey(KeyId)).id);
}

export async function disableKey({ KeyId }: { readonly KeyId: string }, { keys }: Services): Promise<Answer> {
  return done((await keys.disableKey(KeyId)).id);
}

/** What a caller asked for and would not get must be refused: a key without its policy is open to more callers. */
function requireBuilt({ EnableAutomaticRotation, Tags, Policy }: CreateKeyInput): void {
  const unbuilt = [
    ['EnableAutomaticRotation', EnableAutomaticRotation === true],
    ['Tags', Tags !== undefined && !/^\s*\[\s*\]\s*$/.test(Tags)],
    ['Policy', Policy !== undefined],
  ] as const;
  const asked = unbuilt.find(([, present]) => present);
  if (asked) throw new KmsError('UnsupportedOperation', `The parameter ${asked[0]} is not supported.`);
}

function keyMetadata(key: Key, { account, instance }: Services): { readonly [name: string]: Json } {
  const createdAt = isoSeconds(key.createdAt);
  const symmetric = keySpec(key.spec).material.type === 'symmetric';
  return {
    KeyId: key.id,
    Arn: arn(account, `key/${key.id}`),
    KeyState: key.state,
    KeySpec: key.spec,
    KeyUsage: key.usage,
    Origin: key.origin,
    ProtectionLevel: key.protectionLevel,
    Description: key.description,
    Creator: account.accountId,
    CreationDate: createdAt,
    ...(symmetric && { PrimaryKeyVersion: key.primaryVersionId, LastRotationDate: createdAt }),
    AutomaticRotation: 'Disabled',
    MaterialExpireTime: '',
    DKMSInstanceId: instance.id,
  };
}
