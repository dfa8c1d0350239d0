// One ciphertext format on both planes: what transfer SDKs rebuild from the data plane's answers (data-plane
// specification 4.9) opens here, and what is encrypted here opens there by way of the migration header. The data plane's
// operations run on the very store of the control plane.

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCryptoService } from '../../../appliance/core/crypto-service.ts';
import { locateVersion } from '../../../appliance/core/key-lookup.ts';
import type { OperationContext } from '../../../appliance/data-plane/operation.ts';
import { decrypt } from '../../../appliance/data-plane/operations/decrypt.ts';
import { encrypt } from '../../../appliance/data-plane/operations/encrypt.ts';
import { generateDataKey } from '../../../appliance/data-plane/operations/generate-data-key.ts';
import { APIS } from '../../../proto/apis.ts';
import { dkms } from '../../../proto/generated/api.js';
import { type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';
import { addKnownVersion, callsOf, contextAad, type Fields } from '../../support/openapi-crypto.ts';
import { present } from '../../support/present.ts';
import { softwareKeyStore } from '../../support/software-keys.ts';

let plane: ControlPlaneFixture;
let context: OperationContext;
let keyId: string;
let primaryVersion: string;
const keyStore = softwareKeyStore();
const { answer, refusal, newKey } = callsOf(() => plane);
const CONTEXT = { app: 'a', purpose: 'test' };

beforeAll(async () => {
  plane = await startControlPlane();
  const crypto = createCryptoService({
    store: plane.store,
    edition: 'basic',
    keyStore,
    clock: Date.now,
    decryptionFailure: 'InvalidParameter',
  });
  context = { crypto, randomBytes, generateKeyPair: () => Promise.reject(new Error('not needed')) };
  keyId = await newKey();
  primaryVersion = await addKnownVersion(plane, keyId, randomBytes(32));
  plane.store.refresh();
});

afterAll(async () => {
  await plane.close();
  await keyStore.close();
});

/** The data plane encrypts under the initial version, the OpenAPI under the primary one. */
const target = () => ({ key: present(plane.store.records.keys.get(keyId)), versionId: '' });

/** Encrypt of a transfer SDK: the text of Plaintext through the data plane, the blob put together from its answer. */
async function transferEncrypt(plaintext: string, encryptionContext?: Fields): Promise<string> {
  const bytes = dkms.EncryptRequest.encode({
    KeyId: keyId,
    Plaintext: Buffer.from(plaintext),
    Aad: contextAad(encryptionContext),
  }).finish();
  const { response, versionId } = await encrypt.execute(
    context,
    APIS.Encrypt.request.decode(bytes),
    target(),
  );
  const parts = [Buffer.from(versionId), present(response.Iv), present(response.CiphertextBlob)];
  return Buffer.concat(parts).toString('base64');
}

/** Decrypt of a transfer SDK: no KeyId, the version in the header, the answer taken as text. */
async function transferDecrypt(blob: string, encryptionContext?: Fields): Promise<string> {
  const bytes = Buffer.from(blob, 'base64');
  const request = APIS.Decrypt.request.decode(
    dkms.DecryptRequest.encode({
      CiphertextBlob: bytes.subarray(48),
      Iv: bytes.subarray(36, 48),
      Aad: contextAad(encryptionContext),
    }).finish(),
  );
  const { versionId } = decrypt.target(request, bytes.toString('latin1', 0, 36));
  const { key } = present(locateVersion(plane.store.records, versionId));
  const { response } = await decrypt.execute(context, request, { key, versionId });
  return Buffer.from(present(response.Plaintext)).toString();
}

test.each([undefined, CONTEXT])('Decrypt opens what a transfer SDK encrypted (context %o)', async (bound) => {
  const CiphertextBlob = await transferEncrypt('cGxhaW50ZXh0', bound);
  const fields = bound ? { EncryptionContext: JSON.stringify(bound) } : {};
  expect(await answer('Decrypt', { CiphertextBlob, ...fields })).toMatchObject({
    Plaintext: 'cGxhaW50ZXh0',
    KeyId: keyId,
    KeyVersionId: target().key.initialVersionId,
  });
  expect(await refusal('Decrypt', { CiphertextBlob, EncryptionContext: '{"other":"context"}' })).toEqual([
    400,
    'InvalidParameter',
  ]);
});

test.each([undefined, CONTEXT])('a transfer SDK decrypts what Encrypt made (context %o)', async (bound) => {
  const fields = bound ? { EncryptionContext: JSON.stringify(bound) } : {};
  const { CiphertextBlob, KeyVersionId } = await answer('Encrypt', {
    KeyId: keyId,
    Plaintext: 'cGxhaW50ZXh0',
    ...fields,
  });
  expect(KeyVersionId).toBe(primaryVersion);
  expect(await transferDecrypt(CiphertextBlob, bound)).toBe('cGxhaW50ZXh0');
  await expect(transferDecrypt(CiphertextBlob, { other: 'context' })).rejects.toMatchObject({
    code: 'InvalidParameter',
  });
});

test('a data key of a transfer SDK and one of the OpenAPI are decrypted by either to the same Plaintext', async () => {
  const { response } = await generateDataKey.execute(
    context,
    APIS.GenerateDataKey.request.decode(
      dkms.GenerateDataKeyRequest.encode({ KeyId: keyId, NumberOfBytes: 32 }).finish(),
    ),
    target(),
  );
  const theirs = Buffer.from(present(response.Plaintext)).toString('base64');
  // The SDK throws away the instance's ciphertext and encrypts the base64 text of the key instead.
  const theirBlob = await transferEncrypt(theirs);
  expect((await answer('Decrypt', { CiphertextBlob: theirBlob })).Plaintext).toBe(theirs);

  const ours = await answer('GenerateDataKey', { KeyId: keyId });
  expect(await transferDecrypt(ours.CiphertextBlob)).toBe(ours.Plaintext);
  expect(Buffer.from(theirBlob, 'base64')).toHaveLength(Buffer.from(ours.CiphertextBlob, 'base64').length);
});
