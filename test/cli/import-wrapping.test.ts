// The sending side of an import, taken apart again by others: RSA and AES by node:crypto step by step, SM2 by sm-crypto.
// Layouts are those of control-plane specification 3.4.2.

import {
  constants,
  createDecipheriv,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  randomBytes,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CliError } from '../../appliance/control-plane/cli/failures.ts';
import { chooseWrapping, WRAPPING_NAMES } from '../../appliance/control-plane/cli/import/wrapping.ts';
import { encodeSpki, generateKeyPair } from '../../sm/index.js';
import { smCryptoPeer } from '../support/sm2-peers.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsaPublicKey = rsa.publicKey.export({ format: 'der', type: 'spki' });
const sm2 = generateKeyPair();
const sm2PublicKey = encodeSpki(sm2.point);

function wrap(type: 'symmetric' | 'rsa' | 'ec' | 'sm2', algorithm: string, material: Buffer): Buffer {
  const wrapping = chooseWrapping(type, algorithm);
  const publicKey = wrapping.wrappingKeySpec === 'RSA_2048' ? rsaPublicKey : sm2PublicKey;
  return wrapping.wrap({ publicKey, material, randomBytes });
}

function openOaep(block: Buffer): Buffer {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return privateDecrypt({ key: rsa.privateKey, padding, oaepHash: 'sha256' }, block);
}

/** Without PKCS#1 v1.5 decryption, which node:crypto may refuse: the raw block is 00 | 02 | nonzero bytes | 00 | key. */
function openPkcs1(block: Buffer): Buffer {
  const raw = privateDecrypt({ key: rsa.privateKey, padding: constants.RSA_NO_PADDING }, block);
  expect([raw[0], raw[1]]).toEqual([0, 2]);
  return raw.subarray(raw.indexOf(0, 2) + 1);
}

function decipher(name: string, key: Buffer, bytes: Buffer, padding: boolean): Buffer {
  const cipher = createDecipheriv(name, key, null).setAutoPadding(padding);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

const SYMMETRIC: readonly [algorithm: string, size: number, open: (block: Buffer) => Buffer][] = [
  ['RSAES_OAEP_SHA_256', 256, openOaep],
  ['RSAES_PKCS1_V1_5', 256, openPkcs1],
  ['SM2PKE', 97 + 32, (block) => smCryptoPeer.decrypt(sm2, block)],
];

test.each(SYMMETRIC)('%s carries a symmetric key in one block', (algorithm, size, open) => {
  const material = randomBytes(32);
  const wrapped = wrap('symmetric', algorithm, material);
  expect(wrapped).toHaveLength(size);
  expect(open(wrapped)).toEqual(material);
});

const PRIVATE_KEYS: readonly [type: 'rsa' | 'ec', name: string, key: KeyObject][] = [
  ['rsa', 'RSA_2048', rsa.privateKey],
  ['ec', 'EC_P256', generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey],
  ['ec', 'EC_P256K', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey],
];

test.each(PRIVATE_KEYS)('a key of kind %s (%s) goes under a fresh AES key under RSA', (type, _, key) => {
  const material = key.export({ format: 'der', type: 'pkcs8' });
  const algorithm = 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD';
  const wrapped = wrap(type, algorithm, material);
  const ephemeral = openOaep(wrapped.subarray(0, 256));
  expect(ephemeral).toHaveLength(32);
  expect(decipher('aes-256-ecb', ephemeral, wrapped.subarray(256), true)).toEqual(material);
  const again = openOaep(wrap(type, algorithm, material).subarray(0, 256));
  expect(again.equals(ephemeral)).toBe(false);
});

test('an SM2 key goes as its scalar under a fresh SM4 key under SM2, 145 bytes in all', () => {
  const { scalar } = generateKeyPair();
  const wrapped = wrap('sm2', 'SM2PKE_SM4_ECB', scalar);
  expect(wrapped).toHaveLength(145);
  const ephemeral = smCryptoPeer.decrypt(sm2, wrapped.subarray(0, 113));
  expect(ephemeral).toHaveLength(16);
  expect(decipher('sm4-ecb', ephemeral, wrapped.subarray(113), false)).toEqual(scalar);
});

test('the ephemeral key is wiped when the material is wrapped', () => {
  const made: Buffer[] = [];
  chooseWrapping('sm2', undefined).wrap({
    publicKey: sm2PublicKey,
    material: randomBytes(32),
    randomBytes(size) {
      const bytes = randomBytes(size);
      made.push(bytes);
      return bytes;
    },
  });
  expect(made).toEqual([Buffer.alloc(16)]);
});

describe('without a choice', () => {
  test.each([
    ['symmetric', 'RSAES_OAEP_SHA_256'],
    ['rsa', 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD'],
    ['ec', 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD'],
    ['sm2', 'SM2PKE_SM4_ECB'],
  ] as const)('a key of kind %s is wrapped with %s', (type, algorithm) => {
    expect(chooseWrapping(type, undefined).name).toBe(algorithm);
  });
});

test('a wrapping that does not carry such keys is refused, with those that do', () => {
  for (const algorithm of WRAPPING_NAMES.filter((each) => each !== 'SM2PKE_SM4_ECB')) {
    expect(() => chooseWrapping('sm2', algorithm)).toThrow(/takes SM2PKE_SM4_ECB$/);
  }
});

test.each([
  ['RSA', 'RSAES_OAEP_SHA_256', sm2PublicKey],
  ['SM2', 'SM2PKE', rsaPublicKey],
  ['RSA', 'RSAES_PKCS1_V1_5', Buffer.from('nothing')],
])('a wrapping key that is no %s key wraps nothing', (_, algorithm, publicKey) => {
  const { wrap: attempt } = chooseWrapping('symmetric', algorithm);
  expect(() => attempt({ publicKey, material: randomBytes(32), randomBytes })).toThrow(CliError);
});
