// RSA encodings beside the token, for tokens whose own are missing: what goes into and comes out of the bare operation.
// Decoding takes the same path whatever is wrong and tells nothing but failure (Manger).
// Source: RFC 8017 sections 7.1.2, 9.1.1, 9.2 and B.2.1; SHA-256 throughout.

import { createHash, timingSafeEqual } from 'node:crypto';

const HASH_BYTES = 32;
const SEPARATOR = 1;
const EMPTY_LABEL_HASH = createHash('sha256').digest();
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** DigestInfo of a SHA-256 digest: what CKM_RSA_PKCS pads and signs. */
export function digestInfo(digest: Uint8Array): Buffer {
  return Buffer.concat([DIGEST_INFO, digest]);
}

/** EMSA-PKCS1-v1_5 around a DigestInfo. */
export function padPkcs1Signature(digest: Uint8Array, modulusBytes: number): Buffer {
  const info = digestInfo(digest);
  const filler = Buffer.alloc(modulusBytes - info.length - 3, 0xff);
  return Buffer.concat([Buffer.of(0, 1), filler, Buffer.of(0), info]);
}

/** EMSA-PSS with a salt as long as the hash, for moduli of whole bytes. */
export function padPss(digest: Uint8Array, salt: Uint8Array, modulusBytes: number): Buffer {
  const hash = createHash('sha256').update(Buffer.alloc(8)).update(digest).update(salt).digest();
  const zeros = Buffer.alloc(modulusBytes - salt.length - HASH_BYTES - 2);
  const block = Buffer.concat([zeros, Buffer.of(SEPARATOR), salt]);
  xorMask(block, hash);
  // The encoded message has one bit less than the modulus.
  block.writeUInt8(block.readUInt8(0) & 0x7f, 0);
  return Buffer.concat([block, hash, Buffer.of(0xbc)]);
}

/** The salt inside an encoded EMSA-PSS message, if it is one: encode with it again and compare. */
export function saltOfPss(encoded: Buffer): Buffer {
  const end = encoded.length - HASH_BYTES - 1;
  const block = Buffer.from(encoded.subarray(0, end));
  xorMask(block, encoded.subarray(end, end + HASH_BYTES));
  return block.subarray(-HASH_BYTES);
}

/** EME-OAEP decoding with an empty label; null, in equal time, for whatever is wrong. Wipes what it decoded. */
export function unpadOaep(encoded: Buffer): Buffer | null {
  const seed = Buffer.from(encoded.subarray(1, 1 + HASH_BYTES));
  const block = Buffer.from(encoded.subarray(1 + HASH_BYTES));
  xorMask(seed, block);
  xorMask(block, seed);
  const sameLabel = timingSafeEqual(block.subarray(0, HASH_BYTES), EMPTY_LABEL_HASH);
  let bad = (encoded[0] ?? 1) | Number(!sameLabel);
  let found = 0;
  let start = 0;
  for (let index = HASH_BYTES; index < block.length; index += 1) {
    const byte = block[index] ?? 0;
    const isSeparator = isZero(byte ^ SEPARATOR);
    const first = isSeparator & ~found & 1;
    start |= index & -first;
    bad |= ~found & ~isSeparator & ~isZero(byte) & 1;
    found |= isSeparator;
  }
  const message = bad === 0 && found === 1 ? Buffer.from(block.subarray(start + 1)) : null;
  seed.fill(0);
  block.fill(0);
  return message;
}

/** 1 for 0, 0 for 1 to 255, without a branch. */
function isZero(byte: number): number {
  return ((byte - 1) >> 8) & 1;
}

/** Masks `target` in place with MGF1-SHA-256 of `seed`. */
function xorMask(target: Buffer, seed: Uint8Array): void {
  const counter = Buffer.alloc(4);
  for (let offset = 0; offset < target.length; offset += HASH_BYTES) {
    counter.writeUInt32BE(offset / HASH_BYTES);
    const mask = createHash('sha256').update(seed).update(counter).digest();
    const end = Math.min(HASH_BYTES, target.length - offset);
    for (let index = 0; index < end; index += 1) {
      target[offset + index] = (target[offset + index] ?? 0) ^ (mask[index] ?? 0);
    }
  }
}
