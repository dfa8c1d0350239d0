// SM2DSA, signatures in strict DER over SM3(Z | M) for the identity 1234567812345678, and SM2PKE, C1 | C3 | C2, which is
// also read as DER. Everything runs in a worker thread. The algorithms are in sm/; keys are held as sm2-key.ts says.
// Sources: GB/T 32918, data-plane specification 4.4, 4.5 and section 8 rows 6 and 8.

import { createSecretKey } from 'node:crypto';
import { decodeSpki } from '../../../sm/index.js';
import type { SignInput } from '../../core/ports/key-store.ts';
import type { Sm2Encrypt } from '../../core/ports/sm2-encrypt.ts';
import { KmsError } from '../../errors.ts';
import type { AsymmetricLane } from '../asymmetric-lane.ts';
import { type EncryptionCipher, type SignatureCipher, undecryptable } from './cipher.ts';

const NO_IV = Buffer.alloc(0);

export function sm2Dsa(lane: AsymmetricLane): SignatureCipher {
  return {
    async sign(privateKey, input) {
      const args = { privateKey, input: copied(input) };
      return Buffer.from(await lane.run('sm2Sign', args, bytesOf(input)));
    },
    verify(publicKey, input, signature) {
      const args = { publicKey, input: copied(input), signature: new Uint8Array(signature) };
      return lane.run('sm2Verify', args, bytesOf(input));
    },
  };
}

export function sm2Pke(lane: AsymmetricLane): EncryptionCipher {
  return {
    offLoop: true,
    async encrypt(publicKey, { plaintext }) {
      // SM2 encrypts no empty message: its key stream would be empty, too.
      if (plaintext.length === 0) throw new KmsError('InvalidParameter');
      const ciphertext = await lane.run('sm2Encrypt', { publicKey, plaintext: new Uint8Array(plaintext) });
      return { ciphertext: Buffer.from(ciphertext), iv: NO_IV };
    },
    async decrypt(privateKey, { ciphertext }) {
      const plaintext = await lane.run('sm2Decrypt', { privateKey, ciphertext: new Uint8Array(ciphertext) });
      if (plaintext === null) throw undecryptable();
      return Buffer.from(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength);
    },
  };
}

/** Encrypts to public keys from outside. */
export function sm2Encryption(lane: AsymmetricLane): Sm2Encrypt {
  return async (spki, plaintext) => {
    if (decodeSpki(spki) === null) return null;
    const args = { publicKey: createSecretKey(spki), plaintext: new Uint8Array(plaintext) };
    return Buffer.from(await lane.run('sm2Encrypt', args));
  };
}

function bytesOf(input: SignInput): number {
  return input.type === 'RAW' ? input.message.length : input.digest.length;
}

/** A copy of its own: posting a view would send all of the buffer below it. */
function copied(input: SignInput): SignInput {
  return input.type === 'RAW'
    ? { type: 'RAW', message: new Uint8Array(input.message) }
    : { type: 'DIGEST', digest: new Uint8Array(input.digest) };
}
