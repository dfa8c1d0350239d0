// Imports through the service of keys, as the rules of the core see them.

import { randomBytes } from 'node:crypto';
import type { ImportParameters, KeyImports } from '../../appliance/core/import-service.ts';
import type { Key } from '../../appliance/core/key.ts';
import type { KeySpecName } from '../../appliance/core/key-specs.ts';
import type { WrappingAlgorithmName } from '../../appliance/core/wrapping.ts';
import type { CoreServices } from './core-services.ts';
import { present } from './present.ts';
import { wrap, wrappingKeySpecOf } from './wrapping-side.ts';

export function importParameters(
  keys: KeyImports,
  keyId: string,
  algorithm: WrappingAlgorithmName = 'SM2PKE',
): Promise<ImportParameters> {
  const choice = { algorithm, wrappingKeySpec: wrappingKeySpecOf(algorithm) };
  return keys.getParametersForImport(keyId, choice);
}

/** Wraps by SM2PKE, whose key pairs are made faster than those of RSA. */
export async function importTo(
  keys: KeyImports,
  parameters: ImportParameters,
  material: Buffer,
  expiresAt: number | null = null,
): Promise<void> {
  const { keyId, publicKey, importToken } = parameters;
  const encryptedKeyMaterial = wrap(publicKey, 'SM2PKE', material);
  await keys.importKeyMaterial(keyId, { importToken, encryptedKeyMaterial, expiresAt });
}

type Keys = Pick<CoreServices, 'keys'>;

export async function externalKey({ keys }: Keys, spec: KeySpecName = 'Aliyun_AES_256'): Promise<string> {
  return (await keys.createKey({ spec, origin: 'EXTERNAL' })).id;
}

/** A key that has its material, and what what imports it again. */
export async function importedKey(core: Keys, expiresAt: number | null = null) {
  const parameters = await importParameters(core.keys, await externalKey(core));
  const material = randomBytes(32);
  await importTo(core.keys, parameters, material, expiresAt);
  return { keyId: parameters.keyId, parameters, material };
}

export function stored({ store }: Pick<CoreServices, 'store'>, keyId: string): Key {
  return present(store.records.keys.get(keyId));
}

/** What any part of an import would change. */
export function traces({ store }: Pick<CoreServices, 'store'>, keyId: string): object {
  const { state, materialFingerprint, materialExpiresAt } = present(store.records.keys.get(keyId));
  return { state, materialFingerprint, materialExpiresAt, versions: store.records.keyVersions.count() };
}
