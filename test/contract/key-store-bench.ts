// What the contract of key stores is run against, and what its parts work with.

import type { EncryptionAlgorithmName } from '../../appliance/core/algorithms.ts';
import type { KeyVersion } from '../../appliance/core/key.ts';
import type { KeySpec, KeySpecName } from '../../appliance/core/key-specs.ts';
import type {
  DecryptInput,
  EncryptInput,
  EncryptOutput,
  KeyStore,
} from '../../appliance/core/ports/key-store.ts';

export interface OpenedKeyStore {
  readonly store: KeyStore;
  /** One more store over the same keys, as another process has. */
  again(): KeyStore;
  /** A version with given material: a symmetric key, or PKCS#8 DER with the SubjectPublicKeyInfo that belongs to it. */
  versionOf(spec: KeySpecName, material: Buffer, publicKey: Buffer | null): Promise<KeyVersion>;
  close(): Promise<void>;
}

export interface KeyStoreSubject {
  readonly name: string;
  readonly specs: readonly KeySpec[];
  /** What the implementation leaves out of what the specs offer. */
  readonly lacks: ReadonlySet<EncryptionAlgorithmName>;
  open(): Promise<OpenedKeyStore>;
}

/** What the parts of the contract work with. */
export interface ContractBench {
  readonly subject: KeyStoreSubject;
  opened(): OpenedKeyStore;
  /** One version a spec. */
  versionFor(spec: KeySpecName): Promise<KeyVersion>;
  encrypt(version: KeyVersion, name: EncryptionAlgorithmName, input: EncryptInput): Promise<EncryptOutput>;
  decrypt(version: KeyVersion, name: EncryptionAlgorithmName, input: DecryptInput): Promise<Buffer>;
}

export const NO_IV = Buffer.alloc(0);

export function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}
