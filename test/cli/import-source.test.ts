// Keys as their owners have them: every form is read, and every other key than the one wanted is refused with words that
// hold nothing of it.

import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CliError } from '../../appliance/control-plane/cli/failures.ts';
import { isPair, type PairSource } from '../../appliance/control-plane/cli/import/source-crypto.ts';
import {
  destroySource,
  type Encoding,
  materialOf,
  readSourceKey,
  type SourceKey,
} from '../../appliance/control-plane/cli/import/source-key.ts';
import { type KeySpecName, keySpec } from '../../appliance/core/key-specs.ts';
import { encodePkcs8, generateKeyPair } from '../../sm/index.js';

const PASSPHRASE = 'correct horse';

function read(
  content: Buffer | string,
  spec: KeySpecName,
  { encoding = 'raw', passphrase = PASSPHRASE }: { encoding?: Encoding; passphrase?: string } = {},
): Promise<SourceKey> {
  const file = { name: 'key', content: Buffer.from(content), encoding };
  return readSourceKey({ ...file, passphrase: () => Promise.resolve(passphrase) }, keySpec(spec));
}

async function refusal(reading: Promise<SourceKey>): Promise<string> {
  const error: unknown = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CliError);
  expect(error).toMatchObject({ exitCode: 4 });
  return error instanceof CliError ? error.message : '';
}

const pkcs8 = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'pkcs8' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const p256 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
const koblitz = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;
const encryption = { cipher: 'aes-256-cbc', passphrase: PASSPHRASE };

describe('a private key is read from', () => {
  const forms: readonly [form: string, spec: KeySpecName, key: KeyObject, content: Buffer | string][] = [
    ['PKCS#8 in PEM', 'RSA_2048', rsa, rsa.export({ format: 'pem', type: 'pkcs8' })],
    ['PKCS#8 in DER', 'RSA_2048', rsa, pkcs8(rsa)],
    ['PKCS#1 in PEM', 'RSA_2048', rsa, rsa.export({ format: 'pem', type: 'pkcs1' })],
    ['PKCS#1 in DER', 'RSA_2048', rsa, rsa.export({ format: 'der', type: 'pkcs1' })],
    ['SEC1 in PEM', 'EC_P256', p256, p256.export({ format: 'pem', type: 'sec1' })],
    ['SEC1 in DER', 'EC_P256K', koblitz, koblitz.export({ format: 'der', type: 'sec1' })],
    ['PKCS#8 of secp256k1', 'EC_P256K', koblitz, pkcs8(koblitz)],
    ['encrypted PKCS#8 in PEM', 'RSA_2048', rsa, rsa.export({ format: 'pem', type: 'pkcs8', ...encryption })],
    [
      'encrypted PKCS#8 in DER',
      'EC_P256',
      p256,
      p256.export({ format: 'der', type: 'pkcs8', ...encryption }),
    ],
    ['encrypted PKCS#1', 'RSA_2048', rsa, rsa.export({ format: 'pem', type: 'pkcs1', ...encryption })],
  ];
  test.each(forms)('%s (%s)', async (_, spec, key, content) => {
    const source = await read(content, spec);
    expect(materialOf(source)).toEqual(pkcs8(key));
    expect(isPair(source as PairSource)).toBe(true);
  });
});

// Made by `openssl pkey -traditional`; a test key.
const SM2_SEC1 = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEICMIgrYb2L9Wk2LVGhr0uIcUGvwMqc/QD1KX4u/JaWI8oAoGCCqBHM9V
AYItoUQDQgAEO5JFY/KdV6YxTElFfz9JFAem/N40Yi6GrwBR3kNDjJPQiUsU+6eJ
4DW3bVEAVsLLsye2Kqd65cJ/8yUocdDrmA==
-----END EC PRIVATE KEY-----
`;
const SM2_SCALAR = '230882b61bd8bf569362d51a1af4b887141afc0ca9cfd00f5297e2efc969623c';

describe('an SM2 key is read from', () => {
  const key = generateKeyPair();
  // PKCS#8 as BouncyCastle writes it without the public point: version, algorithm, ECPrivateKey { 1, scalar }.
  const head = Buffer.from(
    '304102010030130607 2a8648ce3d0201 06082a811ccf5501822d 0427 30250201010420'.replaceAll(' ', ''),
    'hex',
  );
  test.each([
    ['PKCS#8 in DER', encodePkcs8(key), key.scalar],
    ['PKCS#8 without its public key', Buffer.concat([head, key.scalar]), key.scalar],
    [
      'SEC1 in DER',
      Buffer.from(SM2_SEC1.replaceAll(/-.*-|\n/g, ''), 'base64'),
      Buffer.from(SM2_SCALAR, 'hex'),
    ],
    ['SEC1 in PEM', SM2_SEC1, Buffer.from(SM2_SCALAR, 'hex')],
  ])('%s', async (_, content, scalar) => {
    const source = await read(content, 'EC_SM2');
    expect(materialOf(source)).toEqual(scalar);
    expect(isPair(source as PairSource)).toBe(true);
  });
});

describe('a symmetric key is read as', () => {
  const bytes = randomBytes(32);
  test.each([
    ['raw', bytes],
    ['base64', `${bytes.toString('base64')}\n`],
    ['hex', `${bytes.toString('hex').toUpperCase()}\r\n`],
  ] as const)('%s', async (encoding, content) => {
    expect(materialOf(await read(content, 'Aliyun_AES_256', { encoding }))).toEqual(bytes);
  });
});

describe('refused is', () => {
  test.each<[what: string, spec: KeySpecName, content: Buffer | string, words: string]>([
    [
      'another kind',
      'EC_P256',
      pkcs8(rsa),
      'holds an RSA key of 2048 bits, and EC_P256 is an EC key on prime256v1',
    ],
    ['another size', 'RSA_4096', pkcs8(rsa), 'RSA_4096 is an RSA key of 4096 bits'],
    ['another curve', 'EC_P256', pkcs8(koblitz), 'holds an EC key on secp256k1'],
    ['SM2 for a NIST curve', 'EC_P256', encodePkcs8(generateKeyPair()), 'holds an SM2 key'],
    ['a NIST curve for SM2', 'EC_SM2', pkcs8(p256), 'EC_SM2 is an SM2 key'],
    ['a kind that no key has', 'EC_P256', pkcs8(generateKeyPairSync('ed25519').privateKey), 'another kind'],
    ['PEM without a key', 'RSA_2048', '-----BEGIN NOTHING-----\nAAAA\n-----END NOTHING-----\n', 'in PEM'],
    ['no key at all', 'RSA_2048', 'nothing', 'is not a private key in PEM or DER'],
    ['an empty file', 'RSA_2048', '', 'is not a private key in PEM or DER'],
    ['a long symmetric key', 'Aliyun_SM4', randomBytes(32), 'holds 32 bytes, and Aliyun_SM4 has 16'],
  ])('%s', async (_, spec, content, words) => {
    expect(await refusal(read(content, spec))).toContain(words);
  });

  test.each([
    ['base64', 'no base64!'],
    ['hex', 'zz'.repeat(32)],
    ['hex', 'abc'],
  ] as const)('text that is not %s', async (encoding, content) => {
    expect(await refusal(read(content, 'Aliyun_AES_256', { encoding }))).toBe(`key: is not ${encoding}`);
  });

  test('a wrong passphrase', async () => {
    const pem = rsa.export({ format: 'pem', type: 'pkcs8', ...encryption });
    expect(await refusal(read(pem, 'RSA_2048', { passphrase: 'wrong' }))).toContain('passphrase is wrong');
  });
});

test('halves of two keys are not a pair', async () => {
  const foreign = generateKeyPair();
  const source = await read(encodePkcs8({ ...generateKeyPair(), point: foreign.point }), 'EC_SM2');
  expect(isPair(source as PairSource)).toBe(false);
  const other = createPrivateKey(koblitz.export({ format: 'pem', type: 'pkcs8' }));
  const mixed = { type: 'ec', privateKey: other, publicKey: p256 } as const;
  expect(isPair(mixed)).toBe(false);
});

test('a source that is destroyed holds nothing any more', async () => {
  const source = await read(randomBytes(32), 'Aliyun_AES_256');
  destroySource(source);
  expect(materialOf(source)).toEqual(Buffer.alloc(32));
});
