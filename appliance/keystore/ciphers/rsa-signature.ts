// RSASSA-PSS (SHA-256, MGF1-SHA-256, 32-byte salt) and RSASSA-PKCS1-v1_5 with SHA-256. What is
// signed is hashed and encoded here and put through the bare RSA operation in a worker thread, which, unlike those of
// node:crypto's pool, gives way to the event loop. RAW messages are verified by node:crypto, digests by the bare operation.
// Sources: RFC 8017 sections 8.1 and 8.2, data-plane specification 4.5.

import { constants, hash, type KeyObject, publicDecrypt, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { RandomBytes } from '../../core/ids.ts';
import type { AsymmetricLane } from '../asymmetric-lane.ts';
import type { SignatureCipher } from './cipher.ts';
import { encodePkcs1, encodePss, matchesPkcs1, matchesPss, PSS_SALT_BYTES } from './emsa.ts';

const HASH = 'sha256';
const verifyAsync = promisify(verify);

interface Scheme {
  /** Options of node:crypto for RAW messages. */
  readonly options: { readonly padding: number; readonly saltLength?: number };
  readonly encode: (digest: Uint8Array, modulusBytes: number) => Buffer;
  readonly matches: (digest: Uint8Array, encoded: Uint8Array) => boolean;
}

export function rsaPss(lane: AsymmetricLane, randomBytes: RandomBytes): SignatureCipher {
  return rsaSignature(lane, {
    options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: PSS_SALT_BYTES },
    encode: (digest, modulusBytes) => encodePss(digest, randomBytes(PSS_SALT_BYTES), modulusBytes),
    matches: matchesPss,
  });
}

export function rsaPkcs1(lane: AsymmetricLane): SignatureCipher {
  return rsaSignature(lane, {
    options: { padding: constants.RSA_PKCS1_PADDING },
    encode: encodePkcs1,
    matches: matchesPkcs1,
  });
}

function rsaSignature(lane: AsymmetricLane, scheme: Scheme): SignatureCipher {
  return {
    async sign(privateKey, input) {
      const digest = input.type === 'RAW' ? hash(HASH, input.message, 'buffer') : input.digest;
      const encoded = new Uint8Array(scheme.encode(digest, modulusBytesOf(privateKey)));
      return Buffer.from(await lane.run('rsaPrivate', { privateKey, encoded }));
    },
    async verify(publicKey, input, signature) {
      // A shorter signature is no signature (RFC 8017 8.1.2 step 1), but the bare operation would take it.
      if (signature.length !== modulusBytesOf(publicKey)) return false;
      if (input.type === 'RAW') {
        return verifyAsync(HASH, input.message, { key: publicKey, ...scheme.options }, signature);
      }
      const encoded = recover(publicKey, signature);
      return encoded !== null && scheme.matches(input.digest, encoded);
    },
  };
}

/** The encoded message below a signature; null when the signature is not smaller than the modulus. */
function recover(publicKey: KeyObject, signature: Uint8Array): Buffer | null {
  try {
    return publicDecrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, signature);
  } catch {
    return null;
  }
}

function modulusBytesOf(key: KeyObject): number {
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits === undefined || bits % 8 !== 0) throw new Error('not an RSA key of whole bytes');
  return bits / 8;
}
