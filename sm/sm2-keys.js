// SM2 key pairs: a scalar from 1 to n - 2 and its multiple of the base point. Source: GB/T 32918.1 section 6.1.

import { BASE, encodePoint, ORDER, randomScalar, SCALAR_BYTES, toBytes, toNumber } from './curve.js';

/**
 * The scalar is the caller's to wipe.
 * @param {() => bigint} [nextScalar] from 1 to n - 1
 * @returns {{ scalar: Buffer, point: Buffer }}
 */
export function generateKeyPair(nextScalar = randomScalar) {
  let scalar = nextScalar();
  // With n - 1 the inverse of 1 + d, which signatures need, does not exist.
  while (scalar === ORDER - 1n) scalar = nextScalar();
  return { scalar: toBytes(scalar), point: encodePoint(BASE.multiply(scalar)) };
}

/**
 * The pair of a given scalar, whose bytes it shares; null unless they are 32 and mean 1 to n - 2.
 * @param {Buffer} scalar
 * @returns {{ scalar: Buffer, point: Buffer } | null}
 */
export function keyPairOf(scalar) {
  if (scalar.length !== SCALAR_BYTES) return null;
  const number = toNumber(scalar);
  if (number === 0n || number >= ORDER - 1n) return null;
  return { scalar, point: encodePoint(BASE.multiply(number)) };
}
