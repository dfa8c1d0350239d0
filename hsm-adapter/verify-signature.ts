// Checks what a distrusted member has signed against the public key before anybody gets it. Runs in the appliance, on
// public values alone. Sources: RFC 8017 8.1.2 and 8.2.2, FIPS 186-5 6.4.2.

import { constants, createPublicKey, type KeyObject, publicDecrypt } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
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

type Verifier = (key: KeyObject, signed: Signed) => boolean;

const VERIFIERS: Readonly<Record<HsmSignature, Verifier>> = {
  RSA_PKCS1_SHA_256: (key, { digest, signature }) => {
    return recover(key, signature).equals(padPkcs1Signature(digest, signature.length));
  },
  RSA_PSS_SHA_256: (key, { digest, signature }) => {
    const encoded = recover(key, signature);
    return encoded.equals(padPss(digest, saltOfPss(encoded), encoded.length));
  },
  ECDSA_SHA_256: (key, { digest, signature }) => {
    const point = key.export({ type: 'spki', format: 'der' }).subarray(-POINT_BYTES);
    const curve = CURVES.get(key.asymmetricKeyDetails?.namedCurve ?? '');
    return curve?.verify(signature, digest, point, ECDSA) ?? false;
  },
};

/** `publicKey` is SubjectPublicKeyInfo. False for whatever does not verify. */
export function verifySignature(publicKey: Buffer, name: HsmSignature, signed: Signed): boolean {
  try {
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    return VERIFIERS[name](key, signed);
  } catch {
    return false;
  }
}

function recover(key: KeyObject, signature: Buffer): Buffer {
  return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
}
