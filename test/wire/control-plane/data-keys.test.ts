// Data keys over the wire, and export of them to a local RSA key that opens what was exported.

import { constants, generateKeyPairSync, privateDecrypt, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';
import { addKnownVersion, callsOf, openBlob, setState } from '../../support/openapi-crypto.ts';

const RequestId = expect.any(String) as string;
const CONTEXT = '{"app":"a"}';

let plane: ControlPlaneFixture;
let keyId: string;
let version: string;
const material = randomBytes(32);
const { answer, refusal, newKey } = callsOf(() => plane);

beforeAll(async () => {
  plane = await startControlPlane();
  keyId = await newKey();
  version = await addKnownVersion(plane, keyId, material);
});

afterAll(() => plane.close());

const size = (base64: string) => Buffer.from(base64, 'base64').length;

describe('GenerateDataKey', () => {
  test('the blob holds the base64 of the key, so that Decrypt gives back its Plaintext', async () => {
    const body = await answer('GenerateDataKey', { KeyId: keyId, EncryptionContext: CONTEXT });
    expect(body).toEqual({
      RequestId,
      CiphertextBlob: body.CiphertextBlob,
      Plaintext: body.Plaintext,
      KeyId: keyId,
      KeyVersionId: version,
    });
    expect(size(body.Plaintext)).toBe(32);
    // The length that shared KMS documents for a 32-byte key: 36 + 12 + 44 + 16.
    expect(size(body.CiphertextBlob)).toBe(108);
    expect(openBlob(body.CiphertextBlob, material, { app: 'a' })).toBe(body.Plaintext);
    const opened = await answer('Decrypt', {
      CiphertextBlob: body.CiphertextBlob,
      EncryptionContext: CONTEXT,
    });
    expect(opened.Plaintext).toBe(body.Plaintext);
    expect(await refusal('Decrypt', { CiphertextBlob: body.CiphertextBlob })).toEqual([
      400,
      'InvalidParameter',
    ]);
  });

  test.each([
    [{}, 32],
    [{ KeySpec: 'AES_256' }, 32],
    [{ KeySpec: 'AES_128' }, 16],
    [{ KeySpec: 'AES_128', NumberOfBytes: '64' }, 64],
    [{ NumberOfBytes: '1' }, 1],
    [{ NumberOfBytes: '1024' }, 1024],
    [{ NumberOfBytes: '', KeySpec: '' }, 32],
  ])('with %o it is of %i bytes', async (fields, bytes) => {
    const { Plaintext } = await answer('GenerateDataKey', { KeyId: keyId, ...fields });
    expect(size(Plaintext)).toBe(bytes);
    const { CiphertextBlob } = await answer('GenerateDataKeyWithoutPlaintext', { KeyId: keyId, ...fields });
    expect(size((await answer('Decrypt', { CiphertextBlob })).Plaintext)).toBe(bytes);
  });

  test.each([
    { NumberOfBytes: '0' },
    { NumberOfBytes: '1025' },
    { NumberOfBytes: '-1' },
    { NumberOfBytes: '1.5' },
    { KeySpec: 'AES_192' },
    { KeySpec: 'aes_256' },
  ])('%o is refused', async (fields) => {
    for (const action of ['GenerateDataKey', 'GenerateDataKeyWithoutPlaintext']) {
      expect(await refusal(action, { KeyId: keyId, ...fields })).toEqual([400, 'InvalidParameter']);
    }
  });

  test('every key is another', async () => {
    const keys = await Promise.all([1, 2].map(() => answer('GenerateDataKey', { KeyId: keyId })));
    expect(new Set(keys.map(({ Plaintext }) => Plaintext)).size).toBe(2);
  });

  test('GenerateDataKeyWithoutPlaintext tells no plaintext', async () => {
    const body = await answer('GenerateDataKeyWithoutPlaintext', { KeyId: keyId });
    expect(Object.keys(body).sort()).toEqual(['CiphertextBlob', 'KeyId', 'KeyVersionId', 'RequestId']);
  });
});

describe('export', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const PublicKeyBlob = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const wrapping = { PublicKeyBlob, WrappingKeySpec: 'RSA_2048', WrappingAlgorithm: 'RSAES_OAEP_SHA_256' };
  const unwrap = (wrapped: string, oaepHash = 'sha256') =>
    privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash },
      Buffer.from(wrapped, 'base64'),
    ).toString('base64');

  test.each([
    ['RSAES_OAEP_SHA_256', 'sha256', 190],
    ['RSAES_OAEP_SHA_1', 'sha1', 214],
  ])('%s wraps the bytes of a data key for the holder of the RSA key', async (algorithm, hash, most) => {
    const to = { ...wrapping, WrappingAlgorithm: algorithm };
    const longest = { KeyId: keyId, NumberOfBytes: String(most), ...to };
    const body = await answer('GenerateAndExportDataKey', { ...longest, EncryptionContext: CONTEXT });
    expect(Object.keys(body).sort()).toEqual([
      'CiphertextBlob',
      'ExportedDataKey',
      'KeyId',
      'KeyVersionId',
      'RequestId',
    ]);
    const blob = { CiphertextBlob: body.CiphertextBlob, EncryptionContext: CONTEXT };
    const { Plaintext } = await answer('Decrypt', blob);
    expect(unwrap(body.ExportedDataKey, hash)).toBe(Plaintext);
    const exported = await answer('ExportDataKey', { ...blob, ...to });
    expect(exported).toEqual({
      RequestId,
      ExportedDataKey: exported.ExportedDataKey,
      KeyId: keyId,
      KeyVersionId: version,
    });
    expect(unwrap(exported.ExportedDataKey, hash)).toBe(Plaintext);
    expect(await refusal('ExportDataKey', { CiphertextBlob: body.CiphertextBlob, ...to })).toEqual([
      400,
      'InvalidParameter',
    ]);
    expect(
      await refusal('GenerateAndExportDataKey', { ...longest, NumberOfBytes: String(most + 1) }),
    ).toEqual([400, 'InvalidParameter']);
  });

  const spkiOf = (key: { export(options: { type: 'spki'; format: 'der' }): Buffer }) =>
    key.export({ type: 'spki', format: 'der' }).toString('base64');
  test.each<[Record<string, string>, string]>([
    [{ WrappingKeySpec: 'EC_SM2', WrappingAlgorithm: 'SM2PKE' }, 'InvalidParameter'],
    [{ WrappingKeySpec: 'EC_SM2' }, 'InvalidParameter'],
    [{ WrappingAlgorithm: 'SM2PKE' }, 'InvalidParameter'],
    [{ WrappingKeySpec: 'RSA_4096' }, 'InvalidParameter'],
    [{ WrappingAlgorithm: 'RSAES_PKCS1_V1_5' }, 'InvalidParameter'],
    [{ PublicKeyBlob: 'YWJj' }, 'InvalidParameter'],
    [{ PublicKeyBlob: '!' }, 'InvalidParameter'],
    [
      { PublicKeyBlob: spkiOf(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey) },
      'InvalidParameter',
    ],
    [
      { PublicKeyBlob: spkiOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey) },
      'InvalidParameter',
    ],
    [{ PublicKeyBlob: '' }, 'MissingParameter'],
    [{ WrappingKeySpec: '' }, 'MissingParameter'],
    [{ WrappingAlgorithm: '' }, 'MissingParameter'],
  ])('a wrapping key of %o is refused', async (fields, code) => {
    const { CiphertextBlob } = await answer('GenerateDataKeyWithoutPlaintext', { KeyId: keyId });
    const to = { ...wrapping, ...fields };
    expect(await refusal('ExportDataKey', { CiphertextBlob, ...to })).toEqual([400, code]);
    expect(await refusal('GenerateAndExportDataKey', { KeyId: keyId, ...to })).toEqual([400, code]);
  });

  test('a blob that holds something else than a data key is not exported', async () => {
    const { CiphertextBlob } = await answer('Encrypt', { KeyId: keyId, Plaintext: 'no base64' });
    expect(await refusal('ExportDataKey', { CiphertextBlob, ...wrapping })).toEqual([
      400,
      'InvalidParameter',
    ]);
  });

  test('a disabled key exports nothing', async () => {
    const KeyId = await newKey();
    const { CiphertextBlob } = await answer('GenerateDataKeyWithoutPlaintext', { KeyId });
    await setState(plane, KeyId, 'Disabled');
    expect(await refusal('ExportDataKey', { CiphertextBlob, ...wrapping })).toEqual([
      409,
      'Rejected.Disabled',
    ]);
    expect(await refusal('GenerateAndExportDataKey', { KeyId, ...wrapping })).toEqual([
      409,
      'Rejected.Disabled',
    ]);
  });
});
