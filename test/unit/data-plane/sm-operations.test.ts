// The data-plane APIs with keys of the SM specs: what each answers, and which it refuses.

import { afterAll, describe, expect, it } from 'vitest';
import { createCryptoService } from '../../../appliance/core/crypto-service.ts';
import { SM_KEY_SPECS } from '../../../appliance/core/key-specs.ts';
import { advanceDecrypt } from '../../../appliance/data-plane/operations/advance-decrypt.ts';
import { advanceEncrypt } from '../../../appliance/data-plane/operations/advance-encrypt.ts';
import { advanceGenerateDataKey } from '../../../appliance/data-plane/operations/advance-generate-data-key.ts';
import { decrypt } from '../../../appliance/data-plane/operations/decrypt.ts';
import { encrypt } from '../../../appliance/data-plane/operations/encrypt.ts';
import { generateDataKey } from '../../../appliance/data-plane/operations/generate-data-key.ts';
import { generateDataKeyPair } from '../../../appliance/data-plane/operations/generate-data-key-pair.ts';
import { getPublicKey } from '../../../appliance/data-plane/operations/get-public-key.ts';
import { sign } from '../../../appliance/data-plane/operations/sign.ts';
import { verify } from '../../../appliance/data-plane/operations/verify.ts';
import { digestMessage } from '../../../sm/index.js';
import { codeOf, coreServices } from '../../support/core-services.ts';
import { operationCalls } from '../../support/operation-calls.ts';

const services = coreServices();
const { keys, keyStore } = services;
const { call, refusal } = operationCalls(services, 'basic');
afterAll(() => keyStore.close());

const NONE = Buffer.alloc(0);
const plaintext = Buffer.from('a message');

describe('Aliyun_SM4', async () => {
  const key = await keys.createKey({ spec: 'Aliyun_SM4' });

  it('encrypts and decrypts with SM4_GCM, which is the default', async () => {
    const Aad = Buffer.from('aad');
    const sealed = await call(encrypt, key, { Plaintext: plaintext, Aad });
    expect(sealed).toMatchObject({ KeyId: key.id, Algorithm: 'SM4_GCM' });
    expect([sealed['Iv']?.length, sealed['CiphertextBlob']?.length]).toEqual([12, plaintext.length + 16]);
    const again = { CiphertextBlob: sealed['CiphertextBlob'], Iv: sealed['Iv'], Aad };
    expect(await call(decrypt, key, again)).toMatchObject({ Plaintext: plaintext, Algorithm: 'SM4_GCM' });
    expect(await refusal(decrypt, key, { ...again, Aad: NONE })).toBe('InvalidParameter');
    expect(await refusal(decrypt, key, { ...again, Iv: Buffer.alloc(16) })).toBe('InvalidParameter');
  });

  it('generates data keys that Decrypt opens', async () => {
    const made = await call(generateDataKey, key, { NumberOfBytes: 16 });
    const { Plaintext, CiphertextBlob, Iv } = made;
    expect(Plaintext?.length).toBe(16);
    expect(await call(decrypt, key, { CiphertextBlob, Iv })).toMatchObject({ Plaintext });
  });

  it.each(['SM4_CBC', 'SM4_ECB', 'AES_GCM', 'SM2PKE'])('does not support %s', async (Algorithm) => {
    expect(await refusal(encrypt, key, { Plaintext: plaintext, Algorithm })).toBe('UnsupportedOperation');
  });

  it('is no key of the Advance calls, whose layout has no code for it', async () => {
    expect(await refusal(advanceEncrypt, key, { Plaintext: plaintext })).toBe('UnsupportedOperation');
    expect(await refusal(advanceGenerateDataKey, key, {})).toBe('UnsupportedOperation');
    const { CiphertextBlob, Iv } = await call(encrypt, key, { Plaintext: plaintext });
    expect(await refusal(advanceDecrypt, key, { CiphertextBlob, Iv })).toBe('UnsupportedOperation');
  });

  it('neither signs nor has a public key', async () => {
    expect(await refusal(sign, key, { Message: plaintext })).toBe('UnsupportedOperation');
    expect(await refusal(getPublicKey, key, {})).toBe('UnsupportedOperation');
  });
});

describe('EC_SM2', async () => {
  const signing = await keys.createKey({ spec: 'EC_SM2' });
  const encrypting = await keys.createKey({ spec: 'EC_SM2', usage: 'ENCRYPT/DECRYPT' });

  it('signs with SM2DSA, RAW and DIGEST', async () => {
    expect(signing.usage).toBe('SIGN/VERIFY');
    const pem = String((await call(getPublicKey, signing, {}))['PublicKey']);
    expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\w+/=]{64}\n[\w+/=]+\n-----END PUBLIC KEY-----\n$/);
    const spki = Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ''), 'base64');
    const digest = digestMessage({ point: spki.subarray(-65), message: plaintext });
    const ways = [
      { MessageType: 'RAW', Message: plaintext },
      { MessageType: 'DIGEST', Message: digest },
    ];
    for (const way of ways) {
      const { Signature, ...rest } = await call(sign, signing, way);
      expect(rest).toMatchObject({ Algorithm: 'SM2DSA', MessageType: way.MessageType });
      for (const other of ways)
        expect(await call(verify, signing, { ...other, Signature })).toMatchObject({ Value: true });
    }
  });

  it('takes digests of exactly 32 bytes', async () => {
    for (const length of [0, 20, 31, 33, 64]) {
      const way = { MessageType: 'DIGEST', Message: Buffer.alloc(length) };
      expect(await refusal(sign, signing, way)).not.toBe('none');
    }
  });

  it('encrypts with SM2PKE up to 6047 bytes', async () => {
    const sealed = await call(encrypt, encrypting, { Plaintext: Buffer.alloc(6047, 1) });
    expect(sealed).toMatchObject({ Algorithm: 'SM2PKE', Iv: NONE });
    const { CiphertextBlob } = sealed;
    expect(CiphertextBlob?.length).toBe(6144);
    expect(await call(decrypt, encrypting, { CiphertextBlob })).toMatchObject({ Algorithm: 'SM2PKE' });
    expect(await refusal(encrypt, encrypting, { Plaintext: Buffer.alloc(6048) })).toBe('InvalidParameter');
    expect(await refusal(encrypt, encrypting, { Plaintext: plaintext, Aad: plaintext })).toBe(
      'InvalidParameter',
    );
    expect(await refusal(decrypt, encrypting, { CiphertextBlob: plaintext })).toBe('InvalidParameter');
  });

  it('does not do what it is not for', async () => {
    expect(await refusal(encrypt, signing, { Plaintext: plaintext })).toBe('UnsupportedOperation');
    expect(await refusal(sign, encrypting, { Message: plaintext })).toBe('UnsupportedOperation');
    expect(await refusal(generateDataKey, encrypting, {})).toBe('UnsupportedOperation');
    expect(await refusal(advanceEncrypt, encrypting, { Plaintext: plaintext })).toBe(
      'Forbidden.OnlySymmetricKeySupported',
    );
    expect(await refusal(sign, signing, { Message: plaintext, Algorithm: 'ECDSA_SHA_256' })).toBe(
      'UnsupportedOperation',
    );
  });

  it('is no spec of data key pairs', async () => {
    const aes = await keys.createKey({});
    const pair = { KeyPairSpec: 'EC_SM2', KeyFormat: 'PEM' };
    expect(await refusal(generateDataKeyPair, aes, pair)).toBe('InvalidParameter');
  });
});

it('with SM withheld CreateKey refuses both specs, and keys that exist go on working', async () => {
  const { keys: open, store: records, keyStore: keyStoreOfBoth } = coreServices();
  const key = await open.createKey({ spec: 'Aliyun_SM4' });
  const { keys: closed } = coreServices({ keyStore: keyStoreOfBoth, withheldSpecs: SM_KEY_SPECS });
  for (const spec of SM_KEY_SPECS)
    expect(await codeOf(() => closed.createKey({ spec }))).toBe('InvalidParameter');
  expect(await codeOf(() => closed.createKey({ spec: 'EC_P256' }))).toBe('none');
  const service = createCryptoService({
    store: records,
    edition: 'basic',
    keyStore: keyStoreOfBoth,
    clock: Date.now,
    decryptionFailure: 'InvalidParameter',
  });
  const version = service.version(key, '', key.initialVersionId);
  const parameters = { algorithm: '', aad: NONE, iv: NONE, paddingMode: '' };
  const { ciphertext } = await service.encrypt(key, version, plaintext, parameters);
  expect(ciphertext.length).toBe(plaintext.length + 16);
  await keyStoreOfBoth.close();
});
