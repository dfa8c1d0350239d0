// SM2 keys as bytes: PKCS#8 with an ECPrivateKey that carries its public point, and SubjectPublicKeyInfo, both naming
// id-ecPublicKey and the curve 1.2.156.10197.1.301. Only exactly these forms are read: they are our own at rest.
// Sources: RFC 5958, RFC 5915, RFC 5480.

import { decodePoint, ORDER, POINT_BYTES, SCALAR_BYTES, toNumber } from './curve.js';

// SEQUENCE { SEQUENCE { id-ecPublicKey, curve }, BIT STRING …
const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');
// SEQUENCE { 0, SEQUENCE { id-ecPublicKey, curve }, OCTET STRING { SEQUENCE { 1, OCTET STRING …
const PKCS8_HEAD = Buffer.from(
  '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420',
  'hex',
);
// … [1] BIT STRING …
const PKCS8_MIDDLE = Buffer.from('a144034200', 'hex');

/**
 * @param {Uint8Array} point
 * @returns {Buffer}
 */
export function encodeSpki(point) {
  return Buffer.concat([SPKI_HEAD, point]);
}

/**
 * The point, which lies on the curve; null for everything else.
 * @param {Uint8Array} spki
 * @returns {Buffer | null}
 */
export function decodeSpki(spki) {
  const at = SPKI_HEAD.length;
  if (spki.length !== at + POINT_BYTES || !SPKI_HEAD.equals(spki.subarray(0, at))) return null;
  const point = Buffer.from(spki.subarray(at));
  return decodePoint(point) === null ? null : point;
}

/**
 * @param {{ scalar: Uint8Array, point: Uint8Array }} key
 * @returns {Buffer}
 */
export function encodePkcs8({ scalar, point }) {
  return Buffer.concat([PKCS8_HEAD, scalar, PKCS8_MIDDLE, point]);
}

/**
 * A private key, its bytes a view of the given ones. Null when the form is another or the scalar is not from 1 to n - 2.
 * That the point is the scalar's is not computed here.
 * @param {Buffer} pkcs8
 * @returns {{ scalar: Buffer, point: Buffer } | null}
 */
export function decodePkcs8(pkcs8) {
  const middle = PKCS8_HEAD.length + SCALAR_BYTES;
  const tail = middle + PKCS8_MIDDLE.length;
  if (pkcs8.length !== tail + POINT_BYTES) return null;
  if (!PKCS8_HEAD.equals(pkcs8.subarray(0, PKCS8_HEAD.length))) return null;
  if (!PKCS8_MIDDLE.equals(pkcs8.subarray(middle, tail))) return null;
  const scalar = pkcs8.subarray(PKCS8_HEAD.length, middle);
  const number = toNumber(scalar);
  return number > 0n && number < ORDER - 1n ? { scalar, point: pkcs8.subarray(tail) } : null;
}
