// Sign and Verify of the software key store, RAW and DIGEST, checked by node:crypto and by noble.
// Published vectors are in test/vectors.

import {
  constants,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  sign as nativeSign,
  verify as nativeVerify,
} from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { SignatureAlgorithmName } from '../../../appliance/core/algorithms.ts';
import type { SignInput } from '../../../appliance/core/ports/key-store.ts';
import { changed, present } from '../../support/present.ts';
import {
  publicKeyOf,
  SLOW,
  signature,
  softwareKeyStore,
  TESTED_SPECS,
  versionOf,
  versionPerSpec,
} from '../../support/software-keys.ts';

const signing = TESTED_SPECS.flatMap((spec) => spec.signature.map((name) => ({ spec: spec.name, name })));

const store = softwareKeyStore();
const versionFor = versionPerSpec(store);
afterAll(() => store.close());

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const NATIVE: Partial<Record<SignatureAlgorithmName, object>> = {
  RSA_PSS_SHA_256: PSS,
  RSA_PKCS1_SHA_256: { padding: constants.RSA_PKCS1_PADDING },
  ECDSA_SHA_256: { dsaEncoding: 'der' },
};

describe.each(signing)('$name with $spec', ({ spec, name }) => {
  const numRuns = SLOW ? 200 : 10;
  const algorithm = signature(name);
  const inputs = (message: Uint8Array): SignInput[] => [
    { type: 'RAW', message },
    { type: 'DIGEST', digest: createHash('sha256').update(message).digest() },
  ];

  it('signs so that node:crypto and both ways of Verify agree', async () => {
    const version = await versionFor(spec);
    const key = publicKeyOf(version);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), async (message) => {
        for (const input of inputs(message)) {
          const value = await store.sign(version, algorithm, input);
          expect(nativeVerify('sha256', message, { key, ...NATIVE[name] }, value)).toBe(true);
          for (const way of inputs(message))
            expect(await store.verify(version, algorithm, way, value)).toBe(true);
        }
      }),
      { numRuns },
    );
  });

  it('refuses another message and any changed byte', async () => {
    const version = await versionFor(spec);
    const message = Buffer.from('message');
    const value = await store.sign(version, algorithm, { type: 'RAW', message });
    for (const way of inputs(Buffer.from('other'))) {
      expect(await store.verify(version, algorithm, way, value)).toBe(false);
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(value.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const altered = changed(value, at, change);
        for (const way of inputs(message)) {
          for (const bad of [altered, value.subarray(0, at), Buffer.concat([value, Buffer.of(0)])]) {
            expect(await store.verify(version, algorithm, way, bad)).toBe(false);
          }
        }
      }),
      { numRuns },
    );
  });
});

describe('ECDSA_SHA_256', () => {
  it.each([
    ['EC_P256', p256],
    ['EC_P256K', secp256k1],
  ] as const)('RAW signatures of %s verify with an independent implementation', async (spec, curve) => {
    const version = await versionFor(spec);
    const message = Buffer.from('message');
    const value = await store.sign(version, signature('ECDSA_SHA_256'), { type: 'RAW', message });
    const point = present(version.publicKey).subarray(-65);
    expect(curve.verify(value, message, point, { lowS: false, format: 'der' })).toBe(true);
  });
});

describe('RSA_PSS_SHA_256', () => {
  it('takes salts of 32 bytes only, RAW and DIGEST alike', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    const version = versionOf('RSA_2048', Buffer.from(pkcs8), spki);
    const message = Buffer.from('message');
    const digest = createHash('sha256').update(message).digest();
    for (const saltLength of [0, 20, 31, 32, 33, 222]) {
      const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
      const value = nativeSign('sha256', message, { key, padding: PSS.padding, saltLength });
      const expected = saltLength === 32;
      const algorithm = signature('RSA_PSS_SHA_256');
      expect(await store.verify(version, algorithm, { type: 'RAW', message }, value)).toBe(expected);
      expect(await store.verify(version, algorithm, { type: 'DIGEST', digest }, value)).toBe(expected);
    }
  });
});
