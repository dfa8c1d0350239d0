// Keys of the SM specs over the OpenAPI, against sm-crypto.

import { createCipheriv, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestMessage, encodeSpki, generateKeyPair } from '../../../sm/index.js';
import { type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';
import { addKnownVersion, callsOf, contextAad } from '../../support/openapi-crypto.ts';
import { present } from '../../support/present.ts';
import { rawToDer } from '../../support/sm2-oracle.ts';
import { type Sm2Key, smCryptoPeer } from '../../support/sm2-peers.ts';

let plane: ControlPlaneFixture;
const { answer, refusal, newKey } = callsOf(() => plane);
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.close());

const message = Buffer.from('a message');
const base64 = (bytes: Buffer) => bytes.toString('base64');

/** What names a new EC_SM2 key in a call, and its public half. */
async function newSm2Key(KeyUsage: string) {
  const KeyId = await newKey({ KeySpec: 'EC_SM2', KeyUsage });
  const named = { KeyId, KeyVersionId: present(plane.store.records.keys.get(KeyId)).primaryVersionId };
  const pem: string = (await answer('GetPublicKey', named)).PublicKey;
  const spki = Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ''), 'base64');
  const key: Sm2Key = { scalar: Buffer.alloc(0), point: spki.subarray(-65) };
  return { named, key, spki };
}

describe('EC_SM2', () => {
  test('AsymmetricSign and AsymmetricVerify work on SM3(Z | M)', async () => {
    const { named, key } = await newSm2Key('SIGN/VERIFY');
    const call = { ...named, Algorithm: 'SM2DSA', Digest: base64(digestMessage({ ...key, message })) };
    const Value = String((await answer('AsymmetricSign', call)).Value);
    expect(smCryptoPeer.verify(key, message, Buffer.from(Value, 'base64'))).toBe(true);
    expect((await answer('AsymmetricVerify', { ...call, Value })).Value).toBe(true);
    const other = { ...call, Digest: base64(randomBytes(32)) };
    expect((await answer('AsymmetricVerify', { ...other, Value })).Value).toBe(false);
    for (const length of [31, 33]) {
      const Digest = base64(randomBytes(length));
      expect(await refusal('AsymmetricSign', { ...call, Digest })).toEqual([400, 'InvalidParameter']);
    }
    expect(await refusal('AsymmetricSign', { ...call, Algorithm: 'ECDSA_SHA_256' })).toEqual([
      400,
      'Rejected.UnsupportedOperation',
    ]);
  });

  test('AsymmetricDecrypt opens what sm-crypto made of the public key, raw and DER', async () => {
    const { named, key, spki } = await newSm2Key('ENCRYPT/DECRYPT');
    expect(spki).toEqual(encodeSpki(key.point));
    const call = { ...named, Algorithm: 'SM2PKE' };
    const raw = smCryptoPeer.encrypt(key, message);
    const own = await answer('AsymmetricEncrypt', { ...call, Plaintext: base64(message) });
    for (const CiphertextBlob of [base64(raw), base64(rawToDer(raw)), own.CiphertextBlob]) {
      const { Plaintext } = await answer('AsymmetricDecrypt', { ...call, CiphertextBlob });
      expect(Plaintext).toBe(base64(message));
    }
    expect(await refusal('AsymmetricDecrypt', { ...call, CiphertextBlob: base64(message) })).toEqual([
      400,
      'InvalidParameter',
    ]);
    const tooLong = { ...call, Plaintext: base64(Buffer.alloc(6048)) };
    expect(await refusal('AsymmetricEncrypt', tooLong)).toEqual([400, 'InvalidParameter']);
  });

  test('ReEncrypt takes its ciphertext as a source', async () => {
    const { named, key } = await newSm2Key('ENCRYPT/DECRYPT');
    const { CiphertextBlob } = await answer('ReEncrypt', {
      CiphertextBlob: base64(smCryptoPeer.encrypt(key, message)),
      SourceKeyId: named.KeyId,
      SourceKeyVersionId: named.KeyVersionId,
      SourceEncryptionAlgorithm: 'SM2PKE',
      DestinationKeyId: await newKey({ KeySpec: 'Aliyun_SM4' }),
    });
    expect((await answer('Decrypt', { CiphertextBlob })).Plaintext).toBe(base64(message));
  });
});

describe('Aliyun_SM4', () => {
  test('Encrypt seals blobs with SM4-GCM that Decrypt opens', async () => {
    const keyId = await newKey({ KeySpec: 'Aliyun_SM4' });
    const material = randomBytes(16);
    const version = await addKnownVersion(plane, keyId, material);
    const fields = { KeyId: keyId, Plaintext: base64(message), EncryptionContext: '{"app":"a"}' };
    const { CiphertextBlob, KeyVersionId } = await answer('Encrypt', fields);
    expect(KeyVersionId).toBe(version);
    const blob = Buffer.from(CiphertextBlob, 'base64');
    const stream = createCipheriv(
      'sm4-ctr',
      material,
      Buffer.concat([blob.subarray(36, 48), Buffer.of(0, 0, 0, 2)]),
    );
    expect(blob.subarray(48, -16)).toEqual(stream.update(base64(message)));
    expect(contextAad({ app: 'a' }).length).toBe(32);
    const opening = { CiphertextBlob, EncryptionContext: fields.EncryptionContext };
    expect((await answer('Decrypt', opening)).Plaintext).toBe(base64(message));
    expect(await refusal('Decrypt', { CiphertextBlob })).toEqual([400, 'InvalidParameter']);
  });

  test('GenerateDataKey makes data keys', async () => {
    const made = await answer('GenerateDataKey', { KeyId: await newKey({ KeySpec: 'Aliyun_SM4' }) });
    const { Plaintext } = await answer('Decrypt', { CiphertextBlob: made.CiphertextBlob });
    expect(Plaintext).toBe(made.Plaintext);
  });

  test('is ENCRYPT/DECRYPT only', async () => {
    const call = { KeySpec: 'Aliyun_SM4', KeyUsage: 'SIGN/VERIFY' };
    expect(await refusal('CreateKey', call)).toEqual([400, 'InvalidParameter']);
  });
});

describe('export of a data key to EC_SM2', () => {
  const holder = generateKeyPair();
  const wrapping = { WrappingKeySpec: 'EC_SM2', WrappingAlgorithm: 'SM2PKE' };
  const PublicKeyBlob = base64(encodeSpki(holder.point));

  test('the holder of the private key opens it', async () => {
    const KeyId = await newKey();
    for (const bytes of [1, 32, 1024]) {
      const fields = { KeyId, PublicKeyBlob, ...wrapping, NumberOfBytes: String(bytes) };
      const made = await answer('GenerateAndExportDataKey', fields);
      const dataKey = smCryptoPeer.decrypt(holder, Buffer.from(made.ExportedDataKey, 'base64'));
      expect(dataKey.length).toBe(bytes);
      const { CiphertextBlob } = made;
      expect((await answer('Decrypt', { CiphertextBlob })).Plaintext).toBe(base64(dataKey));
      const exported = await answer('ExportDataKey', { CiphertextBlob, PublicKeyBlob, ...wrapping });
      expect(smCryptoPeer.decrypt(holder, Buffer.from(exported.ExportedDataKey, 'base64'))).toEqual(dataKey);
    }
  });

  test('a point off the curve is refused', async () => {
    const point = Buffer.from(holder.point);
    point.writeUInt8(point.readUInt8(64) ^ 1, 64);
    const fields = { KeyId: await newKey(), PublicKeyBlob: base64(encodeSpki(point)), ...wrapping };
    expect(await refusal('GenerateAndExportDataKey', fields)).toEqual([400, 'InvalidParameter']);
  });
});
