// What comes out of each wrapping, and what of a wrapping that is wrong: random bytes and a mark, never an error that
// tells which step failed. The wrapping key is node:crypto's and the tests' own; the token's stands in test/hsm.

import {
  constants,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HsmError } from '../../../hsm-adapter/hsm-error.ts';
import { openWrappedMaterial, type WrappingKey } from '../../../hsm-adapter/import-wrapping.ts';
import type { HsmWrapping } from '../../../hsm-adapter/index.ts';
import { type HsmKeySpec, kindOf } from '../../../hsm-adapter/key-specs.ts';
import { encodeSpki, generateKeyPair } from '../../../sm/index.js';
import { changed } from '../../support/present.ts';
import { smCryptoPeer } from '../../support/sm2-peers.ts';
import { envelopeOf, wrapForHsm } from '../../support/wrapping-side.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const sm2 = generateKeyPair();
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };

function failing(work: () => Buffer): Buffer {
  try {
    return work();
  } catch {
    throw new HsmError('INVALID_CIPHERTEXT', 'as the token says it');
  }
}

const KEYS: Readonly<Record<'rsa' | 'sm2', WrappingKey>> = {
  rsa: {
    blockBytes: 256,
    decrypt: (data) => failing(() => privateDecrypt({ key: rsa.privateKey, ...OAEP }, data)),
    raw: (data) => failing(() => bare(rsa.privateKey, data)),
  },
  sm2: {
    blockBytes: 0,
    decrypt: (data) => {
      const message = data[0] === 4 ? smCryptoPeer.decrypt(sm2, data) : Buffer.alloc(0);
      return message.length > 0
        ? message
        : failing(() => {
            throw new Error('empty');
          });
    },
    raw: () =>
      failing(() => {
        throw new Error('not RSA');
      }),
  },
};

function bare(key: KeyObject, data: Buffer): Buffer {
  return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, data);
}

const SPKI = { rsa: rsa.publicKey.export({ format: 'der', type: 'spki' }), sm2: encodeSpki(sm2.point) };
const keyTypeOf = (wrapping: HsmWrapping) => (wrapping.startsWith('SM2') ? 'sm2' : 'rsa');

function open(spec: HsmKeySpec, wrapping: HsmWrapping, wrapped: Buffer) {
  return openWrappedMaterial(kindOf(spec), wrapping, { key: KEYS[keyTypeOf(wrapping)], wrapped });
}

const SYMMETRIC = ['RSA_PKCS1_V1_5', 'RSA_OAEP_SHA_256', 'SM2PKE'] as const;

describe.each(SYMMETRIC)('%s', (wrapping) => {
  const spki = SPKI[keyTypeOf(wrapping)];
  it.each([
    ['AES_128', 16],
    ['AES_192', 24],
    ['AES_256', 32],
    ['SM4', 16],
  ] as const)('gives the bytes of a %s', (spec, bytes) => {
    const secret = randomBytes(bytes);
    const { material, genuine } = open(spec, wrapping, wrapForHsm(spki, wrapping, secret));
    expect(genuine).toBe(true);
    expect(material.equals(secret)).toBe(true);
  });

  it('turns whatever is wrong into other bytes of the right length, and a mark', () => {
    const secret = randomBytes(32);
    const wrapped = wrapForHsm(spki, wrapping, secret);
    const bad = [
      changed(wrapped, wrapped.length - 1),
      changed(wrapped, 9),
      wrapped.subarray(1),
      Buffer.concat([wrapped, Buffer.of(0)]),
      Buffer.alloc(0),
      Buffer.alloc(256, 0xff),
      ...[1, 16, 31, 33, 64].map((bytes) => wrapForHsm(spki, wrapping, randomBytes(bytes))),
    ];
    for (const one of bad) {
      const { material, genuine } = open('AES_256', wrapping, one);
      expect(genuine).toBe(false);
      expect(material).toHaveLength(32);
      expect(material.equals(open('AES_256', wrapping, one).material)).toBe(false);
    }
  });

  it.each(['RSA_2048', 'EC_P256', 'SM2'] as const)('carries no %s', (spec) => {
    const wrapped = wrapForHsm(spki, wrapping, randomBytes(32));
    expect(() => open(spec, wrapping, wrapped)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

it('PKCS#1 v1.5 takes no block that differs in its padding', () => {
  const secret = randomBytes(32);
  const good = bare(rsa.privateKey, wrapForHsm(SPKI.rsa, 'RSA_PKCS1_V1_5', secret));
  const zeroInPadding = Buffer.from(good).fill(0, 20, 21);
  const noSeparator = Buffer.from(good).fill(1, 256 - 33, 256 - 32);
  for (const block of [zeroInPadding, noSeparator, changed(good, 1), changed(good, 1, 3)]) {
    const wrapped = publicEncrypt({ key: rsa.publicKey, padding: constants.RSA_NO_PADDING }, block);
    expect(open('AES_256', 'RSA_PKCS1_V1_5', wrapped).genuine).toBe(false);
  }
});

describe('an envelope', () => {
  const pkcs8 = rsa.privateKey.export({ format: 'der', type: 'pkcs8' });
  const scalar = randomBytes(32);

  it('gives the PKCS#8, or the scalar', () => {
    const wrapped = wrapForHsm(SPKI.rsa, 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7', pkcs8);
    expect(open('RSA_2048', 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7', wrapped)).toEqual({
      material: pkcs8,
      genuine: true,
    });
    const sm = wrapForHsm(SPKI.sm2, 'SM2PKE_SM4_ECB', scalar);
    expect(open('SM2', 'SM2PKE_SM4_ECB', sm)).toEqual({ material: scalar, genuine: true });
  });

  it('whose key does not open is not genuine, whatever lies behind it', () => {
    const rsaWrapped = wrapForHsm(SPKI.rsa, 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7', pkcs8);
    const smWrapped = wrapForHsm(SPKI.sm2, 'SM2PKE_SM4_ECB', scalar);
    const shortKey = Buffer.concat([
      wrapForHsm(SPKI.rsa, 'RSA_OAEP_SHA_256', Buffer.alloc(16)),
      envelopeOf(SPKI.rsa, 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD', pkcs8, Buffer.alloc(32)).content,
    ]);
    const bad: [HsmKeySpec, HsmWrapping, Buffer][] = [
      ['RSA_2048', 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7', changed(rsaWrapped, 5)],
      ['RSA_2048', 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7', shortKey],
      ['RSA_2048', 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7', rsaWrapped.subarray(0, 256)],
      ['RSA_2048', 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7', rsaWrapped.subarray(0, -1)],
      ['RSA_2048', 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7', Buffer.alloc(0)],
      ['SM2', 'SM2PKE_SM4_ECB', changed(smWrapped, 70)],
      ['SM2', 'SM2PKE_SM4_ECB', smWrapped.subarray(0, -16)],
      ['SM2', 'SM2PKE_SM4_ECB', Buffer.concat([smWrapped, Buffer.alloc(16)])],
      ['SM2', 'SM2PKE_SM4_ECB', smWrapped.subarray(0, 20)],
      ['SM2', 'SM2PKE_SM4_ECB', Buffer.alloc(0)],
    ];
    for (const [spec, wrapping, wrapped] of bad) expect(open(spec, wrapping, wrapped).genuine).toBe(false);
  });

  it('carries no symmetric key, and no pair of the other algorithm', () => {
    for (const [spec, wrapping] of [
      ['AES_256', 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7'],
      ['SM2', 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7'],
      ['SM4', 'SM2PKE_SM4_ECB'],
      ['EC_P256', 'SM2PKE_SM4_ECB'],
    ] as const) {
      expect(() => open(spec, wrapping, Buffer.alloc(300))).toThrow(
        expect.objectContaining({ code: 'INVALID_INPUT' }),
      );
    }
  });
});

it('faults of the token pass as they are', () => {
  const lost = {
    ...KEYS.rsa,
    decrypt: () => {
      throw new HsmError('UNAVAILABLE', 'gone');
    },
  };
  const input = { key: lost, wrapped: Buffer.alloc(256) };
  expect(() => openWrappedMaterial(kindOf('AES_256'), 'RSA_OAEP_SHA_256', input)).toThrow(
    expect.objectContaining({ code: 'UNAVAILABLE' }),
  );
});

it('SM2 ciphertext in DER is as long as its numbers are, and goes to the key whole', () => {
  const seen: Buffer[] = [];
  const key = {
    ...KEYS.sm2,
    decrypt: (data: Buffer) => {
      seen.push(data);
      return Buffer.alloc(16);
    },
  };
  const wrapped = wrapForHsm(SPKI.sm2, 'SM2PKE_SM4_ECB', generateKeyPair().scalar, 'der');
  openWrappedMaterial(kindOf('SM2'), 'SM2PKE_SM4_ECB', { key, wrapped });
  expect(seen[0]?.equals(wrapped.subarray(0, -32))).toBe(true);
});
