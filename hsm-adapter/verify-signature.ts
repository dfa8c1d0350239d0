// Checks what a distrusted member has signed against the public key before anybody gets it. Runs in the appliance, on
// public values alone. Sources: RFC 8017 8.1.2 and 8.2.2, FIPS 186-5 6.4.2, GB/T 32918.2.

import { constants, createPublicKey, type KeyObject, publicDecrypt } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { decodeSpki, verifyDigest } from '../sm/index.js';
import type { HsmSignature } from './hsm.ts';
import { padPkcs1Signature, padPss, saltOfPss } from './rsa-encoding.ts';

const POINT_BYTES = 65;
const ECDSA = { prehash: false, lowS: false, format: 'der' } as const;
const CURVES = new Map([
  ['prime256v1', p256],
  ['secp256k1', secp256k1],
]);

interface Signed {
  readonly digest: Uint8Array;
  readonly signature: Buffer;
}

/** `publicKey` is SubjectPublicKeyInfo. */
type Verifier = (publicKey: Buffer, signed: Signed) => boolean;

const VERIFIERS: Readonly<Record<HsmSignature, Verifier>> = {
  RSA_PKCS1_SHA_256: (publicKey, { digest, signature }) => {
    return recover(publicKey, signature).equals(padPkcs1Signature(digest, signature.length));
  },
  RSA_PSS_SHA_256: (publicKey, { digest, signature }) => {
    const encoded = recover(publicKey, signature);
    return encoded.equals(padPss(digest, saltOfPss(encoded), encoded.length));
  },
  ECDSA_SHA_256: (publicKey, { digest, signature }) => {
    const key = keyOf(publicKey);
    const point = key.export({ type: 'spki', format: 'der' }).subarray(-POINT_BYTES);
    const curve = CURVES.get(key.asymmetricKeyDetails?.namedCurve ?? '');
    return curve?.verify(signature, digest, point, ECDSA) ?? false;
  },
  SM2DSA: (publicKey, { digest, signature }) => {
    const point = decodeSpki(publicKey);
    return point !== null && verifyDigest({ point, digest, signature });
  },
};

/** `publicKey` is SubjectPublicKeyInfo. False for whatever does not verify. */
export function verifySignature(publicKey: Buffer, name: HsmSignature, signed: Signed): boolean {
  try {
    return VERIFIERS[name](publicKey, signed);
  } catch {
    return false;
  }
}

function keyOf(publicKey: Buffer): KeyObject {
  return createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
}

function recover(publicKey: Buffer, signature: Buffer): Buffer {
  return publicDecrypt({ key: keyOf(publicKey), padding: constants.RSA_NO_PADDING }, signature);
}
