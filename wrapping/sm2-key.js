// SM2 private keys from outside: the bare scalar, from 1 to n - 2, which the signatures need. Source: GB/T 32918.1 6.1.

import { encodePkcs8, keyPairOf } from '../sm/index.js';

/**
 * The key as PKCS#8 with its public key; null when the scalar is out of range or not 32 bytes.
 * @param {Buffer} scalar
 * @returns {Buffer | null}
 */
export function checkedSm2Key(scalar) {
  const pair = keyPairOf(scalar);
  return pair && encodePkcs8(pair);
}
