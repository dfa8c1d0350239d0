// The ways in which outside material comes wrapped under a key of the HSM, opened beside the token. Every failure looks
// the same, in time as well: a padding that could be told from a wrong length would be an oracle. So what does not open
// becomes random bytes and a mark, goes the way of all material into the token, and is refused only then (implicit
// rejection). Source: control-plane specification 3.4.2, 3.4.3.

import { randomBytes } from 'node:crypto';
import { openAesEnvelope, openPkcs1, openSm4Envelope } from '../wrapping/index.js';
import type { HsmWrapping } from './hsm.ts';
import { HsmError } from './hsm-error.ts';
import type { KeyKind } from './key-specs.ts';

const AES_256_BYTES = 32;
const SM4_BYTES = 16;
const SM2_SCALAR_BYTES = 32;

/** The private operations of the wrapping key. They throw INVALID_CIPHERTEXT for what does not decrypt. */
export interface WrappingKey {
  /** Length of one block of its ciphertext; 0 where it has no such blocks. */
  readonly blockBytes: number;
  /** RSA-OAEP or SM2. */
  readonly decrypt: (ciphertext: Buffer) => Buffer;
  /** RSA without any padding. */
  readonly raw: (block: Buffer) => Buffer;
}

export interface UnwrappedMaterial {
  /** The caller's to wipe. */
  readonly material: Buffer;
  /** False: the material has to be refused, at the end of its import. */
  readonly genuine: boolean;
}

type Opener = (key: WrappingKey, wrapped: Buffer, bytes: number) => UnwrappedMaterial;

interface Wrapping {
  readonly keyType: 'rsa' | 'sm2';
  readonly targets: readonly KeyKind['type'][];
  readonly open: Opener;
}

const pkcs1: Opener = (key, wrapped, bytes) => {
  const encoded = wrapped.length === key.blockBytes ? orNull(() => key.raw(wrapped)) : null;
  const { message, genuine } = openPkcs1(encoded ?? Buffer.alloc(key.blockBytes), bytes);
  encoded?.fill(0);
  return { material: message, genuine: genuine === 1 };
};

const encrypted: Opener = (key, wrapped, bytes) => {
  const drawn = randomBytes(bytes);
  const message = orNull(() => key.decrypt(wrapped));
  if (message?.length === bytes) return { material: message, genuine: true };
  message?.fill(0);
  return { material: drawn, genuine: false };
};

const rsaEnvelope: Opener = (key, wrapped) => {
  const ephemeral = encrypted(key, wrapped.subarray(0, key.blockBytes), AES_256_BYTES);
  return openEnvelope(ephemeral, wrapped.subarray(key.blockBytes), openAesEnvelope);
};

const sm2Envelope: Opener = (key, wrapped) => {
  // The SM2 ciphertext in front has no fixed length, for it may be DER; what is behind it has.
  const split = Math.max(0, wrapped.length - SM2_SCALAR_BYTES);
  const ephemeral = encrypted(key, wrapped.subarray(0, split), SM4_BYTES);
  return openEnvelope(ephemeral, wrapped.subarray(split), openSm4Envelope);
};

const WRAPPINGS: Readonly<Record<HsmWrapping, Wrapping>> = {
  RSA_PKCS1_V1_5: { keyType: 'rsa', targets: ['aes', 'sm4'], open: pkcs1 },
  RSA_OAEP_SHA_256: { keyType: 'rsa', targets: ['aes', 'sm4'], open: encrypted },
  SM2PKE: { keyType: 'sm2', targets: ['aes', 'sm4'], open: encrypted },
  RSA_OAEP_SHA_256_AES_256_ECB_PKCS7: { keyType: 'rsa', targets: ['rsa', 'ec'], open: rsaEnvelope },
  SM2PKE_SM4_ECB: { keyType: 'sm2', targets: ['sm2'], open: sm2Envelope },
};

export function isWrapping(name: string): name is HsmWrapping {
  return Object.hasOwn(WRAPPINGS, name);
}

export function wrappingKeyType(wrapping: HsmWrapping): Wrapping['keyType'] {
  return WRAPPINGS[wrapping].keyType;
}

/** @throws HsmError INVALID_INPUT when no key of that kind comes in this way; the token's faults pass. */
export function openWrappedMaterial(
  target: KeyKind,
  wrapping: HsmWrapping,
  { key, wrapped }: { readonly key: WrappingKey; readonly wrapped: Buffer },
): UnwrappedMaterial {
  const { targets, open } = WRAPPINGS[wrapping];
  if (!targets.includes(target.type)) throw new HsmError('INVALID_INPUT', 'Such keys are wrapped otherwise.');
  return open(key, wrapped, 'bytes' in target ? target.bytes : 0);
}

/** Wipes the ephemeral key. */
function openEnvelope(
  { material: ephemeral, genuine }: UnwrappedMaterial,
  body: Buffer,
  open: (key: Buffer, ciphertext: Buffer) => Buffer | null,
): UnwrappedMaterial {
  const material = open(ephemeral, body);
  ephemeral.fill(0);
  return material === null ? { material: Buffer.alloc(0), genuine: false } : { material, genuine };
}

function orNull(work: () => Buffer): Buffer | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof HsmError && error.code === 'INVALID_CIPHERTEXT') return null;
    throw error;
  }
}
