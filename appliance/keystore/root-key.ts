// The root key: 256 bits, and the keys derived from it (HKDF-SHA-256, RFC 5869, one label a purpose). It exists only as
// a native KeyObject and prints as [RootKey]. Where the bits come from: root-key-file.ts, root-key-passphrase.ts,
// root-key-hsm.ts.
// Design section 4.

import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import type { RootKey, RootKeyParameters } from '../core/ports/root-key.ts';

export const ROOT_KEY_BYTES = 32;

export type RootKeyErrorCode =
  | 'ROOT_KEY_FILE_DAMAGED'
  | 'ROOT_KEY_FILE_EXPOSED'
  | 'ROOT_KEY_FILE_MISSING'
  | 'ROOT_KEY_HSM_REFUSED'
  /** Asking again later may help. */
  | 'ROOT_KEY_HSM_UNAVAILABLE'
  | 'ROOT_KEY_SOURCE_MISMATCH'
  | 'PASSPHRASE_TOO_SHORT';

/** Why there is no root key. For the operator: it stops the start and never reaches a client. */
export class RootKeyError extends Error {
  readonly code: RootKeyErrorCode;

  constructor(code: RootKeyErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'RootKeyError';
    this.code = code;
  }
}

export class SecretRootKey implements RootKey {
  readonly #key: KeyObject;

  /** Takes the bytes over and wipes them. */
  constructor(bytes: Buffer) {
    this.#key = createSecretKey(bytes);
    bytes.fill(0);
  }

  deriveKey(purpose: string): KeyObject {
    const derived = Buffer.from(
      hkdfSync('sha256', this.#key, '', `dedicated-kms/${purpose}/v1`, ROOT_KEY_BYTES),
    );
    const key = createSecretKey(derived);
    derived.fill(0);
    return key;
  }

  toString(): string {
    return '[RootKey]';
  }

  toJSON(): string {
    return '[RootKey]';
  }

  [inspect.custom](): string {
    return '[RootKey]';
  }
}

/** @throws RootKeyError ROOT_KEY_SOURCE_MISMATCH when the store was made with another type of root key */
export function requireRootKeyType(parameters: RootKeyParameters, type: 'file' | 'passphrase' | 'hsm'): void {
  if (parameters['type'] !== type) {
    throw new RootKeyError('ROOT_KEY_SOURCE_MISMATCH', `the root key of this store is not of type ${type}`);
  }
}
