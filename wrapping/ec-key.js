// Elliptic-curve private keys from outside: on the named curve, with a scalar in range, and with a public key that is the
// scalar's, computed when it is missing. Sources: RFC 5480, RFC 5915.

import { createECDH } from 'node:crypto';
import { INTEGER, OCTET_STRING, SEQUENCE, writeElement } from '../sm/index.js';
import {
  BIT_STRING,
  CONTEXT_0,
  CONTEXT_1,
  contentsOf,
  OBJECT_IDENTIFIER,
  readElements,
  readPkcs8,
  readWhole,
  writePkcs8,
  writeSecret,
} from './pkcs8.js';

const EC_PUBLIC_KEY = writeElement(OBJECT_IDENTIFIER, Buffer.from('2a8648ce3d0201', 'hex'));
const CURVES = {
  prime256v1: writeElement(OBJECT_IDENTIFIER, Buffer.from('2a8648ce3d030107', 'hex')),
  secp256k1: writeElement(OBJECT_IDENTIFIER, Buffer.from('2b8104000a', 'hex')),
};
const SCALAR_BYTES = 32;
const VERSION = writeElement(INTEGER, Buffer.of(1));

/**
 * The key as PKCS#8 with its public key; null when it is none of the curve.
 * @param {Uint8Array} pkcs8
 * @param {keyof typeof CURVES} curve
 * @returns {Buffer | null}
 */
export function checkedEcKey(pkcs8, curve) {
  const algorithm = Buffer.concat([EC_PUBLIC_KEY, CURVES[curve]]);
  const privateKey = readPkcs8(pkcs8, algorithm);
  const fields =
    privateKey && contentsOf(readWhole(privateKey), [INTEGER, OCTET_STRING], [CONTEXT_0, CONTEXT_1]);
  const [version, digits, parameters, publicKey] = fields ?? [];
  if (!digits || version?.length !== 1 || version[0] !== 1) return null;
  if (parameters && Buffer.compare(parameters, CURVES[curve]) !== 0) return null;
  const scalar = padded(digits);
  const pair = scalar && pairOf(scalar, curve);
  if (!pair) return null;
  const given = publicKey && contentsOf(readElements(publicKey), [BIT_STRING])?.[0];
  if (publicKey && !(given && agrees(given, pair))) return null;
  const point = bitString(pair.getPublicKey());
  const own = writeSecret(SEQUENCE, [
    VERSION,
    writeElement(OCTET_STRING, scalar),
    writeElement(CONTEXT_1, point),
  ]);
  const written = writePkcs8(algorithm, own);
  for (const secret of [scalar, own]) secret.fill(0);
  return written;
}

/**
 * 32 bytes: some encoders leave out leading zeros.
 * @param {Uint8Array} digits
 * @returns {Buffer | null}
 */
function padded(digits) {
  if (digits.length > SCALAR_BYTES) return null;
  return Buffer.concat([Buffer.alloc(SCALAR_BYTES - digits.length), digits]);
}

/**
 * @param {Buffer} scalar
 * @param {string} curve
 */
function pairOf(scalar, curve) {
  const pair = createECDH(curve);
  try {
    // Refuses 0 and whatever is not below the order.
    pair.setPrivateKey(scalar);
    return pair;
  } catch {
    return null;
  }
}

/**
 * Whether the content of a BIT STRING is the pair's public point, compressed or not.
 * @param {Uint8Array} content
 * @param {import('node:crypto').ECDH} pair
 */
function agrees(content, pair) {
  const [unused] = content;
  const point = content.subarray(1);
  const own = [pair.getPublicKey(), pair.getPublicKey(null, 'compressed')];
  return unused === 0 && own.some((each) => each.equals(point));
}

/**
 * @param {Uint8Array} point
 */
function bitString(point) {
  return writeElement(BIT_STRING, Buffer.concat([Buffer.of(0), point]));
}
