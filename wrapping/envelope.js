// The inner wrapping of key pairs: a block cipher in ECB under an ephemeral key. ECB says nothing about what it carries:
// whoever opens it checks the key inside. Sources: FIPS 197, GB/T 32907, RFC 5652 section 6.3 (padding).

import { createDecipheriv } from 'node:crypto';

const BLOCK_BYTES = 16;

/**
 * AES-256-ECB with PKCS#7 padding.
 * @param {Uint8Array} key 32 bytes
 * @param {Uint8Array} ciphertext
 * @returns {Buffer | null} the caller's to wipe
 */
export function openAesEnvelope(key, ciphertext) {
  const padded = openEcb('aes-256-ecb', key, ciphertext);
  if (padded === null) return null;
  const last = padded.at(-1) ?? 0;
  let bad = Number(last === 0) | Number(last > BLOCK_BYTES);
  for (let back = 1; back <= BLOCK_BYTES; back += 1)
    bad |= Number(back <= last) & Number(padded.at(-back) !== last);
  if (bad === 0) return padded.subarray(0, padded.length - last);
  padded.fill(0);
  return null;
}

/**
 * SM4-ECB without padding.
 * @param {Uint8Array} key 16 bytes
 * @param {Uint8Array} ciphertext
 * @returns {Buffer | null} the caller's to wipe
 */
export function openSm4Envelope(key, ciphertext) {
  return openEcb('sm4-ecb', key, ciphertext);
}

/**
 * @param {string} cipher
 * @param {Uint8Array} key
 * @param {Uint8Array} ciphertext
 */
function openEcb(cipher, key, ciphertext) {
  if (ciphertext.length === 0 || ciphertext.length % BLOCK_BYTES !== 0) return null;
  const decipher = createDecipheriv(cipher, key, null).setAutoPadding(false);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
