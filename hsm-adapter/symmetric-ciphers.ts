// The table of symmetric ciphers, and what goes for them wherever they run: lengths and PKCS#7 padding.

import type { SymmetricCipher } from './hsm.ts';
import { HsmError } from './hsm-error.ts';

export const BLOCK_BYTES = 16;
export const TAG_BYTES = 16;

export interface CipherRow {
  readonly kind: 'aes' | 'sm4';
  readonly mode: 'gcm' | 'cbc' | 'ecb';
  readonly padded: boolean;
  readonly ivBytes: number;
  readonly tagBytes: number;
}

export interface CipherParameters {
  readonly iv: Buffer;
  readonly aad: Buffer;
}

const MODES = {
  gcm: { ivBytes: 12, tagBytes: TAG_BYTES },
  cbc: { ivBytes: 16, tagBytes: 0 },
  ecb: { ivBytes: 0, tagBytes: 0 },
} as const;

function row(kind: CipherRow['kind'], mode: CipherRow['mode'], padding: 'padded' | 'bare'): CipherRow {
  return { kind, mode, padded: padding === 'padded', ...MODES[mode] };
}

export const SYMMETRIC: Readonly<Record<SymmetricCipher, CipherRow>> = {
  AES_GCM: row('aes', 'gcm', 'bare'),
  AES_CBC: row('aes', 'cbc', 'bare'),
  AES_CBC_PKCS7: row('aes', 'cbc', 'padded'),
  AES_ECB: row('aes', 'ecb', 'bare'),
  AES_ECB_PKCS7: row('aes', 'ecb', 'padded'),
  SM4_GCM: row('sm4', 'gcm', 'bare'),
  SM4_CBC: row('sm4', 'cbc', 'bare'),
  SM4_CBC_PKCS7: row('sm4', 'cbc', 'padded'),
  SM4_ECB: row('sm4', 'ecb', 'bare'),
  SM4_ECB_PKCS7: row('sm4', 'ecb', 'padded'),
};

export function isSymmetricCipher(name: string): name is SymmetricCipher {
  return Object.hasOwn(SYMMETRIC, name);
}

/** @throws HsmError INVALID_INPUT. */
export function checkParameters(row: CipherRow, { iv, aad }: CipherParameters): void {
  if (iv.length !== row.ivBytes) throw new HsmError('INVALID_INPUT', 'The IV has the wrong length.');
  if (aad.length > 0 && row.mode !== 'gcm')
    throw new HsmError('INVALID_INPUT', 'The cipher takes no additional data.');
}

/** Whether the cipher takes a plaintext of that length. */
export function takesPlaintext(row: CipherRow, data: Buffer): boolean {
  return row.mode === 'gcm' || row.padded || isBlocks(data);
}

/** Whether the cipher can have made a ciphertext of that length. */
export function takesCiphertext(row: CipherRow, data: Buffer): boolean {
  return row.mode === 'gcm' ? data.length >= row.tagBytes : isBlocks(data);
}

function isBlocks(data: Buffer): boolean {
  return data.length > 0 && data.length % BLOCK_BYTES === 0;
}

/** PKCS#7. */
export function pad(data: Buffer): Buffer {
  const count = BLOCK_BYTES - (data.length % BLOCK_BYTES);
  return Buffer.concat([data, Buffer.alloc(count, count)]);
}

/** Looks at all of the last block whatever it holds. @throws HsmError INVALID_CIPHERTEXT. */
export function unpad(data: Buffer): Buffer {
  const count = data.at(-1) ?? 0;
  let bad = Number(count < 1) | Number(count > BLOCK_BYTES);
  for (let back = 1; back <= BLOCK_BYTES; back += 1) {
    bad |= Number(back <= count) & Number(data.at(-back) !== count);
  }
  if (bad !== 0) throw invalidCiphertext();
  return data.subarray(0, data.length - count);
}

export function invalidCiphertext(): HsmError {
  return new HsmError('INVALID_CIPHERTEXT', 'The ciphertext does not decrypt.');
}
