// Bringing one's own key over the wire: for every spec and way, what was imported works on both planes as the source key
// does outside. The wrapping side and the checks are node:crypto's and sm-crypto's, not the product's.

import {
  constants,
  createDecipheriv,
  createHash,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEY_SPECS, type KeySpecName } from '../../../appliance/core/key-specs.ts';
import type { WrappingAlgorithmName } from '../../../appliance/core/wrapping.ts';
import { adminCalls, type Texts } from '../../support/admin-calls.ts';
import { type ControlPlaneFixture, NOW, startControlPlane } from '../../support/control-plane.ts';
import { type DataCalls, dataCalls } from '../../support/data-calls.ts';
import { present } from '../../support/present.ts';
import { digestOf } from '../../support/sm2-oracle.ts';
import { smCryptoPeer } from '../../support/sm2-peers.ts';
import { SLOW, softwareKeyStore } from '../../support/software-keys.ts';
import { type SourceKey, sourceKey, waysOf, wrap, wrappingKeySpecOf } from '../../support/wrapping-side.ts';

const RequestId = expect.any(String) as string;
const text = Buffer.from('the same key on both sides');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const fromBase64 = (value: unknown) => Buffer.from(String(value), 'base64');
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };

let plane: ControlPlaneFixture;
let data: DataCalls;
const keyStore = softwareKeyStore();
const { answer, refusal, createKey } = adminCalls(() => plane);

beforeAll(async () => {
  plane = await startControlPlane();
  data = await dataCalls({ store: plane.store, keyStore, clock: () => plane.clock.now });
});

afterAll(async () => {
  await plane.close();
  await keyStore.close();
});

async function parametersFor(KeyId: string, algorithm: WrappingAlgorithmName) {
  const way = { WrappingAlgorithm: algorithm, WrappingKeySpec: wrappingKeySpecOf(algorithm) };
  const body = await answer('GetParametersForImport', { KeyId, ...way });
  return { spki: fromBase64(body['PublicKey']), ImportToken: String(body['ImportToken']) };
}

/** A key with imported material; by its first way unless said otherwise. */
async function imported(spec: KeySpecName, source: SourceKey, fields: Texts = {}, way = waysOf(spec)[0]) {
  const KeyId = await createKey({ KeySpec: spec, Origin: 'EXTERNAL', ...fields });
  const { spki, ImportToken } = await parametersFor(KeyId, present(way));
  const EncryptedKeyMaterial = base64(wrap(spki, present(way), source.material));
  await answer('ImportKeyMaterial', { KeyId, ImportToken, EncryptedKeyMaterial, KeyMaterialExpireUnix: '0' });
  return { KeyId, KeyVersionId: present(plane.store.records.keys.get(KeyId)).primaryVersionId };
}

async function used(
  api: 'Encrypt' | 'Decrypt' | 'Sign' | 'Verify',
  fields: Record<string, string | Uint8Array>,
) {
  const { code, body } = await data.call(api, fields);
  expect({ api, code }).toEqual({ api, code: 'none' });
  return body;
}

describe('an imported symmetric key', () => {
  test.each(waysOf('Aliyun_AES_256'))(
    'that came by %s encrypts what the source key decrypts',
    async (way) => {
      const source = sourceKey('Aliyun_AES_256');
      const { KeyId } = await imported('Aliyun_AES_256', source, {}, way);
      const { CiphertextBlob, Iv } = await used('Encrypt', { KeyId, Plaintext: text });
      const ciphertext = Buffer.from(present(CiphertextBlob));
      const decipher = createDecipheriv('aes-256-gcm', source.material, present(Iv));
      decipher.setAuthTag(ciphertext.subarray(-16));
      expect(Buffer.concat([decipher.update(ciphertext.subarray(0, -16)), decipher.final()])).toEqual(text);
      const sealed = await answer('Encrypt', { KeyId, Plaintext: base64(text) });
      const opened = await answer('Decrypt', { CiphertextBlob: sealed.CiphertextBlob });
      expect(opened['Plaintext']).toBe(base64(text));
    },
  );
});

const RSA_SPECS = ([...KEY_SPECS.keys()] as KeySpecName[]).filter(
  (spec) => spec.startsWith('RSA') && (SLOW || spec !== 'RSA_4096'),
);

describe('an imported key pair', () => {
  test.each(RSA_SPECS)('of %s opens and signs as the source key does', async (spec) => {
    const source = sourceKey(spec);
    const { privateKey, publicKey } = present(source.pair);
    const decrypting = await imported(spec, source, { KeyUsage: 'ENCRYPT/DECRYPT' });
    const sealed = publicEncrypt({ key: publicKey, ...OAEP }, text);
    const { Plaintext } = await used('Decrypt', { KeyId: decrypting.KeyId, CiphertextBlob: sealed });
    expect(Buffer.from(present(Plaintext))).toEqual(text);
    const { CiphertextBlob } = await used('Encrypt', { KeyId: decrypting.KeyId, Plaintext: text });
    expect(privateDecrypt({ key: privateKey, ...OAEP }, present(CiphertextBlob))).toEqual(text);
    const openApi = { ...decrypting, Algorithm: 'RSAES_OAEP_SHA_256' };
    const opened = await answer('AsymmetricDecrypt', { ...openApi, CiphertextBlob: base64(sealed) });
    expect(opened['Plaintext']).toBe(base64(text));
    await signsLike(spec, source, 'RSA_PKCS1_SHA_256');
  });

  test.each(['EC_P256', 'EC_P256K'] as const)('of %s signs as the source key does', (spec) =>
    signsLike(spec, sourceKey(spec), 'ECDSA_SHA_256'),
  );

  test('of EC_SM2 opens and signs as the source key does', async () => {
    const source = sourceKey('EC_SM2');
    const key = { scalar: source.material, point: present(source.point) };
    const { KeyId } = await imported('EC_SM2', source, { KeyUsage: 'ENCRYPT/DECRYPT' });
    const CiphertextBlob = smCryptoPeer.encrypt(key, text);
    expect(Buffer.from(present((await used('Decrypt', { KeyId, CiphertextBlob }))['Plaintext']))).toEqual(
      text,
    );
    const signing = await imported('EC_SM2', source);
    const { Signature } = await used('Sign', { KeyId: signing.KeyId, Message: text, MessageType: 'RAW' });
    expect(smCryptoPeer.verify(key, text, Buffer.from(present(Signature)))).toBe(true);
    const Digest = base64(digestOf(key.point, text));
    const { Value } = await answer('AsymmetricSign', { ...signing, Algorithm: 'SM2DSA', Digest });
    expect(smCryptoPeer.verify(key, text, fromBase64(Value))).toBe(true);
  });

  async function signsLike(spec: KeySpecName, source: SourceKey, Algorithm: string): Promise<void> {
    const { privateKey, publicKey } = present(source.pair);
    const signing = await imported(spec, source);
    const { KeyId } = signing;
    const message = { KeyId, Message: text, MessageType: 'RAW', Algorithm };
    const { Signature } = await used('Sign', message);
    expect(verify('sha256', text, publicKey, present(Signature))).toBe(true);
    const { Value } = await used('Verify', { ...message, Signature: sign('sha256', text, privateKey) });
    expect(Value).toBe(true);
    const Digest = createHash('sha256').update(text).digest('base64');
    const signed = await answer('AsymmetricSign', { ...signing, Algorithm, Digest });
    expect(verify('sha256', text, publicKey, fromBase64(signed['Value']))).toBe(true);
    const { PublicKey } = await answer('GetPublicKey', signing);
    expect(createPublicKey(PublicKey).equals(publicKey)).toBe(true);
  }
});

describe('the actions', () => {
  const way = { WrappingAlgorithm: 'SM2PKE', WrappingKeySpec: 'EC_SM2' } as const;
  const wrapped = (spki: Buffer, material: Buffer) => base64(wrap(spki, 'SM2PKE', material));

  test('tell of a key that waits, and answer with base64 and the end of the token', async () => {
    const { KeyMetadata } = await answer('CreateKey', { Origin: 'EXTERNAL' });
    expect(KeyMetadata).toMatchObject({
      KeyState: 'PendingImport',
      Origin: 'EXTERNAL',
      MaterialExpireTime: '',
      AutomaticRotation: 'Disabled',
    });
    expect(KeyMetadata).not.toHaveProperty('PrimaryKeyVersion');
    const { KeyId } = KeyMetadata;
    const body = await answer('GetParametersForImport', { KeyId, ...way });
    expect(body).toEqual({
      RequestId,
      KeyId,
      ImportToken: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) as string,
      PublicKey: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) as string,
      TokenExpireTime: '2026-01-03T03:04:05Z',
    });
    // id-ecPublicKey on the SM2 curve, uncompressed.
    expect(fromBase64(body['PublicKey']).toString('hex')).toMatch(
      /^3059301306072a8648ce3d020106082a811ccf5501822d03420004/,
    );
    const rsa = await parametersFor(KeyId, 'RSAES_OAEP_SHA_256');
    const { asymmetricKeyDetails } = createPublicKey({ key: rsa.spki, format: 'der', type: 'spki' });
    expect(asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect((await data.call('Encrypt', { KeyId, Plaintext: text })).code).toBe('Rejected.PendingImport');
    expect(await refusal('Encrypt', { KeyId, Plaintext: base64(text) })).toEqual([
      409,
      'Rejected.PendingImport',
    ]);
  });

  test('refuse automatic rotation of imported keys', async () => {
    const fields = { Origin: 'EXTERNAL', EnableAutomaticRotation: 'true', RotationInterval: '7d' };
    expect(await refusal('CreateKey', fields)).toEqual([400, 'UnsupportedOperation']);
    const { KeyId } = await imported('Aliyun_AES_256', sourceKey('Aliyun_AES_256'));
    expect(await refusal('CreateKeyVersion', { KeyId })).toEqual([400, 'Rejected.UnsupportedOperation']);
    expect(await refusal('DeleteKeyMaterial', { KeyId })).toEqual([400, 'UnsupportedOperation']);
  });

  test('refuse with the codes of the specification', async () => {
    const own = await createKey();
    const KeyId = await createKey({ Origin: 'EXTERNAL' });
    const { spki, ImportToken } = await parametersFor(KeyId, 'SM2PKE');
    const good = { KeyId, ImportToken, EncryptedKeyMaterial: wrapped(spki, Buffer.alloc(32, 1)) };
    const cases: [string, Texts, string][] = [
      ['GetParametersForImport', { KeyId: own, ...way }, 'Unsupported.Origin'],
      ['ImportKeyMaterial', { ...good, KeyId: own }, 'Unsupported.Origin'],
      ['DeleteKeyMaterial', { KeyId: own }, 'Unsupported.Origin'],
      [
        'GetParametersForImport',
        { KeyId, ...way, WrappingAlgorithm: 'RSAES_OAEP_SHA_1' },
        'InvalidParameter',
      ],
      ['GetParametersForImport', { KeyId, ...way, WrappingKeySpec: 'RSA_2048' }, 'InvalidParameter'],
      ['ImportKeyMaterial', { ...good, ImportToken: base64(Buffer.alloc(100)) }, 'InvalidImportToken'],
      ['ImportKeyMaterial', { ...good, EncryptedKeyMaterial: 'AAAA' }, 'InvalidKeyMaterial'],
      [
        'ImportKeyMaterial',
        { ...good, EncryptedKeyMaterial: wrapped(spki, Buffer.alloc(16, 1)) },
        'InvalidKeyMaterial',
      ],
      ['ImportKeyMaterial', { ...good, EncryptedKeyMaterial: '!' }, 'InvalidParameter'],
      ['ImportKeyMaterial', { ...good, KeyMaterialExpireUnix: '-1' }, 'InvalidParameter'],
      ['ImportKeyMaterial', { ...good, KeyMaterialExpireUnix: String(NOW / 1000) }, 'InvalidParameter'],
      ['ImportKeyMaterial', { ...good, KeyMaterialExpireUnix: '9'.repeat(12) }, 'InvalidParameter'],
    ];
    for (const [action, fields, code] of cases)
      expect([action, fields, ...(await refusal(action, fields))]).toEqual([action, fields, 400, code]);
    await answer('ImportKeyMaterial', good);
  });

  test('end the use of material when it expires, on both planes at once', async () => {
    const KeyId = await createKey({ Origin: 'EXTERNAL' });
    const { spki, ImportToken } = await parametersFor(KeyId, 'SM2PKE');
    const material = { KeyId, ImportToken, EncryptedKeyMaterial: wrapped(spki, Buffer.alloc(32, 2)) };
    const KeyMaterialExpireUnix = String(NOW / 1000 + 60);
    await answer('ImportKeyMaterial', { ...material, KeyMaterialExpireUnix });
    expect((await answer('DescribeKey', { KeyId })).KeyMetadata).toMatchObject({
      KeyState: 'Enabled',
      MaterialExpireTime: '2026-01-02T03:05:05Z',
    });
    const { CiphertextBlob } = await answer('Encrypt', { KeyId, Plaintext: base64(text) });
    const advance = await data.call('AdvanceEncrypt', { KeyId, Plaintext: text });
    const blob = present(advance.body['CiphertextBlob']);
    plane.clock.now = NOW + 60_000;
    try {
      const codes = [
        (await data.call('Encrypt', { KeyId, Plaintext: text })).code,
        (await data.call('AdvanceDecrypt', { KeyId, CiphertextBlob: blob })).code,
        (await refusal('Encrypt', { KeyId, Plaintext: base64(text) }))[1],
        (await refusal('Decrypt', { CiphertextBlob: CiphertextBlob }))[1],
        (await refusal('GenerateDataKey', { KeyId }))[1],
      ];
      expect(new Set(codes)).toEqual(new Set(['Rejected.PendingImport']));
      expect((await answer('DescribeKey', { KeyId })).KeyMetadata.KeyState).toBe('PendingImport');
      await answer('ImportKeyMaterial', material);
      const opened = await answer('Decrypt', { CiphertextBlob: CiphertextBlob });
      expect(opened['Plaintext']).toBe(base64(text));
      expect((await data.call('AdvanceDecrypt', { KeyId, CiphertextBlob: blob })).code).toBe('none');
    } finally {
      plane.clock.now = NOW;
    }
  });
});
