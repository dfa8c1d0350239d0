// SM2 signatures over e = SM3(Z | M), in DER. Z binds the signer's identity, which is always the default of GM/T 0009
// here, and his public key. Verification takes only strict DER and r, s from 1 to n - 1.
// Sources: GB/T 32918.2 sections 5.5, 6 and 7; GM/T 0009 section 7 (DER), 10 (default identity).

import { createHash } from 'node:crypto';
import { BASE, CURVE, ORDER, randomScalar, Scalars, toBytes, toNumber } from './curve.js';
import { INTEGER, readSequence, readUnsigned, SEQUENCE, writeElement, writeUnsigned } from './der.js';
import { publicPoint } from './public-points.js';

const DEFAULT_IDENTITY = '1234567812345678';
const CURVE_BYTES = Buffer.concat([CURVE.a, CURVE.b, CURVE.Gx, CURVE.Gy].map(toBytes));

/**
 * e = SM3(Z | M), 32 bytes.
 * @param {{ point: Uint8Array, message: Uint8Array, identity?: string }} input
 * @returns {Buffer}
 */
export function digestMessage({ point, message, identity = DEFAULT_IDENTITY }) {
  const id = Buffer.from(identity, 'utf8');
  const bits = Buffer.alloc(2);
  bits.writeUInt16BE(id.length * 8);
  const z = sm3(bits, id, CURVE_BYTES, point.subarray(1));
  return sm3(z, message);
}

/**
 * @param {{ scalar: Uint8Array, digest: Uint8Array }} input a private scalar, and the 32 bytes of e
 * @param {() => bigint} [nextScalar] from 1 to n - 1, never the same twice
 * @returns {Buffer} DER
 */
export function signDigest({ scalar, digest }, nextScalar = randomScalar) {
  const e = toNumber(digest);
  const d = toNumber(scalar);
  for (;;) {
    const k = nextScalar();
    const r = Scalars.create(e + BASE.multiply(k).x);
    if (r === 0n || r + k === ORDER) continue;
    const s = Scalars.mul(invertSecret(1n + d), Scalars.create(k - r * d));
    if (s === 0n) continue;
    return writeElement(SEQUENCE, Buffer.concat([r, s].map((number) => writeUnsigned(toBytes(number)))));
  }
}

/**
 * @param {{ point: Uint8Array, digest: Uint8Array, signature: Uint8Array }} input a public point, the 32 bytes of e
 * @returns {boolean} false for malformed signatures and points too
 */
export function verifyDigest({ point, digest, signature }) {
  const numbers = readSequence(signature, [INTEGER, INTEGER])?.map(readUnsigned);
  const publicKey = publicPoint(point);
  if (!numbers?.[0] || !numbers[1] || publicKey === null) return false;
  const r = toNumber(numbers[0]);
  const s = toNumber(numbers[1]);
  if (r === 0n || r >= ORDER || s === 0n || s >= ORDER) return false;
  const t = Scalars.create(r + s);
  if (t === 0n) return false;
  const sum = BASE.multiplyUnsafe(s).add(publicKey.multiplyUnsafe(t));
  return !sum.is0() && Scalars.create(toNumber(digest) + sum.x) === r;
}

/**
 * Inversion takes a time that depends on its input: a random factor makes that input independent of the secret.
 * @param {bigint} secret
 */
function invertSecret(secret) {
  const blind = randomScalar();
  return Scalars.mul(Scalars.inv(Scalars.mul(secret, blind)), blind);
}

/**
 * @param {...Uint8Array} parts
 */
function sm3(...parts) {
  const hash = createHash('sm3');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
