// What the editions offer: specs, algorithms and the additional usage of asymmetric keys.

import { afterAll, describe, expect, it } from 'vitest';
import { EDITIONS } from '../../../appliance/core/editions.ts';
import type { KeySpecName } from '../../../appliance/core/key-specs.ts';
import { decrypt } from '../../../appliance/data-plane/operations/decrypt.ts';
import { encrypt } from '../../../appliance/data-plane/operations/encrypt.ts';
import { generateDataKey } from '../../../appliance/data-plane/operations/generate-data-key.ts';
import { sign } from '../../../appliance/data-plane/operations/sign.ts';
import { verify } from '../../../appliance/data-plane/operations/verify.ts';
import { codeOf, coreServices } from '../../support/core-services.ts';
import { operationCalls } from '../../support/operation-calls.ts';
import { softwareKeyStore } from '../../support/software-keys.ts';

// Additional usages need no HSM.
const keyStore = softwareKeyStore();
afterAll(() => keyStore.close());
const basic = coreServices({ keyStore, edition: 'basic' });
const standard = coreServices({ keyStore, edition: 'standard' });
const basicCalls = operationCalls(basic, 'basic');
const standardCalls = operationCalls(standard, 'standard');

const plaintext = Buffer.from('a message');

describe('the basic edition', () => {
  it.each([...EDITIONS.basic.withheldSpecs])('makes no key of %s', async (spec) => {
    expect(await codeOf(() => basic.keys.createKey({ spec }))).toBe('InvalidParameter');
  });

  it.each([...EDITIONS.basic.withheldEncryption])('does not offer %s', async (Algorithm) => {
    const key = await basic.keys.createKey({});
    const fields = { Plaintext: plaintext, CiphertextBlob: plaintext, Algorithm };
    for (const operation of [encrypt, decrypt, generateDataKey])
      expect(await basicCalls.refusal(operation, key, fields)).toBe('UnsupportedOperation');
  });

  it('gives keys one usage and the level SOFTWARE', async () => {
    const request = { spec: 'EC_P256', additionalUsage: 'ENCRYPT/DECRYPT' };
    expect(await codeOf(() => basic.keys.createKey(request))).toBe('UnsupportedOperation');
    const key = await basic.keys.createKey({ spec: 'EC_P256' });
    expect(key).toMatchObject({ protectionLevel: 'SOFTWARE', usage: 'SIGN/VERIFY' });
    expect(key.additionalUsage).toBeUndefined();
    const refused = await basicCalls.refusal(encrypt, key, { Plaintext: plaintext });
    expect(refused).toBe('UnsupportedOperation');
  });
});

describe('the standard edition', () => {
  it('gives no key another version, neither when told to nor by itself', async () => {
    const { id } = await standard.keys.createKey({});
    const refused = 'Rejected.UnsupportedOperation';
    expect(await codeOf(() => standard.keys.createKeyVersion(id))).toBe(refused);
    expect(await codeOf(() => standard.keys.updateRotationPolicy(id, true, '7d'))).toBe(refused);
    const rotating = { automaticRotation: true, rotationInterval: '7d' };
    expect(await codeOf(() => standard.keys.createKey(rotating))).toBe('UnsupportedOperation');
  });

  it.each<[KeySpecName, string]>([
    ['RSA_2048', 'SIGN/VERIFY'],
    ['EC_P256', 'ENCRYPT/DECRYPT'],
    ['EC_SM2', 'SIGN/VERIFY'],
  ])('gives a key of %s for %s the other usage too', async (spec, usage) => {
    const additionalUsage = usage === 'SIGN/VERIFY' ? 'ENCRYPT/DECRYPT' : 'SIGN/VERIFY';
    const key = await standard.keys.createKey({ spec, usage, additionalUsage });
    expect(key).toMatchObject({ protectionLevel: 'HSM', usage, additionalUsage });
    const { CiphertextBlob } = await standardCalls.call(encrypt, key, { Plaintext: plaintext });
    const opened = await standardCalls.call(decrypt, key, { CiphertextBlob });
    expect(opened).toMatchObject({ Plaintext: plaintext });
    const { Signature } = await standardCalls.call(sign, key, { Message: plaintext });
    const checked = await standardCalls.call(verify, key, { Message: plaintext, Signature });
    expect(checked).toMatchObject({ Value: true });
  });

  it.each([
    [{ spec: 'Aliyun_AES_256', additionalUsage: 'SIGN/VERIFY' }],
    [{ spec: 'EC_P256', additionalUsage: 'SIGN/VERIFY' }],
    [{ spec: 'EC_P256', usage: 'ENCRYPT/DECRYPT', additionalUsage: 'ENCRYPT/DECRYPT' }],
    [{ spec: 'RSA_2048', additionalUsage: 'GENERATE/VERIFY_MAC' }],
  ])('refuses %o with InvalidParameter', async (request) => {
    expect(await codeOf(() => standard.keys.createKey(request))).toBe('InvalidParameter');
  });
});
