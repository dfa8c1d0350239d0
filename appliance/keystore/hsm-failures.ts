// The table of what a client is told of each error of the HSM adapter. Errors without a row are faults of this program or
// of the store, and become InternalFailure like any other.

import { HsmError, type HsmErrorCode } from '../../hsm-adapter/index.ts';
import { KmsError } from '../errors.ts';
import { undecryptable } from './ciphers/cipher.ts';
import { concurrencyExceeded } from './concurrency-limit.ts';

type Answer = (cause: HsmError) => KmsError;

const unavailable: Answer = (cause) => new KmsError('ServiceUnavailableTemporary', undefined, { cause });

const ANSWERS: Readonly<Record<HsmErrorCode, Answer | null>> = {
  INVALID_CIPHERTEXT: undecryptable,
  // Without a cause, so that not even a log tells one failure from another.
  INVALID_KEY_MATERIAL: () => new KmsError('InvalidKeyMaterial'),
  BUSY: concurrencyExceeded,
  TIMEOUT: unavailable,
  UNAVAILABLE: unavailable,
  PROTOCOL: unavailable,
  DOMAIN_KEY_MISSING: unavailable,
  // The key is another cluster's: it works again when that one is connected.
  DOMAIN_KEY_MISMATCH: unavailable,
  MECHANISM_MISSING: (cause) => notOffered({ cause }),
  // No operation on a key is answered with it.
  NOT_ADMITTED: null,
  INVALID_INPUT: null,
  KEY_DAMAGED: null,
};

/** For what the tokens of the cluster can do in no way. */
export function notOffered(options?: { cause: unknown }): KmsError {
  return new KmsError('UnsupportedOperation', 'The HSM cluster does not offer this.', options);
}

/** Awaits work of the HSM. @throws KmsError as the table says, or what was thrown */
export async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw (error instanceof HsmError && ANSWERS[error.code]?.(error)) || error;
  }
}
