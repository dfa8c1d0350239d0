// What every key store checks before it works: that the spec offers the algorithm, and that input can be the algorithm's
// at all. Callers choose the algorithm from the spec's row; a key never serves another, even so.

import type { EncryptionAlgorithm, SignatureAlgorithm } from '../core/algorithms.ts';
import { type KeySpec, maxPlaintextBytes } from '../core/key-specs.ts';
import type { DecryptInput, EncryptInput } from '../core/ports/key-store.ts';
import { KmsError } from '../errors.ts';
import { undecryptable } from './ciphers/cipher.ts';

/** @throws Error; KmsError InvalidParameter when the plaintext is too long for the key */
export function requireEncryption(spec: KeySpec, algorithm: EncryptionAlgorithm, input: EncryptInput): void {
  requireOffered([...spec.encryption, ...spec.openApiEncryption], algorithm.name);
  if (input.plaintext.length > maxPlaintextBytes(spec, algorithm)) throw new KmsError('InvalidParameter');
}

/** @throws Error; KmsError InvalidParameter for what is too short to be a ciphertext */
export function requireDecryption(spec: KeySpec, algorithm: EncryptionAlgorithm, input: DecryptInput): void {
  requireOffered([...spec.encryption, ...spec.openApiEncryption], algorithm.name);
  if (input.ciphertext.length < algorithm.overheadBytes) throw undecryptable();
}

export function requireSignature(spec: KeySpec, algorithm: SignatureAlgorithm): void {
  requireOffered(spec.signature, algorithm.name);
}

function requireOffered<T>(offered: readonly T[], name: T): void {
  if (!offered.includes(name)) throw new Error('the key spec does not offer the algorithm');
}
