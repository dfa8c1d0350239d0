// GHASH in constant structure: no table, index or branch depends on a secret, only on lengths. Polynomials over GF(2) are
// multiplied with integer multiplications on words with holes, after Pornin's ctmul32 for processors without 64-bit
// products: every fourth bit is kept, so carries fall into the holes and are masked away; the upper half of a product is
// the lower half of the product of the reversed words. Sources: NIST SP 800-38D section 6.4; bearssl.org/constanttime.html.

const BLOCK_BYTES = 16;
const BIT_0 = 0x11111111;
const BIT_1 = 0x22222222;
const BIT_2 = 0x44444444;
const BIT_3 = 0x88888888 | 0;
// Words of a Karatsuba multiplication of 128 bits in two levels.
const PRODUCTS = 9;

/**
 * What multiplying by the hash key needs: for each product the four masked words, plain and reversed.
 * @param {Uint8Array} hashKey 16 bytes
 * @returns {Int32Array}
 */
export function ghashKey(hashKey) {
  const plain = karatsubaWords(readBlock(hashKey, 0));
  const factors = new Int32Array(PRODUCTS * 8);
  for (const [index, word] of plain.entries()) {
    for (const [offset, value] of [word, reverseBits(word)].entries()) {
      factors.set([value & BIT_0, value & BIT_1, value & BIT_2, value & BIT_3], index * 8 + offset * 4);
    }
  }
  return factors;
}

/**
 * GHASH of additional data and ciphertext, each padded to whole blocks, and of the block of their lengths.
 * @param {Int32Array} key of ghashKey
 * @param {Uint8Array} aad
 * @param {Uint8Array} ciphertext
 * @returns {Buffer} 16 bytes
 */
export function ghash(key, aad, ciphertext) {
  const lengths = Buffer.alloc(BLOCK_BYTES);
  lengths.writeBigUInt64BE(BigInt(aad.length) * 8n, 0);
  lengths.writeBigUInt64BE(BigInt(ciphertext.length) * 8n, 8);
  const state = new Int32Array(4);
  for (const part of [aad, ciphertext, lengths]) absorb(state, key, part);
  const result = Buffer.alloc(BLOCK_BYTES);
  for (const [index, word] of state.entries()) result.writeInt32BE(word, 12 - 4 * index);
  return result;
}

/**
 * @param {Int32Array} state four words, the least significant first
 * @param {Int32Array} key
 * @param {Uint8Array} bytes
 */
function absorb(state, key, bytes) {
  const whole = bytes.length - (bytes.length % BLOCK_BYTES);
  for (let at = 0; at < whole; at += BLOCK_BYTES) absorbBlock(state, key, bytes, at);
  if (whole === bytes.length) return;
  const last = Buffer.alloc(BLOCK_BYTES);
  last.set(bytes.subarray(whole));
  absorbBlock(state, key, last, 0);
}

/**
 * @param {Int32Array} state
 * @param {Int32Array} key
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function absorbBlock(state, key, bytes, at) {
  const y0 = word(state, 0) ^ bigEndian(bytes, at + 12);
  const y1 = word(state, 1) ^ bigEndian(bytes, at + 8);
  const y2 = word(state, 2) ^ bigEndian(bytes, at + 4);
  const y3 = word(state, 3) ^ bigEndian(bytes, at);
  const r0 = reverseBits(y0);
  const r1 = reverseBits(y1);
  const r2 = reverseBits(y2);
  const r3 = reverseBits(y3);

  // Lower halves of the products, then upper ones; the middle terms of both levels by Karatsuba.
  const a0 = product(y0, key, 0);
  const a1 = product(y1, key, 8);
  const b0 = product(y2, key, 16);
  const b1 = product(y3, key, 24);
  const m0 = product(y0 ^ y2, key, 48);
  const m1 = product(y1 ^ y3, key, 56);
  const aMiddle = product(y0 ^ y1, key, 32) ^ a0 ^ a1;
  const bMiddle = product(y2 ^ y3, key, 40) ^ b0 ^ b1;
  const mMiddle = product(y0 ^ y1 ^ y2 ^ y3, key, 64) ^ m0 ^ m1;
  const a0Upper = upper(r0, key, 4);
  const a1Upper = upper(r1, key, 12);
  const b0Upper = upper(r2, key, 20);
  const b1Upper = upper(r3, key, 28);
  const m0Upper = upper(r0 ^ r2, key, 52);
  const m1Upper = upper(r1 ^ r3, key, 60);
  const aMiddleUpper = upper(r0 ^ r1, key, 36) ^ a0Upper ^ a1Upper;
  const bMiddleUpper = upper(r2 ^ r3, key, 44) ^ b0Upper ^ b1Upper;
  const mMiddleUpper = upper(r0 ^ r1 ^ r2 ^ r3, key, 68) ^ m0Upper ^ m1Upper;

  const low1 = a0Upper ^ aMiddle;
  const low2 = a1 ^ aMiddleUpper;
  const high1 = b0Upper ^ bMiddle;
  const high2 = b1 ^ bMiddleUpper;
  reduce(state, [
    a0,
    low1,
    low2 ^ m0 ^ a0 ^ b0,
    a1Upper ^ m0Upper ^ mMiddle ^ low1 ^ high1,
    b0 ^ m1 ^ mMiddleUpper ^ low2 ^ high2,
    high1 ^ m1Upper ^ a1Upper ^ b1Upper,
    high2,
    b1Upper,
  ]);
}

/**
 * Brings a product of 255 bits back to 128, modulo x^128 + x^7 + x^2 + x + 1 in GCM's reflected order of bits.
 * @param {Int32Array} state
 * @param {[number, number, number, number, number, number, number, number]} words
 */
function reduce(state, [z0, z1, z2, z3, z4, z5, z6, z7]) {
  // Reflected operands give a reflected product one place short.
  const w0 = z0 << 1;
  const w1 = (z1 << 1) | (z0 >>> 31);
  const w2 = (z2 << 1) | (z1 >>> 31);
  const w3 = ((z3 << 1) | (z2 >>> 31)) ^ carried(w0);
  const w4 = ((z4 << 1) | (z3 >>> 31)) ^ folded(w0) ^ carried(w1);
  const w5 = ((z5 << 1) | (z4 >>> 31)) ^ folded(w1) ^ carried(w2);
  const w6 = ((z6 << 1) | (z5 >>> 31)) ^ folded(w2) ^ carried(w3);
  state[0] = w4;
  state[1] = w5;
  state[2] = w6;
  state[3] = ((z7 << 1) | (z6 >>> 31)) ^ folded(w3);
}

/**
 * @param {number} value
 */
function folded(value) {
  return value ^ (value >>> 1) ^ (value >>> 2) ^ (value >>> 7);
}

/**
 * @param {number} value
 */
function carried(value) {
  return (value << 31) ^ (value << 30) ^ (value << 25);
}

/**
 * The lower 32 bits of the product of x and the key's word at an offset, over GF(2).
 * @param {number} x
 * @param {Int32Array} key
 * @param {number} at
 */
function product(x, key, at) {
  const x0 = x & BIT_0;
  const x1 = x & BIT_1;
  const x2 = x & BIT_2;
  const x3 = x & BIT_3;
  const y0 = word(key, at);
  const y1 = word(key, at + 1);
  const y2 = word(key, at + 2);
  const y3 = word(key, at + 3);
  const z0 = Math.imul(x0, y0) ^ Math.imul(x1, y3) ^ Math.imul(x2, y2) ^ Math.imul(x3, y1);
  const z1 = Math.imul(x0, y1) ^ Math.imul(x1, y0) ^ Math.imul(x2, y3) ^ Math.imul(x3, y2);
  const z2 = Math.imul(x0, y2) ^ Math.imul(x1, y1) ^ Math.imul(x2, y0) ^ Math.imul(x3, y3);
  const z3 = Math.imul(x0, y3) ^ Math.imul(x1, y2) ^ Math.imul(x2, y1) ^ Math.imul(x3, y0);
  return (z0 & BIT_0) | (z1 & BIT_1) | (z2 & BIT_2) | (z3 & BIT_3);
}

/**
 * The upper 31 bits of a product, from the reversed words.
 * @param {number} reversed
 * @param {Int32Array} key
 * @param {number} at
 */
function upper(reversed, key, at) {
  return reverseBits(product(reversed, key, at)) >>> 1;
}

/**
 * @param {number} value
 */
function reverseBits(value) {
  let bits = ((value & 0x55555555) << 1) | ((value >>> 1) & 0x55555555);
  bits = ((bits & 0x33333333) << 2) | ((bits >>> 2) & 0x33333333);
  bits = ((bits & 0x0f0f0f0f) << 4) | ((bits >>> 4) & 0x0f0f0f0f);
  bits = ((bits & 0x00ff00ff) << 8) | ((bits >>> 8) & 0x00ff00ff);
  return (bits << 16) | (bits >>> 16);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @returns {[number, number, number, number]} the least significant word first
 */
function readBlock(bytes, at) {
  return [
    bigEndian(bytes, at + 12),
    bigEndian(bytes, at + 8),
    bigEndian(bytes, at + 4),
    bigEndian(bytes, at),
  ];
}

/**
 * @param {[number, number, number, number]} words
 */
function karatsubaWords([w0, w1, w2, w3]) {
  return [w0, w1, w2, w3, w0 ^ w1, w2 ^ w3, w0 ^ w2, w1 ^ w3, w0 ^ w1 ^ w2 ^ w3];
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function bigEndian(bytes, at) {
  return (
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)
  );
}

/**
 * @param {Int32Array} words
 * @param {number} at
 */
function word(words, at) {
  return words[at] ?? 0;
}
