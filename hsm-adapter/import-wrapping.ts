// The ways in which outside material comes wrapped under an RSA key of the token, opened beside it. Every failure looks
// the same: a padding that could be told from a wrong length would be an oracle. Source: control-plane spec 3.4.2.

import { createDecipheriv } from 'node:crypto';
import type { HsmWrapping } from './hsm.ts';
import { HsmError } from './hsm-error.ts';
import { invalidMaterial } from './key-material.ts';
import type { KeyKind, SmKeyKind } from './key-specs.ts';
import { unpadPkcs1 } from './rsa-encoding.ts';

const EPHEMERAL_KEY_BYTES = 32;
const CIPHER_BLOCK_BYTES = 16;

interface WrappingInput {
  readonly wrapped: Buffer;
  /** Bytes of the RSA modulus. */
  readonly blockBytes: number;
  readonly oaep: (block: Buffer) => Buffer;
  readonly raw: (block: Buffer) => Buffer;
}

type Opener = (kind: KeyKind, input: WrappingInput) => Buffer;

const OPENERS: Readonly<Record<HsmWrapping, Opener>> = {
  RSA_PKCS1_V1_5: (kind, { wrapped, blockBytes, raw }) => {
    if (!isSymmetric(kind) || wrapped.length !== blockBytes) throw invalidMaterial();
    const encoded = raw(wrapped);
    const value = unpadPkcs1(encoded, kind.bytes);
    encoded.fill(0);
    if (value === null) throw invalidMaterial();
    return value;
  },
  RSA_OAEP_SHA_256: (kind, { wrapped, oaep }) => {
    if (!isSymmetric(kind)) throw invalidMaterial();
    return oaep(wrapped);
  },
  RSA_OAEP_SHA_256_AES_256_ECB_PKCS7: (kind, { wrapped, blockBytes, oaep }) => {
    const body = wrapped.subarray(blockBytes);
    if (
      (kind.type !== 'rsa' && kind.type !== 'ec') ||
      body.length === 0 ||
      body.length % CIPHER_BLOCK_BYTES !== 0
    ) {
      throw invalidMaterial();
    }
    const ephemeral = oaep(wrapped.subarray(0, blockBytes));
    try {
      if (ephemeral.length !== EPHEMERAL_KEY_BYTES) throw invalidMaterial();
      const decipher = createDecipheriv('aes-256-ecb', ephemeral, null);
      return Buffer.concat([decipher.update(body), decipher.final()]);
    } finally {
      ephemeral.fill(0);
    }
  },
};

function isSymmetric(kind: KeyKind): kind is Extract<KeyKind, { readonly type: 'aes' }> | SmKeyKind {
  return kind.type === 'aes' || kind.type === 'sm4';
}

/** @throws HsmError INVALID_KEY_MATERIAL for whatever is wrong with what came; others pass. */
export function openWrappedMaterial(kind: KeyKind, wrapping: HsmWrapping, input: WrappingInput): Buffer {
  try {
    return OPENERS[wrapping](kind, input);
  } catch (error) {
    if (error instanceof HsmError && error.code !== 'INVALID_CIPHERTEXT') throw error;
    throw invalidMaterial();
  }
}

export function isWrapping(name: string): name is HsmWrapping {
  return Object.hasOwn(OPENERS, name);
}
