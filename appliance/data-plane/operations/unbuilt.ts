// APIs of the wire contract that this version does not offer: authenticated like any other, then refused.

import { KmsError } from '../../errors.ts';
import type { KeylessOperation } from '../operation.ts';

function unsupported(): never {
  throw new KmsError('UnsupportedOperation');
}

export const hmac: KeylessOperation<'Hmac'> = { api: 'Hmac', target: null, execute: unsupported };

export const getSecretValue: KeylessOperation<'GetSecretValue'> = {
  api: 'GetSecretValue',
  target: null,
  execute: unsupported,
};
