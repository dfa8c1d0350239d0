// The HSM key store when the HSM lacks something: members that are not there, another domain key, missing mechanisms.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EncryptionAlgorithmName } from '../../appliance/core/algorithms.ts';
import type { KeySpecName } from '../../appliance/core/key-specs.ts';
import { HsmKeyStore } from '../../appliance/keystore/hsm-key-store.ts';
import type { Hsm } from '../../hsm-adapter/index.ts';
import { createHsmRig, type HsmRig } from '../support/hsm-rig.ts';
import { newTarget } from '../support/import-targets.ts';
import { encryption, generatedVersion, newIdentity, SEALING, signature } from '../support/software-keys.ts';
import { wrap } from '../support/wrapping-side.ts';

const MEMBER = { members: 1, args: ['--processes', '1'] };
const NO_IV = Buffer.alloc(0);
const message = Buffer.from('message');

const stores: HsmKeyStore[] = [];
function storeOver(hsm: Hsm): HsmKeyStore {
  const store = new HsmKeyStore({ ...SEALING, hsm });
  stores.push(store);
  return store;
}
afterAll(() => Promise.all(stores.map((store) => store.close())));

describe('without a usable member', () => {
  let rig: HsmRig;
  let store: HsmKeyStore;
  beforeAll(async () => {
    rig = await createHsmRig(MEMBER);
    store = storeOver(rig.cluster);
  });
  afterAll(() => rig.close());

  it('private and secret keys are ServiceUnavailableTemporary, public keys verify', async () => {
    const aes = await generatedVersion(store, 'Aliyun_AES_256');
    const ec = await generatedVersion(store, 'EC_P256');
    const input = { type: 'RAW', message } as const;
    const value = await store.sign(ec, signature('ECDSA_SHA_256'), input);
    const alone = storeOver(rig.connect({ members: [] }));
    const ciphertext = Buffer.alloc(99);
    const ecies = encryption('ECIES_DH_SHA_1_XOR_HMAC');
    const refused = [
      alone.generate(newIdentity('EC_P256')),
      alone.encrypt(aes, encryption('AES_GCM'), { plaintext: message }),
      alone.decrypt(aes, encryption('AES_GCM'), { ciphertext, iv: Buffer.alloc(12) }),
      alone.sign(ec, signature('ECDSA_SHA_256'), input),
      alone.decrypt(ec, ecies, { ciphertext, iv: NO_IV }),
      // Nobody can say whether it would ever be decrypted.
      alone.encrypt(ec, ecies, { plaintext: message }),
    ];
    for (const work of refused)
      await expect(work).rejects.toMatchObject({ code: 'ServiceUnavailableTemporary', status: 503 });
    expect(await alone.verify(ec, signature('ECDSA_SHA_256'), input, value)).toBe(true);
  });

  it('work over the bound of the cluster is Rejected.Throttling', async () => {
    const aes = await generatedVersion(store, 'Aliyun_AES_256');
    const narrow = rig.connect({ maxInFlight: 0, domainCheckValue: rig.domainCheckValue });
    await narrow.firstContact();
    const work = storeOver(narrow).encrypt(aes, encryption('AES_GCM'), { plaintext: message });
    await expect(work).rejects.toMatchObject({ code: 'Rejected.Throttling', status: 429 });
  });

  it('keys of another cluster are ServiceUnavailableTemporary', async () => {
    const other = await createHsmRig(MEMBER);
    try {
      const foreign = await generatedVersion(storeOver(other.cluster), 'Aliyun_AES_256');
      const work = store.encrypt(foreign, encryption('AES_GCM'), { plaintext: message });
      await expect(work).rejects.toMatchObject({ code: 'ServiceUnavailableTemporary' });
    } finally {
      await other.close();
    }
  });
});

describe('with tokens that lack mechanisms', () => {
  let rig: HsmRig;
  let store: HsmKeyStore;
  beforeAll(async () => {
    const without = ['CKM_RSA_X_509', 'CKM_ECDH1_DERIVE', 'CKM_AES_ECB', 'CKM_RSA_PKCS_PSS'];
    rig = await createHsmRig({ ...MEMBER, without });
    store = storeOver(rig.cluster);
  });
  afterAll(() => rig.close());

  it.each<[EncryptionAlgorithmName, KeySpecName]>([
    ['AES_ECB', 'Aliyun_AES_128'],
    ['RSAES_OAEP_SHA_256', 'RSA_2048'],
    ['ECIES_DH_SHA_1_XOR_HMAC', 'EC_P256K'],
  ])('%s neither encrypts nor decrypts: UnsupportedOperation', async (name, spec) => {
    const version = await generatedVersion(store, spec);
    const ciphertext = Buffer.alloc(256, 4);
    for (const work of [
      store.encrypt(version, encryption(name), { plaintext: Buffer.alloc(16) }),
      store.decrypt(version, encryption(name), { ciphertext, iv: NO_IV }),
    ])
      await expect(work).rejects.toMatchObject({ code: 'UnsupportedOperation' });
  });

  it('what is left still works', async () => {
    const rsa = await generatedVersion(store, 'RSA_2048');
    const input = { type: 'RAW', message } as const;
    const pss = store.sign(rsa, signature('RSA_PSS_SHA_256'), input);
    await expect(pss).rejects.toMatchObject({ code: 'UnsupportedOperation' });
    const value = await store.sign(rsa, signature('RSA_PKCS1_SHA_256'), input);
    expect(await store.verify(rsa, signature('RSA_PKCS1_SHA_256'), input, value)).toBe(true);
  });

  it('a spec that the tokens cannot make is UnsupportedOperation, to generate and to import', async () => {
    const poor = await createHsmRig({ ...MEMBER, without: ['CKM_EC_KEY_PAIR_GEN', 'CKM_SHA256_HMAC'] });
    try {
      const poorStore = storeOver(poor.cluster);
      for (const spec of ['EC_P256', 'EC_SM2', 'Aliyun_SM4'] as const) {
        const making = poorStore.generate(newIdentity(spec));
        await expect(making).rejects.toMatchObject({ code: 'UnsupportedOperation' });
      }
      const { spki, importing } = await newTarget(poorStore, 'Aliyun_SM4', 'RSAES_OAEP_SHA_256');
      const wrapped = wrap(spki, 'RSAES_OAEP_SHA_256', Buffer.alloc(16, 1));
      await expect(importing(wrapped)).rejects.toMatchObject({ code: 'UnsupportedOperation' });
      await poorStore.generate(newIdentity('Aliyun_AES_192'));
    } finally {
      await poor.close();
    }
  });
});
