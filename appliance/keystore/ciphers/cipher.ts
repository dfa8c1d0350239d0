// What a cipher is: one algorithm over native keys. The rows of the software key store's tables.
// A cipher answers every ciphertext it cannot decrypt with the one error of `undecryptable`, whatever was wrong.

import type { KeyObject } from 'node:crypto';
import type {
  Awaitable,
  DecryptInput,
  EncryptInput,
  EncryptOutput,
  SignInput,
} from '../../core/ports/key-store.ts';
import { KmsError } from '../../errors.ts';

export interface EncryptionCipher {
  /** True when operations run off the event loop and count against the bound on those. */
  readonly offLoop: boolean;
  encrypt(key: KeyObject, input: EncryptInput): Awaitable<EncryptOutput>;
  decrypt(key: KeyObject, input: DecryptInput): Awaitable<Buffer>;
}

export interface SignatureCipher {
  sign(privateKey: KeyObject, input: SignInput): Promise<Buffer>;
  /** False for malformed signatures too. */
  verify(publicKey: KeyObject, input: SignInput, signature: Uint8Array): Awaitable<boolean>;
}

/** InvalidParameter without a cause, so that not even a log tells one decryption failure from another. */
export function undecryptable(): KmsError {
  return new KmsError('InvalidParameter');
}
