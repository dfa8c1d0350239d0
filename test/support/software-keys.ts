// A software key store with a fixed sealing key, and key versions for it: made by the store, or from given material.

import { createPublicKey, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import {
  ENCRYPTION_ALGORITHMS,
  type EncryptionAlgorithm,
  type EncryptionAlgorithmName,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
  type SignatureAlgorithmName,
} from '../../appliance/core/algorithms.ts';
import { newKeyId, newKeyVersionId } from '../../appliance/core/ids.ts';
import type { KeyVersion } from '../../appliance/core/key.ts';
import { KEY_SPECS, type KeySpecName } from '../../appliance/core/key-specs.ts';
import type { KeyStore, MaterialIdentity } from '../../appliance/core/ports/key-store.ts';
import { KeyMaterial } from '../../appliance/keystore/key-material.ts';
import { type SealingContext, sealMaterial } from '../../appliance/keystore/sealing.ts';
import {
  SoftwareKeyStore,
  type SoftwareKeyStoreOptions,
} from '../../appliance/keystore/software-key-store.ts';

import { present } from './present.ts';

export const SLOW = process.env['SLOW'] === '1';

/** Every spec; RSA_4096, whose pairs take seconds, only with SLOW=1. */
export const TESTED_SPECS = [...KEY_SPECS.values()].filter(({ name }) => SLOW || name !== 'RSA_4096');

export const SEALING: SealingContext = {
  sealingKey: createSecretKey(Buffer.alloc(32, 7)),
  instanceId: 'kst-kms00000000000000000',
  randomBytes,
};

export const IMPORT_TOKEN_KEY = createSecretKey(Buffer.alloc(32, 9));

export function softwareKeyStore(options: Partial<SoftwareKeyStoreOptions> = {}): SoftwareKeyStore {
  return new SoftwareKeyStore({ ...SEALING, ...options });
}

export function newIdentity(spec: KeySpecName): MaterialIdentity {
  const keyId = newKeyId(0, randomBytes);
  return { id: newKeyVersionId(keyId, randomBytes), keyId, spec, origin: 'Aliyun_KMS' };
}

export async function generatedVersion(store: KeyStore, spec: KeySpecName): Promise<KeyVersion> {
  const identity = newIdentity(spec);
  return { ...identity, createdAt: 0, ...(await store.generate(identity)) };
}

/** A version with given material: 32 bytes, or PKCS#8 DER with the SubjectPublicKeyInfo that belongs to it. */
export function versionOf(spec: KeySpecName, material: Buffer, publicKey: Buffer | null): KeyVersion {
  const identity = newIdentity(spec);
  const blob = sealMaterial(SEALING, identity, new KeyMaterial(material));
  return { ...identity, createdAt: 0, blob, publicKey };
}

export function encryption(name: EncryptionAlgorithmName): EncryptionAlgorithm {
  return present(ENCRYPTION_ALGORITHMS.get(name));
}

export function signature(name: SignatureAlgorithmName): SignatureAlgorithm {
  return present(SIGNATURE_ALGORITHMS.get(name));
}

/** One version a spec, made when first asked for: RSA pairs take their time. */
export function versionPerSpec(store: KeyStore): (spec: KeySpecName) => Promise<KeyVersion> {
  const made = new Map<KeySpecName, Promise<KeyVersion>>();
  return (spec) => {
    const version = made.get(spec) ?? generatedVersion(store, spec);
    made.set(spec, version);
    return version;
  };
}

export function publicKeyOf(version: KeyVersion): KeyObject {
  return createPublicKey({ key: present(version.publicKey), format: 'der', type: 'spki' });
}
