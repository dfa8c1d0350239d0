// RSAES_OAEP_SHA_1 belongs to the OpenAPI: the data plane does not offer it, whatever the key.

import { afterAll, expect, test } from 'vitest';
import { type CipherParameters, createCryptoService } from '../../../appliance/core/crypto-service.ts';
import { codeOf, coreServices } from '../../support/core-services.ts';
import { present } from '../../support/present.ts';

const { keys, store, keyStore } = coreServices();
const crypto = createCryptoService({
  store,
  edition: 'basic',
  keyStore,
  clock: Date.now,
  decryptionFailure: 'InvalidParameter',
});
const NONE = Buffer.alloc(0);
const OAEP_SHA_1: CipherParameters = { algorithm: 'RSAES_OAEP_SHA_1', aad: NONE, iv: NONE, paddingMode: '' };

afterAll(() => keyStore.close());

test('RSAES_OAEP_SHA_1 works for a call of the OpenAPI and is not supported for any other', async () => {
  const key = await keys.createKey({ spec: 'RSA_2048', usage: 'ENCRYPT/DECRYPT' });
  const version = present(store.records.keyVersions.get(key.initialVersionId));
  const openApi = { ...OAEP_SHA_1, openApi: true };
  const { ciphertext } = await crypto.encrypt(key, version, Buffer.from('text'), openApi);
  expect((await crypto.decrypt(key, version, ciphertext, openApi)).plaintext).toEqual(Buffer.from('text'));
  expect(await codeOf(() => crypto.encrypt(key, version, NONE, OAEP_SHA_1))).toBe('UnsupportedOperation');
  expect(await codeOf(() => crypto.decrypt(key, version, ciphertext, OAEP_SHA_1))).toBe(
    'UnsupportedOperation',
  );
});

test('a symmetric key has no RSAES_OAEP_SHA_1 in the OpenAPI either', async () => {
  const key = await keys.createKey({});
  const version = present(store.records.keyVersions.get(key.initialVersionId));
  const openApi = { ...OAEP_SHA_1, openApi: true };
  expect(await codeOf(() => crypto.encrypt(key, version, NONE, openApi))).toBe('UnsupportedOperation');
});
