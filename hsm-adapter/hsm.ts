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

/** Without PKCS7 the data must be whole 16-byte blocks. AES_GCM appends its 16-byte tag to the ciphertext. */
export type SymmetricCipher = 'AES_GCM' | 'AES_CBC' | 'AES_CBC_PKCS7' | 'AES_ECB' | 'AES_ECB_PKCS7';

/** OAEP with one hash for label and MGF1 and an empty label. */
export type OaepCipher = 'RSA_OAEP_SHA_256' | 'RSA_OAEP_SHA_1';

/** Public-key encryption is the caller's own business. */
export type HsmCipher = SymmetricCipher | OaepCipher;

/** PSS with SHA-256, MGF1-SHA-256 and a 32-byte salt; ECDSA signatures are DER. All sign a SHA-256 digest. */
export type HsmSignature = 'RSA_PSS_SHA_256' | 'RSA_PKCS1_SHA_256' | 'ECDSA_SHA_256';

/**
 * How outside material is wrapped under an RSA key of the HSM. The first two carry a symmetric key in one RSA block;
 * the last is one RSA-OAEP block with an AES-256 key, then AES-256-ECB with PKCS#7 padding of the PKCS#8.
 */
export type HsmWrapping = 'RSA_PKCS1_V1_5' | 'RSA_OAEP_SHA_256' | 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7';

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

export interface WrappedMaterial {
  readonly spec: HsmKeySpec;
  /** An RSA key of this HSM; its private half opens the material. */
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
  /** Material in the clear: the bytes of a symmetric key, or PKCS#8 DER. INVALID_KEY_MATERIAL when it does not fit. */
  importKey(spec: HsmKeySpec, material: Uint8Array): Promise<HsmKey>;
  /** Material wrapped under a key of the HSM, opened beside the token and never seen by the caller. */
  importWrapped(material: WrappedMaterial): Promise<HsmKey>;
  encrypt(key: HsmKey, cipher: SymmetricCipher, input: HsmEncryptInput): Promise<HsmEncryptOutput>;
  /** INVALID_CIPHERTEXT for whatever is wrong with ciphertext, tag, padding or AAD. */
  decrypt(key: HsmKey, cipher: HsmCipher, input: HsmDecryptInput): Promise<Buffer>;
  /** Signs a 32-byte SHA-256 digest. */
  sign(key: HsmKey, signature: HsmSignature, digest: Uint8Array): Promise<Buffer>;
  /** ECDH: the 32-byte x coordinate, for an uncompressed 65-byte point on the key's curve (INVALID_CIPHERTEXT if not). */
  agree(key: HsmKey, point: Uint8Array): Promise<Buffer>;
  /** 1 to 65,536 bytes from the token's generator. */
  random(bytes: number): Promise<Buffer>;
}
