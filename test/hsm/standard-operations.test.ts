// The data-plane operations of the standard edition over keys in SoftHSM: what the basic edition does not offer, and what
// neither does.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeySpecName } from '../../appliance/core/key-specs.ts';
import { advanceDecrypt } from '../../appliance/data-plane/operations/advance-decrypt.ts';
import { advanceEncrypt } from '../../appliance/data-plane/operations/advance-encrypt.ts';
import { decrypt } from '../../appliance/data-plane/operations/decrypt.ts';
import { encrypt } from '../../appliance/data-plane/operations/encrypt.ts';
import { generateDataKey } from '../../appliance/data-plane/operations/generate-data-key.ts';
import { generateDataKeyPair } from '../../appliance/data-plane/operations/generate-data-key-pair.ts';
import { sign } from '../../appliance/data-plane/operations/sign.ts';
import { verify } from '../../appliance/data-plane/operations/verify.ts';
import { HsmKeyStore } from '../../appliance/keystore/hsm-key-store.ts';
import { type CoreServices, codeOf, coreServices } from '../support/core-services.ts';
import { createHsmRig, type HsmRig } from '../support/hsm-rig.ts';
import { importedKey, importTo, stored } from '../support/imports.ts';
import { operationCalls } from '../support/operation-calls.ts';
import { SEALING } from '../support/software-keys.ts';

const SYMMETRIC: readonly KeySpecName[] = [
  'Aliyun_AES_128',
  'Aliyun_AES_192',
  'Aliyun_AES_256',
  'Aliyun_SM4',
];
const MODES = ['CBC', 'ECB'] as const;
const BLOCKS = ['AES_CBC', 'AES_ECB'] as const;
const NONE = Buffer.alloc(0);
const plaintext = Buffer.from('a message of more than one block');

let rig: HsmRig;
let services: CoreServices;
let calls: ReturnType<typeof operationCalls>;
beforeAll(async () => {
  rig = await createHsmRig({ members: 2, args: ['--processes', '1'] });
  const keyStore = new HsmKeyStore({ ...SEALING, hsm: rig.cluster });
  services = coreServices({ keyStore, edition: 'standard' });
  calls = operationCalls(services, 'standard');
});
afterAll(async () => {
  await services.keyStore.close();
  await rig.close();
});

describe.each(SYMMETRIC)('%s', (spec) => {
  const cipher = spec === 'Aliyun_SM4' ? 'SM4' : 'AES';

  it.each(MODES)('encrypts in %s, pads by PKCS#7 unless told not to, and says so', async (mode) => {
    const Algorithm = `${cipher}_${mode}`;
    const key = await services.keys.createKey({ spec });
    expect(key.protectionLevel).toBe('HSM');
    for (const [PaddingMode, effective] of [
      ['', 'PKCS7_PADDING'],
      ['PKCS7_PADDING', 'PKCS7_PADDING'],
      ['NO_PADDING', 'NO_PADDING'],
    ]) {
      const sealed = await calls.call(encrypt, key, { Plaintext: plaintext, Algorithm, PaddingMode });
      const { CiphertextBlob, Iv } = sealed;
      expect(sealed).toMatchObject({ KeyId: key.id, Algorithm, PaddingMode: effective });
      expect(Iv?.length).toBe(mode === 'CBC' ? 16 : 0);
      expect(CiphertextBlob?.length).toBe(effective === 'NO_PADDING' ? 32 : 48);
      const opened = await calls.call(decrypt, key, { CiphertextBlob, Iv, Algorithm, PaddingMode });
      expect(opened).toMatchObject({ Plaintext: plaintext, Algorithm, PaddingMode: effective });
    }
  });

  it('encrypts in GCM by default', async () => {
    const key = await services.keys.createKey({ spec });
    const { CiphertextBlob, Iv, ...rest } = await calls.call(encrypt, key, { Plaintext: plaintext });
    expect(rest).toMatchObject({ Algorithm: `${cipher}_GCM`, PaddingMode: '' });
    const opened = await calls.call(decrypt, key, { CiphertextBlob, Iv });
    expect(opened).toMatchObject({ Plaintext: plaintext });
  });
});

it.each(SYMMETRIC.filter((spec) => spec !== 'Aliyun_SM4'))('%s is taken by Advance', async (spec) => {
  const key = await services.keys.createKey({ spec });
  const advanced = await calls.call(advanceEncrypt, key, { Plaintext: plaintext });
  const again = await calls.call(advanceDecrypt, key, { CiphertextBlob: advanced['CiphertextBlob'] });
  expect(again).toMatchObject({ Plaintext: plaintext });
});

describe('AES_CBC and AES_ECB', () => {
  it.each(BLOCKS)('%s refuses what it does not take', async (Algorithm) => {
    const key = await services.keys.createKey({});
    const fields = { Plaintext: plaintext, Algorithm };
    const refused = [
      { ...fields, Aad: plaintext },
      { ...fields, PaddingMode: 'pkcs7' },
      { ...fields, PaddingMode: 'NO_PADDING', Plaintext: plaintext.subarray(1) },
    ];
    for (const each of refused) expect(await calls.refusal(encrypt, key, each)).toBe('InvalidParameter');
    const Iv = Buffer.alloc(12);
    const withIv = await calls.refusal(encrypt, key, { ...fields, Iv });
    expect(withIv).toBe(Algorithm === 'AES_CBC' ? 'InvalidParameter' : 'none');
    const blob = { CiphertextBlob: Buffer.alloc(32), Algorithm, Iv: Buffer.alloc(16) };
    const failed = await calls.refusal(decrypt, key, { ...blob, CiphertextBlob: Buffer.alloc(31) });
    expect(failed).toBe('InvalidParameter');
  });

  it.each(BLOCKS)('%s protects no data key and is not of the Advance layout', async (Algorithm) => {
    const key = await services.keys.createKey({});
    const pair = { KeyPairSpec: 'EC_P256', KeyFormat: 'DER', Algorithm };
    const refused = [
      calls.refusal(generateDataKey, key, { Algorithm }),
      calls.refusal(generateDataKeyPair, key, pair),
      calls.refusal(advanceEncrypt, key, { Algorithm, Plaintext: plaintext }),
      calls.refusal(advanceDecrypt, key, { Algorithm, CiphertextBlob: plaintext, Iv: Buffer.alloc(16) }),
    ];
    for (const each of refused) expect(await each).toBe('UnsupportedOperation');
  });

  it('AES_CBC without its IV does not decrypt', async () => {
    const key = await services.keys.createKey({});
    const fields = { CiphertextBlob: Buffer.alloc(32), Algorithm: 'AES_CBC', Iv: NONE };
    expect(await calls.refusal(decrypt, key, fields)).toBe('InvalidParameter');
  });
});

it('data keys under keys of the HSM open with Decrypt', async () => {
  const key = await services.keys.createKey({ spec: 'Aliyun_AES_192' });
  const { Plaintext, CiphertextBlob, Iv } = await calls.call(generateDataKey, key, { NumberOfBytes: 32 });
  expect(Plaintext?.length).toBe(32);
  expect(await calls.call(decrypt, key, { CiphertextBlob, Iv })).toMatchObject({ Plaintext });
});

it.each(['RSA_2048', 'EC_P256K', 'EC_SM2'] as const)(
  'a key of %s with both usages signs and decrypts',
  async (spec) => {
    const key = await services.keys.createKey({ spec, additionalUsage: 'ENCRYPT/DECRYPT' });
    const { CiphertextBlob } = await calls.call(encrypt, key, { Plaintext: plaintext });
    expect(await calls.call(decrypt, key, { CiphertextBlob })).toMatchObject({ Plaintext: plaintext });
    const { Signature } = await calls.call(sign, key, { Message: plaintext });
    const checked = await calls.call(verify, key, { Message: plaintext, Signature });
    expect(checked).toMatchObject({ Value: true });
  },
);

it('a key takes material that the HSM unwraps, the same once more, and no other', async () => {
  const { keys } = services;
  const { keyId, parameters, material } = await importedKey(services);
  const key = stored(services, keyId);
  expect(key).toMatchObject({ state: 'Enabled', origin: 'EXTERNAL', protectionLevel: 'HSM' });
  const { CiphertextBlob, Iv } = await calls.call(encrypt, key, { Plaintext: plaintext });
  await importTo(keys, parameters, material);
  expect(await calls.call(decrypt, key, { CiphertextBlob, Iv })).toMatchObject({ Plaintext: plaintext });
  expect(await codeOf(() => importTo(keys, parameters, Buffer.alloc(32, 1)))).toBe('InvalidKeyMaterial');
  expect(await codeOf(() => importTo(keys, parameters, Buffer.alloc(31, 1)))).toBe('InvalidKeyMaterial');
});

it('CreateKey of a spec that the HSM has not is UnsupportedOperation and leaves nothing', async () => {
  const poor = await createHsmRig({
    members: 1,
    args: ['--processes', '1'],
    without: ['CKM_SHA256_HMAC', 'CKM_EC_KEY_PAIR_GEN'],
  });
  const keyStore = new HsmKeyStore({ ...SEALING, hsm: poor.cluster });
  try {
    const { keys, store } = coreServices({ keyStore, edition: 'standard' });
    for (const spec of ['EC_SM2', 'Aliyun_SM4', 'EC_P256'])
      expect(await codeOf(() => keys.createKey({ spec }))).toBe('UnsupportedOperation');
    expect(store.records.keys.count()).toBe(0);
  } finally {
    await keyStore.close();
    await poor.close();
  }
});
