// EC_SM2 and Aliyun_SM4 in the software key store: against sm-crypto, and what the store itself answers for.

import { createCipheriv } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import type { KeyVersion } from '../../../appliance/core/key.ts';
import { openMaterial } from '../../../appliance/keystore/sealing.ts';
import { decodePkcs8, digestMessage, encodePkcs8, encodeSpki, generateKeyPair } from '../../../sm/index.js';
import { codeOf } from '../../support/core-services.ts';
import { changed, present } from '../../support/present.ts';
import { rawToDer } from '../../support/sm2-oracle.ts';
import { smCryptoPeer } from '../../support/sm2-peers.ts';
import {
  encryption,
  generatedVersion,
  SEALING,
  signature,
  softwareKeyStore,
  versionOf,
} from '../../support/software-keys.ts';

const store = softwareKeyStore();
afterAll(() => store.close());

const message = Buffer.from('message');
const SM2PKE = encryption('SM2PKE');
const SM2DSA = signature('SM2DSA');
const SM4_GCM = encryption('SM4_GCM');
const NO_IV = Buffer.alloc(0);

const pair = generateKeyPair();
const version = versionOf('EC_SM2', encodePkcs8(pair), encodeSpki(pair.point));

describe('EC_SM2', () => {
  it('is generated as PKCS#8 and SubjectPublicKeyInfo on the curve 1.2.156.10197.1.301', async () => {
    const made = await generatedVersion(store, 'EC_SM2');
    const oid = Buffer.from('06082a811ccf5501822d', 'hex');
    const spki = present(made.publicKey);
    expect(spki.includes(oid)).toBe(true);
    const material = openMaterial(SEALING, made, made.blob);
    const key = material.use((bytes) => {
      expect(bytes.includes(oid)).toBe(true);
      const { scalar, point } = present(decodePkcs8(bytes));
      return { scalar: Buffer.from(scalar), point: Buffer.from(point) };
    });
    expect(spki.subarray(-65)).toEqual(key.point);
    const value = await store.sign(made, SM2DSA, { type: 'RAW', message });
    expect(smCryptoPeer.verify(key, message, value)).toBe(true);
    expect(smCryptoPeer.decrypt(key, smCryptoPeer.encrypt(key, message))).toEqual(message);
  });

  it('signs RAW and DIGEST so that sm-crypto verifies, and verifies what sm-crypto signs', async () => {
    const inputs = [
      { type: 'RAW', message },
      { type: 'DIGEST', digest: digestMessage({ point: pair.point, message }) },
    ] as const;
    const foreign = smCryptoPeer.sign(pair, message);
    for (const input of inputs) {
      const value = await store.sign(version, SM2DSA, input);
      expect(smCryptoPeer.verify(pair, message, value)).toBe(true);
      for (const way of inputs) {
        expect(await store.verify(version, SM2DSA, way, value)).toBe(true);
        expect(await store.verify(version, SM2DSA, way, foreign)).toBe(true);
        expect(await store.verify(version, SM2DSA, way, changed(value, 10))).toBe(false);
        expect(await store.verify(version, SM2DSA, way, Buffer.alloc(0))).toBe(false);
      }
    }
  });

  it('encrypts raw with 97 bytes more, and decrypts raw and DER of sm-crypto', async () => {
    const { ciphertext, iv } = await store.encrypt(version, SM2PKE, { plaintext: message });
    expect(ciphertext.length).toBe(message.length + 97);
    expect(iv).toEqual(NO_IV);
    expect(smCryptoPeer.decrypt(pair, ciphertext)).toEqual(message);
    const foreign = smCryptoPeer.encrypt(pair, message);
    for (const each of [foreign, rawToDer(foreign)]) {
      expect(await store.decrypt(version, SM2PKE, { ciphertext: each, iv: NO_IV })).toEqual(message);
    }
  });

  it('takes plaintext of 1 to 6047 bytes', async () => {
    const outcome = (length: number) =>
      codeOf(() => store.encrypt(version, SM2PKE, { plaintext: Buffer.alloc(length, 1) }));
    expect(await Promise.all([0, 1, 6047, 6048].map(outcome))).toEqual([
      'InvalidParameter',
      'none',
      'none',
      'InvalidParameter',
    ]);
  });

  it('refuses undecryptable ciphertext with InvalidParameter, never with an empty plaintext', async () => {
    const { ciphertext } = await store.encrypt(version, SM2PKE, { plaintext: message });
    const bad = [NO_IV, Buffer.of(4), Buffer.of(0x30, 0), changed(ciphertext, 5), changed(ciphertext, 70)];
    for (const each of [
      ...bad,
      changed(ciphertext, 100),
      ciphertext.subarray(0, 97),
      rawToDer(ciphertext).subarray(1),
    ]) {
      expect(await codeOf(() => store.decrypt(version, SM2PKE, { ciphertext: each, iv: NO_IV }))).toBe(
        'InvalidParameter',
      );
    }
  });

  it('fails with a plain Error when the public key beside the blob is another', async () => {
    const foreign: KeyVersion = {
      ...version,
      id: version.id,
      publicKey: encodeSpki(generateKeyPair().point),
    };
    store.forget();
    await expect(store.sign(foreign, SM2DSA, { type: 'RAW', message })).rejects.not.toHaveProperty('code');
  });
});

describe('Aliyun_SM4', () => {
  it('is 16 bytes, without a public key', async () => {
    const made = await generatedVersion(store, 'Aliyun_SM4');
    expect(made.publicKey).toBeNull();
    expect(openMaterial(SEALING, made, made.blob).use(({ length }) => length)).toBe(16);
  });

  it('encrypts short texts at once and long ones in a worker thread, with SM4 in counter mode', async () => {
    const secret = Buffer.alloc(16, 9);
    const sm4 = versionOf('Aliyun_SM4', Buffer.from(secret), null);
    const aad = Buffer.from('aad');
    for (const length of [0, 1, 16_384, 16_385, 100_001]) {
      const plaintext = Buffer.alloc(length, 'text');
      const sealed = store.encrypt(sm4, SM4_GCM, { plaintext, aad });
      expect(sealed instanceof Promise).toBe(length > 16_384);
      const { ciphertext, iv } = await sealed;
      const stream = createCipheriv('sm4-ctr', secret, Buffer.concat([iv, Buffer.of(0, 0, 0, 2)]));
      expect(ciphertext.subarray(0, -16)).toEqual(stream.update(plaintext));
      expect(await store.decrypt(sm4, SM4_GCM, { ciphertext, iv, aad })).toEqual(plaintext);
      for (const bad of [
        { ciphertext: changed(ciphertext, length), iv, aad },
        { ciphertext, iv, aad: NO_IV },
      ]) {
        expect(await codeOf(() => store.decrypt(sm4, SM4_GCM, bad))).toBe('InvalidParameter');
      }
    }
  });
});
