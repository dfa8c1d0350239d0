// The worker operations that take imported material out of its wrapping. What does not unwrap becomes random bytes and
// goes the same way to the end, so that a caller learns no more than that something was wrong (implicit rejection).
// Source: control-plane specification 3.4.2 and 3.4.3.

import { constants, privateDecrypt, randomBytes } from 'node:crypto';
import { decodePkcs8, decrypt, Undecryptable } from '../../sm/index.js';
import {
  checkedEcKey,
  checkedRsaKey,
  checkedSm2Key,
  openAesEnvelope,
  openPkcs1,
  openSm4Envelope,
} from '../../wrapping/index.js';

/** @import { KeyObject } from 'node:crypto' */
/** @typedef {{ message: Buffer, genuine: 0 | 1 }} Opened */
/** @typedef {(privateKey: KeyObject, encrypted: Uint8Array, bytes: number) => Opened} Opener */

const RSA_BLOCK_BYTES = 256;
const SM2_SCALAR_BYTES = 32;

/** @type {Record<'RSAES_PKCS1_V1_5' | 'RSAES_OAEP_SHA_256' | 'SM2PKE', Opener>} */
const OPENERS = {
  RSAES_PKCS1_V1_5(privateKey, encrypted, bytes) {
    const encoded = rsaDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encrypted);
    const opened = openPkcs1(encoded ?? Buffer.alloc(RSA_BLOCK_BYTES), bytes);
    encoded?.fill(0);
    return opened;
  },
  RSAES_OAEP_SHA_256(privateKey, encrypted, bytes) {
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
    return ofLength(rsaDecrypt({ key: privateKey, ...padding }, encrypted), bytes);
  },
  SM2PKE(privateKey, encrypted, bytes) {
    return ofLength(sm2Decrypt(privateKey, encrypted), bytes);
  },
};

export const UNWRAPPING_OPERATIONS = {
  /**
   * @param {{ privateKey: KeyObject, algorithm: keyof typeof OPENERS, encrypted: Uint8Array, bytes: number }} args
   * @returns {Uint8Array} so many bytes of material, and one more that is 1; 0 behind random bytes
   */
  unwrapSymmetric({ privateKey, algorithm, encrypted, bytes }) {
    const { message, genuine } = OPENERS[algorithm](privateKey, encrypted, bytes);
    const marked = Buffer.concat([message, Buffer.of(genuine)]);
    message.fill(0);
    return marked;
  },

  /**
   * @param {{ privateKey: KeyObject, encrypted: Uint8Array, kind: { type: 'rsa', modulusBits: number } | { type: 'ec', curve: 'prime256v1' | 'secp256k1' } }} args
   * @returns {Uint8Array | null} PKCS#8
   */
  unwrapPair({ privateKey, encrypted, kind }) {
    const wrappedKey = encrypted.subarray(0, RSA_BLOCK_BYTES);
    const { message: key, genuine } = OPENERS.RSAES_OAEP_SHA_256(privateKey, wrappedKey, 32);
    const pkcs8 = openAesEnvelope(key, encrypted.subarray(RSA_BLOCK_BYTES));
    key.fill(0);
    if (pkcs8 === null) return null;
    const checked =
      kind.type === 'rsa' ? checkedRsaKey(pkcs8, kind.modulusBits) : checkedEcKey(pkcs8, kind.curve);
    pkcs8.fill(0);
    return genuine === 1 ? checked : null;
  },

  /**
   * @param {{ privateKey: KeyObject, encrypted: Uint8Array }} args
   * @returns {Uint8Array | null} PKCS#8
   */
  unwrapSm2({ privateKey, encrypted }) {
    const split = Math.max(0, encrypted.length - SM2_SCALAR_BYTES);
    const { message: key, genuine } = OPENERS.SM2PKE(privateKey, encrypted.subarray(0, split), 16);
    const scalar = openSm4Envelope(key, encrypted.subarray(split));
    key.fill(0);
    if (scalar === null) return null;
    const checked = checkedSm2Key(scalar);
    scalar.fill(0);
    return genuine === 1 ? checked : null;
  },
};

/**
 * Null for what does not decrypt, blocks of another length included.
 * @param {import('node:crypto').RsaPrivateKey} key
 * @param {Uint8Array} encrypted
 */
function rsaDecrypt(key, encrypted) {
  if (encrypted.length !== RSA_BLOCK_BYTES) return null;
  try {
    return privateDecrypt(key, encrypted);
  } catch {
    return null;
  }
}

/**
 * @param {KeyObject} privateKey
 * @param {Uint8Array} ciphertext
 */
function sm2Decrypt(privateKey, ciphertext) {
  const pkcs8 = privateKey.export();
  try {
    const key = decodePkcs8(pkcs8);
    if (key === null) throw new Error('not an SM2 private key');
    return decrypt({ scalar: key.scalar, ciphertext });
  } catch (error) {
    if (error instanceof Undecryptable) return null;
    throw error;
  } finally {
    pkcs8.fill(0);
  }
}

/**
 * @param {Buffer | null} message
 * @param {number} bytes
 * @returns {Opened}
 */
function ofLength(message, bytes) {
  const drawn = randomBytes(bytes);
  if (message?.length === bytes) return { message, genuine: 1 };
  message?.fill(0);
  return { message: drawn, genuine: 0 };
}
