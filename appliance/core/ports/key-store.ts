// Port: where key material lives and works. A key store makes material, hands it out only as an opaque blob, and
// performs operations on it. Results are immediate where the work is cheap and local, promises where it is not.

import type { EncryptionAlgorithm, PaddingMode, SignatureAlgorithm } from '../algorithms.ts';
import type { KeyId, KeyVersionId, WrappingKeyId } from '../ids.ts';
import type { KeyOrigin, KeyVersion } from '../key.ts';
import type { KeySpecName } from '../key-specs.ts';
import type { WrappingAlgorithm, WrappingKeySpec } from '../wrapping.ts';

export type Awaitable<T> = T | Promise<T>;

/** What a blob is bound to: it opens under this identity and no other. */
export interface MaterialIdentity {
  readonly id: KeyVersionId;
  readonly keyId: KeyId;
  readonly spec: KeySpecName;
  readonly origin: KeyOrigin;
}

export interface StoredMaterial {
  readonly blob: Buffer;
  /** X.509 SubjectPublicKeyInfo, DER; null for symmetric keys. */
  readonly publicKey: Buffer | null;
}

/** Of the key pair that material is imported under; its blob opens as no key's material, nor the other way about. */
export interface WrappingKeyIdentity {
  readonly id: WrappingKeyId;
  /** The only key that material may be imported to. */
  readonly keyId: KeyId;
  readonly spec: WrappingKeySpec;
}

/** Material as it comes from outside. */
export interface WrappedMaterial {
  readonly wrappingKey: WrappingKeyIdentity & { readonly blob: Buffer };
  readonly algorithm: WrappingAlgorithm;
  /** Laid out as the algorithm says; its length is unchecked. */
  readonly encryptedKeyMaterial: Uint8Array;
}

export interface ImportedMaterial extends StoredMaterial {
  /** Equal for equal material of a key and telling nothing of it; to be compared in constant time. */
  readonly fingerprint: Buffer;
}

export interface EncryptInput {
  readonly plaintext: Uint8Array;
  /** The caller's IV; a random one is drawn when absent. Ignored by algorithms without IV. */
  readonly iv?: Uint8Array;
  readonly aad?: Uint8Array;
  /** One of the algorithm's; its first when absent. */
  readonly padding?: PaddingMode;
}

export interface EncryptOutput {
  /** With the authentication tag appended. */
  readonly ciphertext: Buffer;
  /** The IV that was used; empty for algorithms without IV. */
  readonly iv: Buffer;
}

export interface DecryptInput {
  readonly ciphertext: Uint8Array;
  readonly iv: Uint8Array;
  readonly aad?: Uint8Array;
  readonly padding?: PaddingMode;
}

/** RAW messages are hashed by the key store; a DIGEST is signed as it is (32 bytes, checked by the caller). */
export type SignInput =
  | {
      readonly type: 'RAW';
      readonly message: Uint8Array;
      /** Whose turns it shares where keys take turns; default: those of its key spec. */
      readonly workClass?: string;
    }
  | { readonly type: 'DIGEST'; readonly digest: Uint8Array };

/** Lengths of IV, AAD, digest and unpadded plaintext are checked by the caller; a key store answers for everything else. */
export interface KeyStore {
  generate(identity: MaterialIdentity): Promise<StoredMaterial>;
  /** A fresh key pair; its public key is never null. */
  generateWrappingKey(identity: WrappingKeyIdentity): Promise<StoredMaterial>;
  /**
   * Unwraps material, makes sure that it is what the spec says, and keeps it like any other. Whatever is wrong with it:
   * KmsError InvalidKeyMaterial with the table's text, in like time. The algorithm suits wrapping key and spec.
   */
  importMaterial(identity: MaterialIdentity, wrapped: WrappedMaterial): Promise<ImportedMaterial>;
  encrypt(version: KeyVersion, algorithm: EncryptionAlgorithm, input: EncryptInput): Awaitable<EncryptOutput>;
  /** Whatever is wrong with the ciphertext, IV or AAD: KmsError InvalidParameter with the table's text. */
  decrypt(version: KeyVersion, algorithm: EncryptionAlgorithm, input: DecryptInput): Awaitable<Buffer>;
  sign(version: KeyVersion, algorithm: SignatureAlgorithm, input: SignInput): Awaitable<Buffer>;
  /** False for every signature that does not verify, malformed ones included. */
  verify(
    version: KeyVersion,
    algorithm: SignatureAlgorithm,
    input: SignInput,
    signature: Uint8Array,
  ): Awaitable<boolean>;
  /** Drops opened material; called when the epoch moved. Operations under way finish. */
  forget(): void;
  close(): Promise<void>;
}
