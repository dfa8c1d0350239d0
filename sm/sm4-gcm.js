// SM4-GCM with 12-byte IVs and the 16-byte tag appended to the ciphertext. Native where the runtime has it; otherwise
// native SM4 in counter mode, and GHASH of our own. Sources: RFC 8998 section 3.2, NIST SP 800-38D section 7.

import { createCipheriv, createDecipheriv, getCiphers, timingSafeEqual } from 'node:crypto';
import { Undecryptable } from './errors.js';
import { ghash, ghashKey } from './ghash.js';

/** @import { CipherGCMTypes, KeyObject } from 'node:crypto' */
/** @typedef {{ key: KeyObject, iv: Uint8Array, aad: Uint8Array }} GcmParameters */

// The type is the AES one's: the declarations know no other GCM.
const NATIVE = /** @type {CipherGCMTypes} */ (/** @type {string} */ ('sm4-gcm'));
const OPTIONS = { authTagLength: 16 };
const BLOCK_BYTES = 16;
const TAG_BYTES = 16;
// With a 12-byte IV the first counter block is the IV and a counter of 1, and the tag's mask is its encryption.
const FIRST_COUNTER = Buffer.from([0, 0, 0, 1]);

const hasNative = getCiphers().includes(NATIVE);

/** @type {WeakMap<KeyObject, Int32Array>} */
const hashKeys = new WeakMap();

/**
 * @param {GcmParameters & { plaintext: Uint8Array }} input
 * @returns {Buffer} ciphertext and tag
 */
export function sealGcm(input) {
  return hasNative ? sealNative(input) : sealPortable(input);
}

/**
 * @param {GcmParameters & { sealed: Uint8Array }} input ciphertext and tag
 * @returns {Buffer}
 * @throws {Undecryptable}
 */
export function openGcm(input) {
  if (input.sealed.length < TAG_BYTES) throw new Undecryptable();
  return hasNative ? openNative(input) : openPortable(input);
}

/**
 * @param {GcmParameters & { plaintext: Uint8Array }} input
 */
function sealNative({ key, iv, aad, plaintext }) {
  const cipher = createCipheriv(NATIVE, key, iv, OPTIONS);
  cipher.setAAD(aad);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/**
 * @param {GcmParameters & { sealed: Uint8Array }} input
 */
function openNative({ key, iv, aad, sealed }) {
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv(NATIVE, key, iv, OPTIONS);
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(end));
  const plaintext = decipher.update(sealed.subarray(0, end));
  try {
    decipher.final();
  } catch {
    plaintext.fill(0);
    throw new Undecryptable();
  }
  return plaintext;
}

/**
 * For runtimes without SM4-GCM. Exported for tests.
 * @param {GcmParameters & { plaintext: Uint8Array }} input
 */
export function sealPortable({ key, iv, aad, plaintext }) {
  const counter = counterMode(key, iv);
  const ciphertext = counter.cipher.update(plaintext);
  return Buffer.concat([ciphertext, tagOf(key, counter.mask, aad, ciphertext)]);
}

/**
 * For runtimes without SM4-GCM. Exported for tests.
 * @param {GcmParameters & { sealed: Uint8Array }} input
 */
export function openPortable({ key, iv, aad, sealed }) {
  const end = sealed.length - TAG_BYTES;
  const ciphertext = sealed.subarray(0, end);
  const { cipher, mask } = counterMode(key, iv);
  if (!timingSafeEqual(tagOf(key, mask, aad, ciphertext), sealed.subarray(end))) throw new Undecryptable();
  return cipher.update(ciphertext);
}

/**
 * A stream cipher that stands at the second counter block, and the encryption of the first one.
 * @param {KeyObject} key
 * @param {Uint8Array} iv 12 bytes
 */
function counterMode(key, iv) {
  const cipher = createCipheriv('sm4-ctr', key, Buffer.concat([iv, FIRST_COUNTER]));
  return { cipher, mask: cipher.update(Buffer.alloc(BLOCK_BYTES)) };
}

/**
 * @param {KeyObject} key
 * @param {Uint8Array} mask
 * @param {Uint8Array} aad
 * @param {Uint8Array} ciphertext
 */
function tagOf(key, mask, aad, ciphertext) {
  const tag = ghash(hashKeyOf(key), aad, ciphertext);
  for (let index = 0; index < TAG_BYTES; index += 1) tag[index] = (tag[index] ?? 0) ^ (mask[index] ?? 0);
  return tag;
}

/**
 * @param {KeyObject} key
 */
function hashKeyOf(key) {
  const known = hashKeys.get(key);
  if (known !== undefined) return known;
  const block = createCipheriv('sm4-ecb', key, null).update(Buffer.alloc(BLOCK_BYTES));
  const made = ghashKey(block);
  block.fill(0);
  hashKeys.set(key, made);
  return made;
}
