// What a key and its versions are, as stored. Times are milliseconds since the epoch.
// Source: control-plane specification section 3.

import type { KeyId, KeyVersionId } from './ids.ts';
import type { KeySpecName, KeyUsage } from './key-specs.ts';

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport';
export type KeyOrigin = 'Aliyun_KMS' | 'EXTERNAL';
export type ProtectionLevel = 'SOFTWARE' | 'HSM';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface Key {
  readonly id: KeyId;
  readonly spec: KeySpecName;
  readonly usage: KeyUsage;
  /** What an asymmetric key may be used for besides; absent: nothing. */
  readonly additionalUsage?: KeyUsage;
  readonly origin: KeyOrigin;
  readonly protectionLevel: ProtectionLevel;
  readonly state: KeyState;
  readonly description: string;
  /** Every tag key once, in the order of their first setting. */
  readonly tags: readonly Tag[];
  /** The document that was set, verbatim; null: the default policy. */
  readonly policy: string | null;
  /** The given reason; null: not protected. */
  readonly deletionProtection: string | null;
  readonly createdAt: number;
  /** When its material is destroyed; null unless PendingDeletion. */
  readonly deleteAt: number | null;
  /** Milliseconds between automatic rotations; null: none. */
  readonly rotationInterval: number | null;
  /** That of before automatic rotation was switched off; absent: there was none. */
  readonly lastRotationInterval?: number;
  /** Creation, or the last rotation. */
  readonly rotatedAt: number;
  /** When imported material ends; null: never, or there is none. */
  readonly materialExpiresAt: number | null;
  /** Of the one material that may be imported; null before the first import and for keys of other origin. */
  readonly materialFingerprint: Buffer | null;
  /** Used by Encrypt and GenerateDataKey. */
  readonly initialVersionId: KeyVersionId;
  /** Used by the Advance calls. */
  readonly primaryVersionId: KeyVersionId;
}

/**
 * One generation of material. The blob is meaningful to the key store that made it and to nobody else; it is empty when
 * imported material has expired.
 */
export interface KeyVersion {
  readonly id: KeyVersionId;
  readonly keyId: KeyId;
  readonly spec: KeySpecName;
  readonly origin: KeyOrigin;
  readonly createdAt: number;
  readonly blob: Buffer;
  /** X.509 SubjectPublicKeyInfo, DER; null for symmetric keys. */
  readonly publicKey: Buffer | null;
}

export interface Alias {
  /** With the prefix `alias/`. */
  readonly name: string;
  readonly keyId: KeyId;
  readonly createdAt: number;
}
