// What the four data-key-pair APIs share: parameter checks and the making of the pair (data-plane specification 4.10).

import { requireSymmetric } from '../../core/crypto-service.ts';
import type { Key } from '../../core/key.ts';
import { findKeySpec, isPairKind } from '../../core/key-specs.ts';
import { KmsError } from '../../errors.ts';
import { type OperationContext, required } from '../operation.ts';

interface KeyPairFields {
  readonly KeyPairSpec: string;
  readonly KeyFormat: string;
}

export interface DataKeyPair {
  readonly publicKey: Buffer;
  readonly privateKey: Buffer;
}

/** @throws KmsError Forbidden.OnlySymmetricKeySupported, InvalidParameter, Rejected.Throttling */
export function makeDataKeyPair(
  context: OperationContext,
  key: Key,
  fields: KeyPairFields,
): Promise<DataKeyPair> {
  requireSymmetric(key);
  const format = required(fields.KeyFormat, 'KeyFormat');
  const spec = findKeySpec(required(fields.KeyPairSpec, 'KeyPairSpec'));
  if (!spec || !isPairKind(spec.material)) throw new KmsError('InvalidParameter');
  if (format !== 'PEM' && format !== 'DER') throw new KmsError('InvalidParameter');
  return context.generateKeyPair(spec.name, format);
}
