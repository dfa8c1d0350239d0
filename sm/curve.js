// The SM2 curve: its parameters, points and scalars. Coordinates and scalars are 32 bytes, big-endian; a point is
// 04 | x | y. Secret scalars go from bytes to numbers without becoming text. Source: GB/T 32918.5 (the parameters).

import { randomBytes } from 'node:crypto';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';

/** @import { WeierstrassOpts, WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js' */
/** @typedef {WeierstrassPoint<bigint>} Point */

export const SCALAR_BYTES = 32;
export const POINT_BYTES = 65;
const UNCOMPRESSED = 4;

/** @type {WeierstrassOpts<bigint>} */
export const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};

const Points = weierstrass(CURVE);
export const ORDER = CURVE.n;
export const BASE = Points.BASE;
export const Scalars = Points.Fn;

/**
 * @param {Uint8Array} bytes 32 of them
 * @returns {bigint}
 */
export function toNumber(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, SCALAR_BYTES);
  return [0, 8, 16, 24].reduce((number, at) => (number << 64n) | view.getBigUint64(at), 0n);
}

/**
 * @param {bigint} number below 2^256
 * @returns {Buffer} 32 bytes
 */
export function toBytes(number) {
  const bytes = Buffer.alloc(SCALAR_BYTES);
  for (const at of [0, 8, 16, 24])
    bytes.writeBigUInt64BE(BigInt.asUintN(64, number >> BigInt(192 - 8 * at)), at);
  return bytes;
}

/**
 * A uniform scalar from 1 to n - 1, by rejection.
 * @param {(bytes: number) => Uint8Array} [draw]
 * @returns {bigint}
 */
export function randomScalar(draw = randomBytes) {
  for (;;) {
    const bytes = draw(SCALAR_BYTES);
    const scalar = toNumber(bytes);
    bytes.fill(0);
    if (scalar > 0n && scalar < ORDER) return scalar;
  }
}

/**
 * @param {Uint8Array} bytes
 * @returns {Point | null} null unless they are an uncompressed point of the curve
 */
export function decodePoint(bytes) {
  if (bytes.length !== POINT_BYTES || bytes[0] !== UNCOMPRESSED) return null;
  const x = toNumber(bytes.subarray(1, 1 + SCALAR_BYTES));
  const y = toNumber(bytes.subarray(1 + SCALAR_BYTES));
  if (x >= CURVE.p || y >= CURVE.p) return null;
  // Cofactor 1: on the curve is in the group.
  if ((y * y - (x * x * x + CURVE.a * x + CURVE.b)) % CURVE.p !== 0n) return null;
  return Points.fromAffine({ x, y });
}

/**
 * @param {Point} point
 * @returns {Buffer}
 */
export function encodePoint(point) {
  const { x, y } = point.toAffine();
  return Buffer.concat([Buffer.of(UNCOMPRESSED), toBytes(x), toBytes(y)]);
}
