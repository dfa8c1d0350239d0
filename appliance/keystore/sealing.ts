// Sealed key material: AES-256-GCM under the sealing key, bound to the full identity of the version, or the wrapping
// key, that it belongs to.
// A blob opens under the identity it was sealed with and no other, so that a store cannot swap or move material.
// Layout: format version (1) | IV (12) | ciphertext | tag (16). Source: design section 4.

import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { RandomBytes } from '../core/ids.ts';
import type { MaterialIdentity, WrappingKeyIdentity } from '../core/ports/key-store.ts';
import { KeyMaterial } from './key-material.ts';

const FORMAT_VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + IV_BYTES;

type SealedIdentity = MaterialIdentity | WrappingKeyIdentity;

export interface SealingContext {
  /** 32-byte secret key. */
  readonly sealingKey: KeyObject;
  readonly instanceId: string;
  readonly randomBytes: RandomBytes;
}

/** The blob of a version's material. The material stays the caller's to destroy. */
export function sealMaterial(
  context: SealingContext,
  identity: SealedIdentity,
  material: KeyMaterial,
): Buffer {
  const iv = context.randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', context.sealingKey, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(encodeIdentity(context.instanceId, identity));
  const sealed = material.use((bytes) => cipher.update(bytes));
  return Buffer.concat([Buffer.of(FORMAT_VERSION), iv, sealed, cipher.final(), cipher.getAuthTag()]);
}

/** The material of a blob, the caller's to destroy. Error when the blob is damaged or belongs to another identity. */
export function openMaterial(context: SealingContext, identity: SealedIdentity, blob: Buffer): KeyMaterial {
  if (blob[0] !== FORMAT_VERSION || blob.length < HEADER_BYTES + TAG_BYTES) {
    throw new Error('sealed key material has an unknown format');
  }
  const iv = blob.subarray(1, HEADER_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', context.sealingKey, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(encodeIdentity(context.instanceId, identity));
  decipher.setAuthTag(blob.subarray(blob.length - TAG_BYTES));
  const material = new KeyMaterial(decipher.update(blob.subarray(HEADER_BYTES, blob.length - TAG_BYTES)));
  try {
    decipher.final();
  } catch (cause) {
    material.destroy();
    throw new Error('sealed key material is damaged or belongs to another identity', { cause });
  }
  return material;
}

/** Each field with its length in front, so that no two identities encode alike. */
function encodeIdentity(instanceId: string, identity: SealedIdentity): Buffer {
  const parts = [Buffer.of(FORMAT_VERSION)];
  for (const field of [instanceId, ...identityFields(identity)]) {
    const bytes = Buffer.from(field, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    parts.push(length, bytes);
  }
  return Buffer.concat(parts);
}

/** The kind first: a wrapping key never opens as a version's material, nor the other way about. */
function identityFields(identity: SealedIdentity): readonly string[] {
  const { keyId, id, spec } = identity;
  return 'origin' in identity
    ? ['key-material', keyId, id, spec, identity.origin]
    : ['wrapping-key', keyId, id, spec];
}
