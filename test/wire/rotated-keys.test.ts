// A key after rotations, on both planes: the Advance calls take the newest version, the plain ones the first, and what
// any version has encrypted is decrypted. Source: data-plane specification 4.8 and 7.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ApiName } from '../../proto/index.ts';
import { adminCalls } from '../support/admin-calls.ts';
import { type ControlPlaneFixture, startControlPlane } from '../support/control-plane.ts';
import { type DataCalls, type DataFields, dataCalls } from '../support/data-calls.ts';
import { present } from '../support/present.ts';
import { softwareKeyStore } from '../support/software-keys.ts';

const PLAINTEXT = Buffer.from('older than the key version');
const PAIR = { KeyPairSpec: 'EC_P256', KeyFormat: 'DER' };

let plane: ControlPlaneFixture;
let data: DataCalls;
let KeyId: string;
const keyStore = softwareKeyStore();
const { answer, createKey } = adminCalls(() => plane);

beforeAll(async () => {
  plane = await startControlPlane();
  data = await dataCalls({ store: plane.store, keyStore, clock: () => plane.clock.now });
});

afterAll(async () => {
  await plane.close();
  await keyStore.close();
});

beforeEach(async () => {
  KeyId = await createKey();
});

async function use(api: ApiName, fields: DataFields, headers: Readonly<Record<string, string>> = {}) {
  const reply = await data.call(api, { KeyId, ...fields }, headers);
  expect([api, reply.code]).toEqual([api, 'none']);
  return reply;
}

async function rotate(): Promise<string> {
  plane.clock.now += 1000;
  const body = await answer('CreateKeyVersion', { KeyId });
  return (body['KeyVersion'] as { KeyVersionId: string }).KeyVersionId;
}

function initialVersion(): string {
  plane.store.refresh();
  return present(plane.store.records.keys.get(KeyId)).initialVersionId;
}

describe('a rotated key', () => {
  test('encrypts with its first version in plain calls and with its newest in Advance calls', async () => {
    const initial = initialVersion();
    for (let rotations = 0; rotations < 3; rotations += 1) {
      const newest = rotations === 0 ? initial : await rotate();
      expect((await use('Encrypt', { Plaintext: PLAINTEXT })).versionId).toBe(initial);
      expect((await use('GenerateDataKey', {})).versionId).toBe(initial);
      for (const [api, fields] of [
        ['AdvanceEncrypt', { Plaintext: PLAINTEXT }],
        ['AdvanceGenerateDataKey', {}],
        ['AdvanceGenerateDataKeyPair', PAIR],
        ['AdvanceGenerateDataKeyPairWithoutPlaintext', PAIR],
      ] as const) {
        const { body, versionId } = await use(api, fields);
        expect([api, versionId, body.KeyVersionId]).toEqual([api, newest, newest]);
      }
    }
  });

  test('decrypts what each of its versions has encrypted', async () => {
    const versions = [initialVersion()];
    const blobs = [present((await use('AdvanceEncrypt', { Plaintext: PLAINTEXT })).body['CiphertextBlob'])];
    const plain = (await use('Encrypt', { Plaintext: PLAINTEXT })).body;
    for (let count = 0; count < 3; count += 1) {
      versions.push(await rotate());
      blobs.push(present((await use('AdvanceEncrypt', { Plaintext: PLAINTEXT })).body['CiphertextBlob']));
    }
    expect(new Set(versions).size).toBe(4);
    for (const [index, blob] of blobs.entries()) {
      for (const fields of [{ CiphertextBlob: blob }, { CiphertextBlob: blob, KeyId: '' }]) {
        const { body, versionId } = await use('AdvanceDecrypt', fields);
        expect(Buffer.from(present(body['Plaintext']))).toEqual(PLAINTEXT);
        expect([versionId, body.KeyVersionId]).toEqual([versions[index], versions[index]]);
      }
      // A transfer SDK takes the blob apart and names the version in a header.
      const parts = { Iv: blob.subarray(39, 51), CiphertextBlob: blob.subarray(51) };
      const headers = { 'x-kms-migrationkeyversionid': versions[index] ?? '' };
      const { body } = await use('Decrypt', parts, headers);
      expect(Buffer.from(present(body['Plaintext']))).toEqual(PLAINTEXT);
    }
    const fields = { CiphertextBlob: present(plain['CiphertextBlob']), Iv: present(plain['Iv']) };
    for (const api of ['Decrypt', 'AdvanceDecrypt'] as const) {
      expect(Buffer.from(present((await use(api, fields)).body['Plaintext']))).toEqual(PLAINTEXT);
    }
  });

  test('does not decrypt with one version what another has encrypted', async () => {
    const plain = (await use('Encrypt', { Plaintext: PLAINTEXT })).body;
    const fields = { KeyId, CiphertextBlob: present(plain['CiphertextBlob']), Iv: present(plain['Iv']) };
    const headers = { 'x-kms-migrationkeyversionid': await rotate() };
    expect((await data.call('Decrypt', fields, headers)).code).toBe('InvalidParameter');
  });

  test('keeps on the data plane to the version of the moment: the next call uses the new one', async () => {
    const before = await use('AdvanceEncrypt', { Plaintext: PLAINTEXT });
    const version = await rotate();
    const after = await use('AdvanceEncrypt', { Plaintext: PLAINTEXT });
    expect([before.versionId === version, after.versionId]).toEqual([false, version]);
  });
});
