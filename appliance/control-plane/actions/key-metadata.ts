// The KeyMetadata object that several actions answer with. Source: control-plane specification 3.1.

import { arn, isoSeconds } from '../../core/ids.ts';
import { awaitsFirstImport } from '../../core/imported-keys.ts';
import type { Key } from '../../core/key.ts';
import { keySpec } from '../../core/key-specs.ts';
import { automaticRotation, nextRotation } from '../../core/rotation.ts';
import type { Json, Services } from '../action.ts';

type Fields = { readonly [name: string]: Json };

export function keyMetadata(key: Key, { account, instance }: Services): Fields {
  const symmetric = keySpec(key.spec).material.type === 'symmetric';
  return {
    KeyId: key.id,
    Arn: arn(account, `key/${key.id}`),
    KeyState: key.state,
    KeySpec: key.spec,
    KeyUsage: key.usage,
    ...(key.additionalUsage !== undefined && { AdditionalKeyUsage: key.additionalUsage }),
    Origin: key.origin,
    ProtectionLevel: key.protectionLevel,
    Description: key.description,
    Creator: account.accountId,
    CreationDate: isoSeconds(key.createdAt),
    ...(key.deleteAt !== null && { DeleteDate: isoSeconds(key.deleteAt) }),
    ...(symmetric && {
      ...(!awaitsFirstImport(key) && { PrimaryKeyVersion: key.primaryVersionId }),
      LastRotationDate: isoSeconds(key.rotatedAt),
    }),
    ...rotationFields(key),
    MaterialExpireTime: key.materialExpiresAt === null ? '' : isoSeconds(key.materialExpiresAt),
    DKMSInstanceId: instance.id,
  };
}

function rotationFields(key: Key): Fields {
  const next = nextRotation(key);
  return {
    AutomaticRotation: automaticRotation(key),
    ...(key.rotationInterval !== null && { RotationInterval: `${key.rotationInterval / 1000}s` }),
    ...(next !== null && { NextRotationDate: isoSeconds(next) }),
  };
}

/** What DescribeKey tells beside the metadata. */
export function protectionFields({ deletionProtection }: Key): Fields {
  return {
    DeletionProtection: deletionProtection === null ? 'Disabled' : 'Enabled',
    DeletionProtectionDescription: deletionProtection ?? '',
  };
}
