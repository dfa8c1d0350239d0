// The HSM as its users see it: keys in the form of opaque blobs, and operations on them. No handle, session, slot or
// template ever crosses this interface, because handles die with a connection and may come back as another key's.
// Invariant: a key's value leaves the token only wrapped by the domain key. Source: HSM specification, section J.

import type { HsmKeySpec } from './key-specs.ts';
import type { OperationSupport } from './mechanisms.ts';

/** A key as its owner stores it. The blob binds no identity: the owner's store must (HSM specification, B). */
export interface HsmKey {
  /** The key wrapped by the domain key, with its spec; any member holding that domain key can use it. */
  readonly blob: Buffer;
  /** X.509 SubjectPublicKeyInfo, DER; null for symmetric keys. */
  readonly publicKey: Buffer | null;
}

/** Without PKCS7 the data must be whole 16-byte blocks. GCM appends its 16-byte tag to the ciphertext. */
export type SymmetricCipher =
  | 'AES_GCM'
  | 'AES_CBC'
  | 'AES_CBC_PKCS7'
  | 'AES_ECB'
  | 'AES_ECB_PKCS7'
  | 'SM4_GCM'
  | 'SM4_CBC'
  | 'SM4_CBC_PKCS7'
  | 'SM4_ECB'
  | 'SM4_ECB_PKCS7';

/** OAEP with one hash for label and MGF1 and an empty label. */
export type OaepCipher = 'RSA_OAEP_SHA_256' | 'RSA_OAEP_SHA_1';

/** SM2 ciphertext is raw (C1 | C3 | C2) or DER. Public-key encryption is the caller's own business. */
export type HsmCipher = SymmetricCipher | OaepCipher | 'SM2PKE';

/**
 * PSS with SHA-256, MGF1-SHA-256 and a 32-byte salt; ECDSA and SM2 signatures are DER. They sign a SHA-256 digest, SM2
 * the e = SM3(Z | M) of its signer, which the caller computes from the public key.
 */
export type HsmSignature = 'RSA_PSS_SHA_256' | 'RSA_PKCS1_SHA_256' | 'ECDSA_SHA_256' | 'SM2DSA';

/**
 * How outside material is wrapped under an RSA or SM2 key of the HSM. The first three carry a symmetric key in one RSA
 * block or SM2 ciphertext. The fourth, for RSA and EC keys, is one RSA-OAEP block with an AES-256 key, then AES-256-ECB
 * with PKCS#7 padding of the PKCS#8; the last, for SM2 keys, the SM2 ciphertext of an SM4 key, then SM4-ECB without
 * padding of the 32-byte scalar. SM2 ciphertext is raw (C1 | C3 | C2) or DER.
 */
export type HsmWrapping =
  | 'RSA_PKCS1_V1_5'
  | 'RSA_OAEP_SHA_256'
  | 'SM2PKE'
  | 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7'
  | 'SM2PKE_SM4_ECB';

export interface HsmEncryptInput {
  readonly plaintext: Uint8Array;
  /** 12 bytes for GCM, 16 for CBC, absent for ECB; drawn from the token when a cipher with IV is given none. */
  readonly iv?: Uint8Array;
  /** GCM only. */
  readonly aad?: Uint8Array;
}

export interface HsmEncryptOutput {
  readonly ciphertext: Buffer;
  /** Empty for ciphers without IV. */
  readonly iv: Buffer;
}

export interface HsmDecryptInput {
  readonly ciphertext: Uint8Array;
  readonly iv?: Uint8Array;
  readonly aad?: Uint8Array;
}

export interface HsmImportedKey extends HsmKey {
  /**
   * 32 bytes, equal for equal material of the same spec on every member, and telling nothing of it to those without the
   * domain key. Key pairs count as equal when their public keys are.
   */
  readonly fingerprint: Buffer;
}

export interface WrappedMaterial {
  readonly spec: HsmKeySpec;
  /** A key of this HSM, RSA or SM2 as the wrapping says; its private half opens the material. */
  readonly wrappingKey: HsmKey;
  readonly wrapping: HsmWrapping;
  readonly wrapped: Uint8Array;
}

/** What the usable members have in common, and how each operation is done there. */
export interface HsmCapabilities {
  readonly specs: readonly HsmKeySpec[];
  readonly operations: readonly OperationSupport[];
}

/** Every call rejects with an HsmError and nothing else, at the latest when its deadline passes. */
export interface Hsm {
  /** Of this moment; empty while no member is usable. */
  capabilities(): HsmCapabilities;
  generate(spec: HsmKeySpec): Promise<HsmKey>;
  /**
   * Material in the clear: the bytes of a symmetric key, PKCS#8 DER, or for SM2 the 32-byte scalar. INVALID_KEY_MATERIAL
   * when it does not fit.
   */
  importKey(spec: HsmKeySpec, material: Uint8Array): Promise<HsmImportedKey>;
  /** Material wrapped under a key of the HSM, opened beside the token and never seen by the caller. */
  importWrapped(material: WrappedMaterial): Promise<HsmImportedKey>;
  encrypt(key: HsmKey, cipher: SymmetricCipher, input: HsmEncryptInput): Promise<HsmEncryptOutput>;
  /** INVALID_CIPHERTEXT for whatever is wrong with ciphertext, tag, padding or AAD. */
  decrypt(key: HsmKey, cipher: HsmCipher, input: HsmDecryptInput): Promise<Buffer>;
  /** Signs 32 bytes. */
  sign(key: HsmKey, signature: HsmSignature, digest: Uint8Array): Promise<Buffer>;
  /** ECDH: the 32-byte x coordinate, for an uncompressed 65-byte point on the key's curve (INVALID_CIPHERTEXT if not). */
  agree(key: HsmKey, point: Uint8Array): Promise<Buffer>;
  /** 1 to 65,536 bytes from the token's generator. */
  random(bytes: number): Promise<Buffer>;
}
