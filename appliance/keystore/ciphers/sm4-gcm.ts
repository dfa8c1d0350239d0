// SM4_GCM with 12-byte IVs and the 16-byte tag appended to the ciphertext. Short texts at once, cheaper than a hand-over;
// long ones in a worker thread, for without a native SM4-GCM they would hold the event loop for tens of milliseconds.
// Sources: RFC 8998, data-plane specification 4.4.

import { openGcm, sealGcm, Undecryptable } from '../../../sm/index.js';
import type { RandomBytes } from '../../core/ids.ts';
import type { AsymmetricLane } from '../asymmetric-lane.ts';
import { type EncryptionCipher, undecryptable } from './cipher.ts';
import { ivPool } from './iv-pool.ts';

const MAX_BYTES_ON_LOOP = 16_384;
const NO_AAD = new Uint8Array(0);

export function sm4Gcm(lane: AsymmetricLane, randomBytes: RandomBytes): EncryptionCipher {
  const nextIv = ivPool(randomBytes);
  return {
    offLoop: false,
    encrypt(key, { plaintext, iv: given, aad = NO_AAD }) {
      const iv = given === undefined ? nextIv() : Buffer.from(given);
      if (plaintext.length <= MAX_BYTES_ON_LOOP)
        return { ciphertext: sealGcm({ key, iv, aad, plaintext }), iv };
      const args = { key, plaintext: new Uint8Array(plaintext), ...copied(iv, aad) };
      return lane
        .run('sm4GcmSeal', args, plaintext.length)
        .then((sealed) => ({ ciphertext: Buffer.from(sealed), iv }));
    },
    decrypt(key, { ciphertext: sealed, iv, aad = NO_AAD }) {
      if (sealed.length <= MAX_BYTES_ON_LOOP) return open({ key, sealed, iv, aad });
      const args = { key, sealed: new Uint8Array(sealed), ...copied(iv, aad) };
      return lane.run('sm4GcmOpen', args, sealed.length).then((plaintext) => {
        if (plaintext === null) throw undecryptable();
        return Buffer.from(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength);
      });
    },
  };
}

function open(input: Parameters<typeof openGcm>[0]): Buffer {
  try {
    return openGcm(input);
  } catch (error) {
    throw error instanceof Undecryptable ? undecryptable() : error;
  }
}

function copied(iv: Uint8Array, aad: Uint8Array) {
  return { iv: new Uint8Array(iv), aad: new Uint8Array(aad) };
}
