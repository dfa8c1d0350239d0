// The SM operations of the worker threads, over key objects: SM2's hold the key's encoding (sm2-key.ts), SM4's the key.

import {
  decodePkcs8,
  decrypt,
  digestMessage,
  encodePkcs8,
  encrypt,
  generateKeyPair,
  openGcm,
  sealGcm,
  signDigest,
  Undecryptable,
  verifyDigest,
} from '../../sm/index.js';

/** @import { KeyObject } from 'node:crypto' */
/** @typedef {{ type: 'RAW', message: Uint8Array } | { type: 'DIGEST', digest: Uint8Array }} SignInput */
/** @typedef {{ key: KeyObject, iv: Uint8Array, aad: Uint8Array }} GcmParameters */

const POINT_BYTES = 65;

export const SM_OPERATIONS = {
  /**
   * @returns {Uint8Array} PKCS#8
   */
  sm2Generate() {
    const pair = generateKeyPair();
    const pkcs8 = encodePkcs8(pair);
    pair.scalar.fill(0);
    return pkcs8;
  },

  /**
   * @param {{ privateKey: KeyObject, input: SignInput }} args
   * @returns {Uint8Array} DER
   */
  sm2Sign({ privateKey, input }) {
    return withPrivateKey(privateKey, ({ scalar, point }) =>
      signDigest({ scalar, digest: digestOf(input, point) }),
    );
  },

  /**
   * @param {{ publicKey: KeyObject, input: SignInput, signature: Uint8Array }} args
   * @returns {boolean} false for malformed signatures too
   */
  sm2Verify({ publicKey, input, signature }) {
    const point = pointOf(publicKey);
    return verifyDigest({ point, digest: digestOf(input, point), signature });
  },

  /**
   * @param {{ publicKey: KeyObject, message: Uint8Array }} args
   * @returns {Uint8Array} e, which a private key elsewhere signs
   */
  sm2Digest({ publicKey, message }) {
    return digestMessage({ point: pointOf(publicKey), message });
  },

  /**
   * @param {{ publicKey: KeyObject, plaintext: Uint8Array }} args
   * @returns {Uint8Array}
   */
  sm2Encrypt({ publicKey, plaintext }) {
    return encrypt({ point: pointOf(publicKey), plaintext });
  },

  /**
   * @param {{ privateKey: KeyObject, ciphertext: Uint8Array }} args
   * @returns {Uint8Array | null} null for what does not decrypt
   */
  sm2Decrypt({ privateKey, ciphertext }) {
    return withPrivateKey(privateKey, ({ scalar }) => orNull(() => decrypt({ scalar, ciphertext })));
  },

  /**
   * @param {GcmParameters & { plaintext: Uint8Array }} args
   * @returns {Uint8Array}
   */
  sm4GcmSeal: sealGcm,

  /**
   * @param {GcmParameters & { sealed: Uint8Array }} args
   * @returns {Uint8Array | null} null for what does not decrypt
   */
  sm4GcmOpen: (args) => orNull(() => openGcm(args)),
};

/**
 * @template T
 * @param {KeyObject} privateKey
 * @param {(key: { scalar: Buffer, point: Buffer }) => T} work
 * @returns {T}
 */
function withPrivateKey(privateKey, work) {
  const pkcs8 = privateKey.export();
  try {
    const key = decodePkcs8(pkcs8);
    if (key === null) throw new Error('not an SM2 private key');
    return work(key);
  } finally {
    pkcs8.fill(0);
  }
}

/**
 * @param {KeyObject} publicKey
 */
function pointOf(publicKey) {
  return publicKey.export().subarray(-POINT_BYTES);
}

/**
 * @param {SignInput} input
 * @param {Uint8Array} point
 */
function digestOf(input, point) {
  return input.type === 'DIGEST' ? input.digest : digestMessage({ point, message: input.message });
}

/**
 * @template T
 * @param {() => T} work
 * @returns {T | null}
 */
function orNull(work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof Undecryptable) return null;
    throw error;
  }
}
