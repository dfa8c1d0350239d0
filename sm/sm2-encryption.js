// SM2 public-key encryption: C1 | C3 | C2, where C1 is the ephemeral point, C3 the SM3 of x2 | M | y2 and C2 the message
// under the key stream derived from x2 | y2. Written raw; read raw or as the DER of GM/T 0009, SEQUENCE { x, y, C3, C2 }.
// Every failure to decrypt is the same Undecryptable. Sources: GB/T 32918.4 sections 5.4, 6 and 7; GM/T 0009 section 7.

import { createHash, timingSafeEqual } from 'node:crypto';
import { BASE, decodePoint, encodePoint, POINT_BYTES, randomScalar, toNumber } from './curve.js';
import { INTEGER, OCTET_STRING, readSequence, readUnsigned } from './der.js';
import { Undecryptable } from './errors.js';
import { publicPoint } from './public-points.js';

/** @import { Point } from './curve.js' */

const HASH_BYTES = 32;
const UNCOMPRESSED = 0x04;

/**
 * @param {{ point: Uint8Array, plaintext: Uint8Array }} input a public point, one byte of plaintext or more
 * @param {() => bigint} [nextScalar] from 1 to n - 1, never the same twice
 * @returns {Buffer} 97 bytes longer than the plaintext
 */
export function encrypt({ point, plaintext }, nextScalar = randomScalar) {
  const publicKey = publicPoint(point);
  if (publicKey === null || plaintext.length === 0)
    throw new RangeError('nothing that SM2 encrypts, or no key');
  for (;;) {
    const k = nextScalar();
    const shared = sharedBytes(publicKey, k);
    const c2 = keyStream(shared, plaintext.length);
    // A stream of zeros, likely only for the shortest messages, would send them in the clear.
    if (c2.every((byte) => byte === 0)) continue;
    mask(c2, plaintext);
    const ciphertext = Buffer.concat([encodePoint(BASE.multiply(k)), check(shared, plaintext), c2]);
    shared.fill(0);
    return ciphertext;
  }
}

/**
 * @param {{ scalar: Uint8Array, ciphertext: Uint8Array }} input
 * @returns {Buffer} one byte or more
 * @throws {Undecryptable}
 */
export function decrypt({ scalar, ciphertext }) {
  const parts = ciphertext[0] === UNCOMPRESSED ? readRaw(ciphertext) : readDer(ciphertext);
  const ephemeral = parts && decodePoint(parts.c1);
  if (!parts || !ephemeral || parts.c3.length !== HASH_BYTES || parts.c2.length === 0)
    throw new Undecryptable();
  const shared = sharedBytes(ephemeral, toNumber(scalar));
  const plaintext = keyStream(shared, parts.c2.length);
  const empty = plaintext.every((byte) => byte === 0);
  mask(plaintext, parts.c2);
  const genuine = timingSafeEqual(check(shared, plaintext), parts.c3);
  shared.fill(0);
  if (genuine && !empty) return plaintext;
  plaintext.fill(0);
  throw new Undecryptable();
}

/**
 * @param {Uint8Array} bytes
 */
function readRaw(bytes) {
  const c3End = POINT_BYTES + HASH_BYTES;
  return {
    c1: bytes.subarray(0, POINT_BYTES),
    c3: bytes.subarray(POINT_BYTES, c3End),
    c2: bytes.subarray(c3End),
  };
}

/**
 * @param {Uint8Array} bytes
 */
function readDer(bytes) {
  const [xContent, yContent, c3, c2] =
    readSequence(bytes, [INTEGER, INTEGER, OCTET_STRING, OCTET_STRING]) ?? [];
  const x = xContent && readUnsigned(xContent);
  const y = yContent && readUnsigned(yContent);
  if (!x || !y || !c3 || !c2) return null;
  return { c1: Buffer.concat([Buffer.of(UNCOMPRESSED), x, y]), c3, c2 };
}

/**
 * x2 | y2.
 * @param {Point} point
 * @param {bigint} scalar
 */
function sharedBytes(point, scalar) {
  return encodePoint(point.multiply(scalar)).subarray(1);
}

/**
 * C3.
 * @param {Uint8Array} shared
 * @param {Uint8Array} plaintext
 */
function check(shared, plaintext) {
  const half = shared.length / 2;
  const hash = createHash('sm3').update(shared.subarray(0, half)).update(plaintext);
  return hash.update(shared.subarray(half)).digest();
}

/**
 * The key derivation function of GB/T 32918.4 5.4.3: SM3 of the shared bytes and a counter from 1.
 * @param {Uint8Array} shared
 * @param {number} bytes
 */
function keyStream(shared, bytes) {
  const stream = Buffer.alloc(bytes);
  const counter = Buffer.alloc(4);
  for (let offset = 0; offset < bytes; offset += HASH_BYTES) {
    counter.writeUInt32BE(offset / HASH_BYTES + 1);
    const block = createHash('sm3').update(shared).update(counter).digest();
    stream.set(block.subarray(0, bytes - offset), offset);
  }
  return stream;
}

/**
 * @param {Buffer} bytes changed in place
 * @param {Uint8Array} other as long
 */
function mask(bytes, other) {
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = (bytes[index] ?? 0) ^ (other[index] ?? 0);
}
