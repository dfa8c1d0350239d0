// Entry of a worker thread: asymmetric operations that node:crypto offers only synchronously, or not at all.
// Takes { operation, args } by the list and answers { result } or { error } for each in a list. Plain JavaScript, importing
// packages and plain JavaScript only, because worker threads do not inherit TypeScript loaders.
// Sources: SEC 1 v2.0 3.6.1 and 6.2, ANSI X9.63 (key derivation), FIPS 186-5 6.4, RFC 6979 (deterministic nonces).

import { constants, createHash, createPublicKey, diffieHellman, privateEncrypt } from 'node:crypto';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { SM_OPERATIONS } from './sm-operations.js';
import { UNWRAPPING_OPERATIONS } from './unwrapping.js';

/** @import { KeyObject } from 'node:crypto' */

const YIELDING = 10;
const POINT_BYTES = 65;
const UNCOMPRESSED = 4;
const SCALAR_BYTES = 32;
// ECPrivateKey of RFC 5915: SEQUENCE, INTEGER 1, OCTET STRING of 32 bytes.
const SCALAR_OFFSET = 7;
const ECDSA_OPTIONS = /** @type {const} */ ({ prehash: false, lowS: false, format: 'der' });

// The SubjectPublicKeyInfo of a curve's key, up to its point (RFC 5480).
const CURVES = new Map([
  [
    'prime256v1',
    { ecdsa: p256, spki: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex') },
  ],
  [
    'secp256k1',
    { ecdsa: secp256k1, spki: Buffer.from('3056301006072a8648ce3d020106052b8104000a034200', 'hex') },
  ],
]);

/** The operations, by name. Byte results are fresh arrays: they are transferred, not copied. */
export const OPERATIONS = {
  ...SM_OPERATIONS,
  ...UNWRAPPING_OPERATIONS,

  /**
   * The RSA private-key operation on an encoded message as long as the modulus.
   * @param {{ privateKey: KeyObject, encoded: Uint8Array }} args
   * @returns {Uint8Array}
   */
  rsaPrivate({ privateKey, encoded }) {
    return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encoded);
  },

  /**
   * So many bytes derived from a Diffie-Hellman agreement; null when the point is not an uncompressed point of the
   * key's curve.
   * @param {{ privateKey: KeyObject, point: Uint8Array, bytes: number }} args
   * @returns {Uint8Array | null}
   */
  agree({ privateKey, point, bytes }) {
    const publicKey = publicKeyOf(point, curveOf(privateKey).spki);
    if (publicKey === null) return null;
    const secret = diffieHellman({ privateKey, publicKey });
    try {
      return deriveX963Sha1(secret, new Uint8Array(), bytes);
    } finally {
      secret.fill(0);
    }
  },

  /**
   * So many bytes derived from a Diffie-Hellman secret that was agreed on elsewhere.
   * @param {{ secret: Uint8Array, bytes: number }} args
   * @returns {Uint8Array}
   */
  derive({ secret, bytes }) {
    try {
      return deriveX963Sha1(secret, new Uint8Array(), bytes);
    } finally {
      secret.fill(0);
    }
  },

  /**
   * @param {{ privateKey: KeyObject, digest: Uint8Array }} args
   * @returns {Uint8Array} DER
   */
  ecdsaSignDigest({ privateKey, digest }) {
    const der = privateKey.export({ type: 'sec1', format: 'der' });
    try {
      const scalar = der.subarray(SCALAR_OFFSET, SCALAR_OFFSET + SCALAR_BYTES);
      return curveOf(privateKey).ecdsa.sign(digest, scalar, ECDSA_OPTIONS);
    } finally {
      der.fill(0);
    }
  },

  /**
   * @param {{ publicKey: KeyObject, digest: Uint8Array, signature: Uint8Array }} args
   * @returns {boolean} false for malformed signatures too
   */
  ecdsaVerifyDigest({ publicKey, digest, signature }) {
    const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-POINT_BYTES);
    try {
      return curveOf(publicKey).ecdsa.verify(signature, digest, point, ECDSA_OPTIONS);
    } catch {
      return false;
    }
  },
};

/**
 * The key derivation function of ANSI X9.63 with SHA-1 (KDF2 of IEEE 1363).
 * @param {Uint8Array} secret
 * @param {Uint8Array} sharedInfo
 * @param {number} bytes
 * @returns {Uint8Array}
 */
export function deriveX963Sha1(secret, sharedInfo, bytes) {
  const derived = new Uint8Array(bytes);
  const counter = Buffer.alloc(4);
  for (let offset = 0, index = 1; offset < bytes; index += 1) {
    counter.writeUInt32BE(index);
    const block = createHash('sha1').update(secret).update(counter).update(sharedInfo).digest();
    derived.set(block.subarray(0, bytes - offset), offset);
    offset += block.length;
  }
  return derived;
}

/**
 * @param {KeyObject} key
 */
function curveOf(key) {
  const curve = CURVES.get(key.asymmetricKeyDetails?.namedCurve ?? '');
  if (curve === undefined) throw new Error('not a key on a supported curve');
  return curve;
}

/**
 * @param {Uint8Array} point
 * @param {Uint8Array} spki
 */
function publicKeyOf(point, spki) {
  if (point.length !== POINT_BYTES || point[0] !== UNCOMPRESSED) return null;
  try {
    // The decoder refuses points off the curve; with cofactor 1 nothing else needs a check.
    return createPublicKey({ key: Buffer.concat([spki, point]), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

// Gives way to the event loop, which answers everybody: a priority is a thread's own on Linux, and nowhere else.
if (parentPort !== null && process.platform === 'linux') setPriority(0, YIELDING);

/**
 * @param {{ operation: keyof typeof OPERATIONS, args: never }} request
 * @param {ArrayBuffer[]} transferred
 */
function answer({ operation, args }, transferred) {
  try {
    const result = OPERATIONS[operation](args);
    if (!(result instanceof Uint8Array)) return { result };
    const bytes = new Uint8Array(result);
    result.fill(0);
    transferred.push(bytes.buffer);
    return { result: bytes };
  } catch (error) {
    return { error };
  }
}

parentPort?.on('message', (/** @type {Parameters<typeof answer>[0][]} */ requests) => {
  /** @type {ArrayBuffer[]} */
  const transferred = [];
  const answers = requests.map((request) => answer(request, transferred));
  parentPort?.postMessage(answers, transferred);
});
