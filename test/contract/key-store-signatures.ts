// The contract of key stores, part Sign and Verify: RAW and DIGEST, checked by node:crypto, noble and sm-crypto.
// Published vectors are in test/vectors.

import {
  constants,
  createHash,
  generateKeyPairSync,
  sign as nativeSign,
  verify as nativeVerify,
  randomBytes,
} from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignatureAlgorithmName } from '../../appliance/core/algorithms.ts';
import type { KeyVersion } from '../../appliance/core/key.ts';
import type { KeyStore, SignInput } from '../../appliance/core/ports/key-store.ts';
import { changed, present } from '../support/present.ts';
import { digestOf } from '../support/sm2-oracle.ts';
import { smCryptoPeer } from '../support/sm2-peers.ts';
import { publicKeyOf, SLOW, signature } from '../support/software-keys.ts';
import type { ContractBench } from './key-store-bench.ts';

const POINT_BYTES = 65;
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const NATIVE: Partial<Record<SignatureAlgorithmName, object>> = {
  RSA_PSS_SHA_256: PSS,
  RSA_PKCS1_SHA_256: { padding: constants.RSA_PKCS1_PADDING },
  ECDSA_SHA_256: { dsaEncoding: 'der' },
};

/** The message and what is signed of it: for SM2, e = SM3(Z | M). */
function inputs(message: Uint8Array, sm2Point?: Buffer): SignInput[] {
  const digest = sm2Point ? digestOf(sm2Point, message) : createHash('sha256').update(message).digest();
  return [
    { type: 'RAW', message },
    { type: 'DIGEST', digest },
  ];
}

function sm2PointOf({ spec, publicKey }: KeyVersion): Buffer | undefined {
  return spec === 'EC_SM2' ? present(publicKey).subarray(-POINT_BYTES) : undefined;
}

/** Whether another implementation takes the signature: node:crypto, for SM2 sm-crypto. */
function verifiesElsewhere(
  version: KeyVersion,
  name: SignatureAlgorithmName,
  { message, value }: { readonly message: Uint8Array; readonly value: Buffer },
): boolean {
  const point = sm2PointOf(version);
  if (point) return smCryptoPeer.verify({ scalar: Buffer.alloc(0), point }, Buffer.from(message), value);
  return nativeVerify('sha256', message, { key: publicKeyOf(version), ...NATIVE[name] }, value);
}

export function signatureContract({ subject, opened, versionFor }: ContractBench): void {
  const numRuns = SLOW ? 200 : 10;
  const cases = subject.specs.flatMap((spec) => spec.signature.map((name) => ({ spec: spec.name, name })));
  const verifies: KeyStore['verify'] = async (...args) => opened().store.verify(...args);

  describe.each(cases)('$name with $spec', ({ spec, name }) => {
    const algorithm = signature(name);

    it('signs so that another implementation and both ways of Verify agree', async () => {
      const version = await versionFor(spec);
      const point = sm2PointOf(version);
      const agrees = async (message: Uint8Array) => {
        for (const input of inputs(message, point)) {
          const value = await opened().store.sign(version, algorithm, input);
          expect(verifiesElsewhere(version, name, { message, value })).toBe(true);
          for (const way of inputs(message, point))
            expect(await verifies(version, algorithm, way, value)).toBe(true);
        }
      };
      await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), agrees), { numRuns });
      await agrees(randomBytes(100_000));
    });

    it('refuses another message and any changed byte', async () => {
      const version = await versionFor(spec);
      const message = Buffer.from('message');
      const point = sm2PointOf(version);
      const value = await opened().store.sign(version, algorithm, { type: 'RAW', message });
      for (const way of inputs(Buffer.from('other'), point))
        expect(await verifies(version, algorithm, way, value)).toBe(false);
      const refuses = async (at: number, change: number) => {
        const longer = Buffer.concat([value, Buffer.of(0)]);
        for (const way of inputs(message, point)) {
          for (const bad of [changed(value, at, change), value.subarray(0, at), longer])
            expect(await verifies(version, algorithm, way, bad)).toBe(false);
        }
      };
      const change = fc.integer({ min: 1, max: 255 });
      await fc.assert(fc.asyncProperty(fc.nat(value.length - 1), change, refuses), { numRuns });
    });
  });

  it.each([
    ['EC_P256', p256],
    ['EC_P256K', secp256k1],
  ] as const)('RAW ECDSA signatures of %s verify with an independent implementation', async (spec, curve) => {
    const version = await versionFor(spec);
    const message = Buffer.from('message');
    const input = { type: 'RAW', message } as const;
    const value = await opened().store.sign(version, signature('ECDSA_SHA_256'), input);
    const point = present(version.publicKey).subarray(-65);
    expect(curve.verify(value, message, point, { lowS: false, format: 'der' })).toBe(true);
  });

  it('RSA_PSS_SHA_256 takes salts of 32 bytes only, RAW and DIGEST alike', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    const version = await opened().versionOf('RSA_2048', pkcs8, spki);
    const message = Buffer.from('message');
    for (const saltLength of [0, 20, 31, 32, 33, 222]) {
      const key = { key: privateKey, padding: PSS.padding, saltLength };
      const value = nativeSign('sha256', message, key);
      for (const way of inputs(message)) {
        const valid = await verifies(version, signature('RSA_PSS_SHA_256'), way, value);
        expect(valid).toBe(saltLength === 32);
      }
    }
  });
}
