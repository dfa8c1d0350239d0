// ECDSA with SHA-256 on P-256 and secp256k1, signatures in DER. RAW messages go through node:crypto in its thread pool;
// a DIGEST is signed and verified in a worker thread. Only strict DER verifies; S is not normalised.
// Sources: FIPS 186-5 section 6.4, data-plane specification 4.5 and section 8 row 6.

import { sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { AsymmetricLane } from '../asymmetric-lane.ts';
import type { SignatureCipher } from './cipher.ts';

const HASH = 'sha256';
const DER = { dsaEncoding: 'der' } as const;
const signAsync = promisify(sign);
const verifyAsync = promisify(verify);

export function ecdsa(lane: AsymmetricLane): SignatureCipher {
  return {
    async sign(privateKey, input) {
      if (input.type === 'RAW') return signAsync(HASH, input.message, { key: privateKey, ...DER });
      const digest = new Uint8Array(input.digest);
      return Buffer.from(await lane.run('ecdsaSignDigest', { privateKey, digest }));
    },
    async verify(publicKey, input, signature) {
      if (input.type === 'RAW')
        return verifyAsync(HASH, input.message, { key: publicKey, ...DER }, signature);
      const digest = new Uint8Array(input.digest);
      return lane.run('ecdsaVerifyDigest', { publicKey, digest, signature: new Uint8Array(signature) });
    },
  };
}
