// Data key pairs work with node:crypto in both formats, one at a time. Source: data-plane specification 4.10.

import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeySpecName } from '../../../appliance/core/key-specs.ts';
import { KeyPairGenerator } from '../../../appliance/keystore/key-pair-generator.ts';

const DETAILS: [KeySpecName, object][] = [
  ['RSA_2048', { modulusLength: 2048, publicExponent: 65537n }],
  ['RSA_3072', { modulusLength: 3072, publicExponent: 65537n }],
  ['EC_P256', { namedCurve: 'prime256v1' }],
  ['EC_P256K', { namedCurve: 'secp256k1' }],
];

describe('KeyPairGenerator', () => {
  it.each(DETAILS)('makes a working %s pair in both formats', async (spec, details) => {
    const generator = new KeyPairGenerator();
    const der = await generator.generateDataKeyPair(spec, 'DER');
    const pem = await generator.generateDataKeyPair(spec, 'PEM');
    const pairs = [
      {
        publicKey: createPublicKey({ key: der.publicKey, format: 'der', type: 'spki' }),
        privateKey: createPrivateKey({ key: der.privateKey, format: 'der', type: 'pkcs8' }),
      },
      { publicKey: createPublicKey(pem.publicKey), privateKey: createPrivateKey(pem.privateKey) },
    ];
    for (const { publicKey, privateKey } of pairs) {
      expect(publicKey.asymmetricKeyDetails).toEqual(details);
      const message = Buffer.from('message');
      expect(verify('sha256', message, publicKey, sign('sha256', message, privateKey))).toBe(true);
    }
    expect(pem.privateKey.toString()).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(pem.publicKey.toString()).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  });

  it('refuses a second pair while one is under way with Rejected.Throttling', async () => {
    const generator = new KeyPairGenerator();
    const first = generator.generateDataKeyPair('RSA_2048', 'DER');
    await expect(generator.generateDataKeyPair('EC_P256', 'DER')).rejects.toMatchObject({
      code: 'Rejected.Throttling',
      message: 'Concurrency Limit Exceeded.',
    });
    await first;
    await generator.generateDataKeyPair('EC_P256', 'DER');
  });

  it('refuses a symmetric spec with InvalidParameter', async () => {
    const made = new KeyPairGenerator().generateDataKeyPair('Aliyun_AES_256', 'DER');
    await expect(made).rejects.toMatchObject({ code: 'InvalidParameter' });
  });
});
