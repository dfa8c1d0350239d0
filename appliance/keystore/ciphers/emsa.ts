// Encoded messages of RSA signatures over a SHA-256 digest that is given, which node:crypto cannot sign or verify.
// Modulus lengths are whole bytes here, so an encoded message is as long as the modulus.
// Source: RFC 8017 sections 9.1 (EMSA-PSS), 9.2 (EMSA-PKCS1-v1_5) and B.2.1 (MGF1).

import { hash as hashOf, timingSafeEqual } from 'node:crypto';

const HASH_BYTES = 32;
export const PSS_SALT_BYTES = 32;
const PSS_TRAILER = 0xbc;
const ZEROS = Buffer.alloc(8);
// The modulus has one bit more than the message representative may have.
const PSS_TOP_BIT = 0x80;
// DigestInfo of SHA-256 up to the digest (RFC 8017 9.2, note 1).
const SHA_256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** EMSA-PKCS1-v1_5: 00 01 FF … FF 00 DigestInfo digest. */
export function encodePkcs1(digest: Uint8Array, modulusBytes: number): Buffer {
  const encoded = Buffer.alloc(modulusBytes, 0xff);
  const info = modulusBytes - HASH_BYTES - SHA_256_DIGEST_INFO.length;
  encoded[0] = 0;
  encoded[1] = 1;
  encoded[info - 1] = 0;
  encoded.set(SHA_256_DIGEST_INFO, info);
  encoded.set(digest, modulusBytes - HASH_BYTES);
  return encoded;
}

export function matchesPkcs1(digest: Uint8Array, encoded: Uint8Array): boolean {
  return timingSafeEqual(encodePkcs1(digest, encoded.length), encoded);
}

/** EMSA-PSS-ENCODE with SHA-256, MGF1-SHA-256 and this 32-byte salt. */
export function encodePss(digest: Uint8Array, salt: Uint8Array, modulusBytes: number): Buffer {
  const hash = pssHash(digest, salt);
  const block = Buffer.alloc(modulusBytes - HASH_BYTES - 1);
  block[block.length - PSS_SALT_BYTES - 1] = 1;
  block.set(salt, block.length - PSS_SALT_BYTES);
  mask(block, hash);
  return Buffer.concat([block, hash, Buffer.of(PSS_TRAILER)]);
}

/** EMSA-PSS-VERIFY for salts of exactly 32 bytes. */
export function matchesPss(digest: Uint8Array, encoded: Uint8Array): boolean {
  const blockBytes = encoded.length - HASH_BYTES - 1;
  const block = Buffer.from(encoded.subarray(0, blockBytes));
  const hash = encoded.subarray(blockBytes, blockBytes + HASH_BYTES);
  if (encoded.at(-1) !== PSS_TRAILER || ((block[0] ?? PSS_TOP_BIT) & PSS_TOP_BIT) !== 0) return false;
  mask(block, hash);
  const saltAt = blockBytes - PSS_SALT_BYTES;
  if (block[saltAt - 1] !== 1 || block.subarray(0, saltAt - 1).some((byte) => byte !== 0)) return false;
  return timingSafeEqual(pssHash(digest, block.subarray(saltAt)), hash);
}

function pssHash(digest: Uint8Array, salt: Uint8Array): Buffer {
  return hashOf('sha256', Buffer.concat([ZEROS, digest, salt]), 'buffer');
}

/** Masks (or unmasks) a data block in place with MGF1-SHA-256 of the hash and clears its top bit. */
function mask(block: Buffer, hash: Uint8Array): void {
  const seed = Buffer.concat([hash, Buffer.alloc(4)]);
  for (let offset = 0; offset < block.length; offset += HASH_BYTES) {
    seed.writeUInt32BE(offset / HASH_BYTES, HASH_BYTES);
    const stream = hashOf('sha256', seed, 'buffer');
    const end = Math.min(HASH_BYTES, block.length - offset);
    for (let index = 0; index < end; index += 1) {
      block[offset + index] = (block[offset + index] ?? 0) ^ (stream[index] ?? 0);
    }
  }
  block[0] = (block[0] ?? 0) & ~PSS_TOP_BIT;
}
