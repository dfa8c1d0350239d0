// Imported material that expires: not used from that moment on, and back by the same import and no other.

import { randomBytes } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { createCryptoService } from '../../../appliance/core/crypto-service.ts';
import { expireMaterial } from '../../../appliance/core/imported-keys.ts';
import { type CoreServices, codeOf, coreServices, FIRST_PAGE, NOW } from '../../support/core-services.ts';
import { importedKey, importTo, stored } from '../../support/imports.ts';
import { present } from '../../support/present.ts';
import { softwareKeyStore } from '../../support/software-keys.ts';

const NONE = new Uint8Array(0);
const keyStore = softwareKeyStore();
const services = () => coreServices({ keyStore });
afterAll(() => keyStore.close());

const EXPIRY = NOW + 60_000;
const cryptoOf = ({ store, clock }: CoreServices) =>
  createCryptoService({
    store,
    edition: 'basic',
    keyStore,
    clock: () => clock.now,
    decryptionFailure: 'InvalidParameter',
  });
const encrypted = async (core: CoreServices, keyId: string) => {
  const [crypto, key] = [cryptoOf(core), stored(core, keyId)];
  const parameters = { algorithm: '', aad: NONE, iv: NONE, paddingMode: '' };
  return crypto.encrypt(key, crypto.version(key, '', key.initialVersionId), Buffer.from('text'), parameters);
};

test('material that expires is not used from that moment on, although nothing has removed it yet', async () => {
  const core = services();
  const { keyId } = await importedKey(core, EXPIRY);
  core.clock.now = EXPIRY - 1;
  await encrypted(core, keyId);
  expect(core.keys.resolveKeyId(keyId).state).toBe('Enabled');
  core.clock.now = EXPIRY;
  expect(await codeOf(() => encrypted(core, keyId))).toBe('Rejected.PendingImport');
  expect(core.keys.resolveKeyId(keyId).state).toBe('PendingImport');
  expect(core.keys.resolveKeyRef(keyId).state).toBe('PendingImport');
  const pending = [{ key: 'KeyState', values: ['PendingImport'] }];
  expect(core.keys.listKeys(FIRST_PAGE, pending).items.map(({ id }) => id)).toEqual([keyId]);
  for (const change of [core.keys.enableKey, core.keys.disableKey])
    expect(await codeOf(() => change(keyId))).toBe('Rejected.StateModifiedFailed');
});

test('material that expired comes back by the same import, and by no other', async () => {
  const core = services();
  const { keyId, parameters, material } = await importedKey(core, EXPIRY);
  core.clock.now = EXPIRY;
  await core.store.transact((transaction) => expireMaterial(transaction, stored(core, keyId), EXPIRY));
  keyStore.forget();
  expect(stored(core, keyId)).toMatchObject({ state: 'PendingImport', materialExpiresAt: null });
  const [version] = core.store.records.keyVersions.list();
  expect(present(version).blob).toHaveLength(0);
  expect(await codeOf(() => importTo(core.keys, parameters, randomBytes(32)))).toBe('InvalidKeyMaterial');
  await importTo(core.keys, parameters, material, EXPIRY + 1000);
  await encrypted(core, keyId);
  expect(stored(core, keyId)).toMatchObject({ state: 'Enabled', materialExpiresAt: EXPIRY + 1000 });
});

test('material that expires while its key is going leaves it going, and to wait for an import when it is called back', async () => {
  const core = services();
  const { keyId } = await importedKey(core, EXPIRY);
  await core.keys.scheduleKeyDeletion(keyId, 7);
  core.clock.now = EXPIRY;
  expect(core.keys.resolveKeyId(keyId).state).toBe('PendingDeletion');
  await core.keys.cancelKeyDeletion(keyId);
  expect(core.keys.resolveKeyId(keyId).state).toBe('PendingImport');
  expect(await codeOf(() => encrypted(core, keyId))).toBe('Rejected.PendingImport');
});

test('a change made while the clock is wrong does not leave the key in the state that it only had by that clock', async () => {
  const core = services();
  const { keyId } = await importedKey(core, EXPIRY);
  core.clock.now = EXPIRY;
  await core.keys.updateKeyDescription(keyId, 'described');
  core.clock.now = NOW;
  expect(core.keys.resolveKeyId(keyId)).toMatchObject({ state: 'Enabled', description: 'described' });
});
