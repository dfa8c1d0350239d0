// Asymmetric calls of the OpenAPI: the version is always named, and what a key is not for has a code of its own.
// Source: control-plane specification 2.8.

import { KmsError } from '../errors.ts';
import type { CipherParameters, CryptoService } from './crypto-service.ts';
import type { Key, KeyVersion } from './key.ts';
import { locateVersion } from './key-lookup.ts';
import type { Awaitable } from './ports/key-store.ts';
import type { Store } from './ports/store.ts';

/** A key, one of its versions and an algorithm, the last two as they were named. */
export interface AsymmetricUse {
  readonly key: Key;
  readonly versionId: string;
  readonly algorithm: string;
}

/**
 * Errors: Forbidden.KeyVersionNotFound, Rejected.<State>, InvalidParameter, and Rejected.UnsupportedOperation for a key
 * or algorithm that the call does not work with.
 */
export interface AsymmetricService {
  encrypt(use: AsymmetricUse, plaintext: Uint8Array): Promise<Buffer>;
  decrypt(use: AsymmetricUse, ciphertext: Uint8Array): Promise<Buffer>;
  sign(use: AsymmetricUse, digest: Uint8Array): Promise<Buffer>;
  verify(use: AsymmetricUse, digest: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** PEM. @throws KmsError UnsupportedOperation for a symmetric key */
  publicKey(key: Key, versionId: string): string;
}

export interface AsymmetricServiceOptions {
  readonly store: Store;
  readonly crypto: CryptoService;
}

export function createAsymmetricService({ store, crypto }: AsymmetricServiceOptions): AsymmetricService {
  const versionOf = (key: Key, versionId: string): KeyVersion => {
    const located = locateVersion(store.records, versionId);
    if (located?.key.id !== key.id) throw new KmsError('Forbidden.KeyVersionNotFound');
    return located.version;
  };

  const using = async <T>(use: AsymmetricUse, work: (version: KeyVersion) => Awaitable<T>): Promise<T> => {
    const version = versionOf(use.key, use.versionId);
    try {
      return await work(version);
    } catch (error) {
      throw rejection(error);
    }
  };

  return {
    encrypt: (use, plaintext) =>
      using(use, async (version) => {
        return (await crypto.encrypt(use.key, version, plaintext, parameters(use))).ciphertext;
      }),
    decrypt: (use, ciphertext) =>
      using(use, async (version) => {
        return (await crypto.decrypt(use.key, version, ciphertext, parameters(use))).plaintext;
      }),
    sign: (use, digest) =>
      using(use, async (version) => {
        return (await crypto.sign(use.key, version, use.algorithm, { type: 'DIGEST', digest })).signature;
      }),
    verify: (use, digest, signature) =>
      using(use, async (version) => {
        const input = { type: 'DIGEST', digest } as const;
        return (await crypto.verify(use.key, version, use.algorithm, input, signature)).valid;
      }),
    publicKey: (key, versionId) => crypto.publicKeyPem(key, versionOf(key, versionId)),
  };
}

function rejection(error: unknown): unknown {
  return error instanceof KmsError && error.code === 'UnsupportedOperation'
    ? new KmsError('Rejected.UnsupportedOperation')
    : error;
}

function parameters({ algorithm }: AsymmetricUse): CipherParameters {
  const none = new Uint8Array(0);
  return { algorithm, aad: none, iv: none, paddingMode: '', openApi: true };
}
