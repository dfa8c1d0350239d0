// Keys of the software key store that material can be imported to, without the rules of the core.

import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { newKeyVersionId, newWrappingKeyId } from '../../appliance/core/ids.ts';
import type { KeyVersion } from '../../appliance/core/key.ts';
import type { KeySpecName } from '../../appliance/core/key-specs.ts';
import type { KeyStore, MaterialIdentity } from '../../appliance/core/ports/key-store.ts';
import { type WrappingAlgorithmName, wrappingAlgorithm } from '../../appliance/core/wrapping.ts';
import { KmsError } from '../../appliance/errors.ts';
import { present } from './present.ts';
import { newIdentity } from './software-keys.ts';
import { wrappingKeySpecOf } from './wrapping-side.ts';

export interface ImportTarget {
  readonly identity: MaterialIdentity;
  /** SubjectPublicKeyInfo of the wrapping key. */
  readonly spki: Buffer;
  importing(encryptedKeyMaterial: Uint8Array): Promise<{ version: KeyVersion; fingerprint: Buffer }>;
}

/** One for each spec and way, made when first asked for: RSA pairs take their time. */
export function targetPerWay(
  keyStore: KeyStore,
): (spec: KeySpecName, algorithm: WrappingAlgorithmName) => Promise<ImportTarget> {
  const targets = new Map<string, Promise<ImportTarget>>();
  return (spec, algorithm) => {
    const made = targets.get(`${spec} ${algorithm}`) ?? newTarget(keyStore, spec, algorithm);
    targets.set(`${spec} ${algorithm}`, made);
    return made;
  };
}

export async function newTarget(
  keyStore: KeyStore,
  spec: KeySpecName,
  algorithm: WrappingAlgorithmName,
): Promise<ImportTarget> {
  const identity: MaterialIdentity = { ...newIdentity(spec), origin: 'EXTERNAL' };
  const id = newWrappingKeyId(identity.keyId, randomBytes);
  const wrappingIdentity = { id, keyId: identity.keyId, spec: wrappingKeySpecOf(algorithm) };
  const { blob, publicKey } = await keyStore.generateWrappingKey(wrappingIdentity);
  return {
    identity,
    spki: present(publicKey),
    async importing(encryptedKeyMaterial) {
      // Opened keys are remembered by their version's id.
      const version = { ...identity, id: newKeyVersionId(identity.keyId, randomBytes) };
      const wrappingKey = { ...wrappingIdentity, blob };
      const row = wrappingAlgorithm(algorithm);
      const { fingerprint, ...stored } = await keyStore.importMaterial(version, {
        wrappingKey,
        algorithm: row,
        encryptedKeyMaterial,
      });
      return { version: { ...version, createdAt: 0, ...stored }, fingerprint };
    },
  };
}

/** The refusal, which is the same in every respect whatever is wrong. */
export async function expectRefusal(work: Promise<unknown>): Promise<void> {
  const error: unknown = await work.then(
    () => 'imported',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(KmsError);
  const { code, message, cause } = error as KmsError;
  expect({ code, message, cause }).toEqual({
    code: 'InvalidKeyMaterial',
    message: 'The key material is not valid for this key.',
    cause: undefined,
  });
}
