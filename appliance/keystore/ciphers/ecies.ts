// ECIES_DH_SHA_1_XOR_HMAC: R (uncompressed, 65) | EM | D (20), where EM is the plaintext xor EK, D the HMAC-SHA-1 of EM
// under MK, and EK | MK comes from the agreement with R through the X9.63 KDF. The MAC is checked before decryption.
// Sources: SEC 1 v2.0 section 5.1, data-plane specification 4.4 and section 8 row 7.

import { createHmac, generateKeyPair, type KeyObject, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { AsymmetricLane } from '../asymmetric-lane.ts';
import { type EncryptionCipher, undecryptable } from './cipher.ts';

const POINT_BYTES = 65;
const MAC_BYTES = 20;
const NO_IV = Buffer.alloc(0);

const generateKeyPairAsync = promisify(generateKeyPair);

export function ecies(lane: AsymmetricLane): EncryptionCipher {
  return {
    offLoop: true,
    async encrypt(publicKey, { plaintext }) {
      const ephemeral = await generateKeyPairAsync('ec', { namedCurve: curveOf(publicKey) });
      const bytes = plaintext.length + MAC_BYTES;
      const point = pointOf(publicKey);
      const keys = await lane.run('agree', { privateKey: ephemeral.privateKey, point, bytes });
      if (keys === null) throw new Error('the key has no point on its curve');
      const masked = xor(plaintext, keys);
      const mac = macOf(masked, keys);
      keys.fill(0);
      return { ciphertext: Buffer.concat([pointOf(ephemeral.publicKey), masked, mac]), iv: NO_IV };
    },
    decrypt(privateKey, { ciphertext }) {
      return openEcies(ciphertext, (point, bytes) => lane.run('agree', { privateKey, point, bytes }));
    },
  };
}

/** So many bytes from the agreement with a point; null when it is no point of the key's curve. */
export type EciesAgreement = (point: Uint8Array, bytes: number) => Promise<Uint8Array | null>;

/** Decryption, wherever the private key is. @throws KmsError InvalidParameter for what does not decrypt */
export async function openEcies(ciphertext: Uint8Array, agree: EciesAgreement): Promise<Buffer> {
  const end = ciphertext.length - MAC_BYTES;
  if (end < POINT_BYTES) throw undecryptable();
  const masked = ciphertext.subarray(POINT_BYTES, end);
  // A copy of its own: posting a view would send all of the buffer below it.
  const keys = await agree(new Uint8Array(ciphertext.subarray(0, POINT_BYTES)), masked.length + MAC_BYTES);
  if (keys === null) throw undecryptable();
  const authentic = timingSafeEqual(macOf(masked, keys), ciphertext.subarray(end));
  const plaintext = authentic ? xor(masked, keys) : null;
  keys.fill(0);
  if (plaintext === null) throw undecryptable();
  return plaintext;
}

function macOf(masked: Uint8Array, keys: Uint8Array): Buffer {
  return createHmac('sha1', keys.subarray(masked.length)).update(masked).digest();
}

function xor(text: Uint8Array, mask: Uint8Array): Buffer {
  const result = Buffer.alloc(text.length);
  for (let index = 0; index < text.length; index += 1)
    result[index] = (text[index] ?? 0) ^ (mask[index] ?? 0);
  return result;
}

function curveOf(publicKey: KeyObject): string {
  const curve = publicKey.asymmetricKeyDetails?.namedCurve;
  if (curve === undefined) throw new Error('not a key on a named curve');
  return curve;
}

function pointOf(publicKey: KeyObject): Uint8Array {
  return new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-POINT_BYTES));
}
