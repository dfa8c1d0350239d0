// The KeyMetadata object that several actions answer with. Source: control-plane specification 3.1.

import { arn, isoSeconds } from '../../core/ids.ts';
import type { Key } from '../../core/key.ts';
import { keySpec } from '../../core/key-specs.ts';
import type { Json, Services } from '../action.ts';

export function keyMetadata(key: Key, { account, instance }: Services): { readonly [name: string]: Json } {
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
    ...(symmetric && {
      PrimaryKeyVersion: key.primaryVersionId,
      LastRotationDate: isoSeconds(key.rotatedAt),
    }),
    AutomaticRotation: 'Disabled',
    MaterialExpireTime: '',
    DKMSInstanceId: instance.id,
  };
}
