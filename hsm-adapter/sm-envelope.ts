// How keys that tokens know nothing of are kept: an SM key is sealed by AES-256-GCM under a key that only the token can
// derive, from a secret made in the token and wrapped by the domain key like any key. So every member with the domain key
// can use it, and nobody without a token. For one operation the key is opened beside the token, in a buffer that is wiped
// after it; it leaves the node process in no form but this.
// Sealed: SHA-256 of the public key (32) | IV (12) | ciphertext | tag (16). Derivation: HKDF-Expand with SHA-256 (RFC
// 5869) of one block, whose HMAC the token computes, over label, spec and public key. The protocol knows no HMAC and the
// secret has no AES key's length, so whoever speaks to a node cannot derive or use that key. Source: HSM specification, I.

import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { CKM } from './cryptoki.ts';
import { HsmError } from './hsm-error.ts';
import { HSM_KEY_SPECS, type HsmKeySpec, type SmKeyKind } from './key-specs.ts';
import type { Handle } from './pkcs11-module.ts';
import type { SessionPool } from './session-pool.ts';

/** The token's secret: of HMAC's block size, and never of an AES key's. */
export const SEALING = { type: 'sealing', bytes: 64 } as const;

const LABEL = Buffer.from('dedicated-kms/sm-key/v1');
const BLOCK_NUMBER = Buffer.of(1);
const HASH_BYTES = 32;
export const SEALING_IV_BYTES = 12;
const TAG_BYTES = 16;

export interface SmKey {
  readonly spec: HsmKeySpec;
  /** The SM4 key, or the SM2 scalar. */
  readonly secret: Buffer;
  /** SubjectPublicKeyInfo; empty for SM4. */
  readonly publicKey: Buffer;
}

export function sealedBytes(kind: SmKeyKind): number {
  return HASH_BYTES + SEALING_IV_BYTES + kind.bytes + TAG_BYTES;
}

/** `iv` is 12 random bytes; `sealing` a secret of the token that seals nothing else. */
export function sealKey(
  sessions: SessionPool,
  { spec, secret, publicKey }: SmKey,
  { session, sealing, iv }: { readonly session: Handle; readonly sealing: Handle; readonly iv: Buffer },
): Buffer {
  const context = contextOf(spec, createHash('sha256').update(publicKey).digest());
  const key = deriveKey(sessions, session, { sealing, context });
  try {
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(context);
    const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([context.subarray(-HASH_BYTES), iv, ciphertext, cipher.getAuthTag()]);
  } finally {
    key.fill(0);
  }
}

/** Opens a sealed key for the length of `work`. @throws HsmError KEY_DAMAGED. */
export function withSealedKey<T>(
  sessions: SessionPool,
  { spec, sealing, sealed }: { readonly spec: HsmKeySpec; readonly sealing: Handle; readonly sealed: Buffer },
  work: (secret: Buffer) => T,
): T {
  const context = contextOf(spec, sealed.subarray(0, HASH_BYTES));
  const key = sessions.run('KEY_DAMAGED', (session) => deriveKey(sessions, session, { sealing, context }));
  let secret: Buffer;
  try {
    secret = open(key, context, sealed.subarray(HASH_BYTES));
  } finally {
    key.fill(0);
  }
  try {
    return work(secret);
  } finally {
    secret.fill(0);
  }
}

function open(key: Buffer, context: Buffer, ivAndCiphertext: Buffer): Buffer {
  const end = ivAndCiphertext.length - TAG_BYTES;
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv(
    'aes-256-gcm',
    key,
    ivAndCiphertext.subarray(0, SEALING_IV_BYTES),
    options,
  );
  decipher.setAAD(context).setAuthTag(ivAndCiphertext.subarray(end));
  const secret = decipher.update(ivAndCiphertext.subarray(SEALING_IV_BYTES, end));
  try {
    decipher.final();
  } catch {
    secret.fill(0);
    throw new HsmError('KEY_DAMAGED', 'The sealed key does not open.');
  }
  return secret;
}

function contextOf(spec: HsmKeySpec, publicKeyHash: Buffer): Buffer {
  return Buffer.concat([LABEL, Buffer.of(HSM_KEY_SPECS[spec].code), publicKeyHash]);
}

function deriveKey(
  { module }: SessionPool,
  session: Handle,
  { sealing, context }: { readonly sealing: Handle; readonly context: Buffer },
): Buffer {
  const data = Buffer.concat([context, BLOCK_NUMBER]);
  return module.sign(session, { mechanism: CKM.SHA256_HMAC }, sealing, { data, room: HASH_BYTES });
}
