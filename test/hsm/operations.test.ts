// Every operation of the HSM, verified against node:crypto, over mutual TLS and two tokens with one domain key.

import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HsmKey, HsmKeySpec } from '../../hsm-adapter/index.ts';
import { createHsmRig, type HsmRig } from '../support/hsm-rig.ts';
import { changed, present } from '../support/present.ts';

const MESSAGE = Buffer.from('the message that is signed');
const DIGEST = createHash('sha256').update(MESSAGE).digest();
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
const AES = [
  ['AES_128', 16],
  ['AES_192', 24],
  ['AES_256', 32],
] as const;
const BLOCK_CIPHERS = [
  ...AES.map(([spec, bytes]) => [spec, bytes, 'AES', `aes-${bytes * 8}`] as const),
  ['SM4', 16, 'SM4', 'sm4'] as const,
];
const CURVES = [
  ['EC_P256', 'prime256v1'],
  ['EC_P256K', 'secp256k1'],
] as const;
const ROUNDS = [0, 1, 15, 16, 17, 4096, 1024 * 1024];

let rig: HsmRig;
beforeAll(async () => {
  rig = await createHsmRig({ members: 2, args: ['--processes', '1'] });
});
afterAll(() => rig.close());

function publicKeyOf({ publicKey }: HsmKey): KeyObject {
  return createPublicKey({ key: present(publicKey), format: 'der', type: 'spki' });
}

function pkcs8(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'pkcs8' });
}

describe.each(AES)('%s', (spec, bytes) => {
  it('AES_GCM of imported material equals node:crypto in both directions', async () => {
    const secret = randomBytes(bytes);
    const key = await rig.cluster.importKey(spec, secret);
    const aad = randomBytes(20);
    for (const size of ROUNDS) {
      const plaintext = randomBytes(size);
      const { iv, ciphertext } = await rig.cluster.encrypt(key, 'AES_GCM', { plaintext, aad });
      const cipher = createCipheriv(`aes-${bytes * 8}-gcm` as 'aes-256-gcm', secret, iv).setAAD(aad);
      const expected = [cipher.update(plaintext), cipher.final(), cipher.getAuthTag()];
      expect(ciphertext.equals(Buffer.concat(expected)), `${size} bytes`).toBe(true);
      const back = await rig.cluster.decrypt(key, 'AES_GCM', { ciphertext, iv, aad });
      expect(back.equals(plaintext)).toBe(true);
    }
  });
});

describe.each(BLOCK_CIPHERS)('%s', (spec, bytes, family, native) => {
  it.each([
    ['CBC', 'cbc', false],
    ['CBC_PKCS7', 'cbc', true],
    ['ECB', 'ecb', false],
    ['ECB_PKCS7', 'ecb', true],
  ] as const)('%s of imported material equals node:crypto', async (suffix, mode, padding) => {
    const name = `${family}_${suffix}` as const;
    const secret = randomBytes(bytes);
    const key = await rig.cluster.importKey(spec, secret);
    for (const size of ROUNDS.filter((size) => padding || (size > 0 && size % 16 === 0))) {
      const plaintext = randomBytes(size);
      const iv = mode === 'cbc' ? randomBytes(16) : null;
      const given = iv === null ? {} : { iv };
      const { ciphertext } = await rig.cluster.encrypt(key, name, { plaintext, ...given });
      const decipher = createDecipheriv(`${native}-${mode}`, secret, iv).setAutoPadding(padding);
      const opened = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
      expect(opened.equals(plaintext), `${size} bytes`).toBe(true);
      const back = await rig.cluster.decrypt(key, name, { ciphertext, ...given });
      expect(back.equals(plaintext), `${size} bytes`).toBe(true);
    }
  });
});

it.each([
  ['AES_256', 'AES'],
  ['SM4', 'SM4'],
] as const)('whatever is wrong with a ciphertext of %s is INVALID_CIPHERTEXT', async (spec, family) => {
  const gcm = `${family}_GCM` as const;
  const key = await rig.cluster.generate(spec);
  const { iv, ciphertext } = await rig.cluster.encrypt(key, gcm, { plaintext: MESSAGE });
  const attempts = [
    { ciphertext: changed(ciphertext, 0), iv },
    { ciphertext: changed(ciphertext, ciphertext.length - 1), iv },
    { ciphertext: ciphertext.subarray(0, 15), iv },
    { ciphertext, iv: changed(iv, 0) },
    { ciphertext, iv, aad: Buffer.from('other') },
  ];
  for (const input of attempts) {
    await expect(rig.cluster.decrypt(key, gcm, input)).rejects.toMatchObject({
      code: 'INVALID_CIPHERTEXT',
    });
  }
  for (const cipher of [`${family}_CBC_PKCS7`, `${family}_ECB_PKCS7`] as const) {
    const iv = cipher.endsWith('CBC_PKCS7') ? { iv: Buffer.alloc(16) } : {};
    for (const ciphertext of [Buffer.alloc(0), Buffer.alloc(17), Buffer.alloc(32)]) {
      const decrypting = rig.cluster.decrypt(key, cipher, { ciphertext, ...iv });
      await expect(decrypting).rejects.toMatchObject({ code: 'INVALID_CIPHERTEXT' });
    }
  }
  // The member goes on as if nothing had happened.
  expect((await rig.cluster.decrypt(key, gcm, { ciphertext, iv })).equals(MESSAGE)).toBe(true);
});

it.each<['GCM' | 'CBC' | 'ECB', { plaintext: Buffer; iv?: Buffer; aad?: Buffer }]>([
  ['GCM', { plaintext: MESSAGE, iv: Buffer.alloc(11) }],
  ['CBC', { plaintext: Buffer.alloc(17) }],
  ['CBC', { plaintext: Buffer.alloc(16), iv: Buffer.alloc(12) }],
  ['CBC', { plaintext: Buffer.alloc(16), aad: Buffer.alloc(1) }],
  ['ECB', { plaintext: Buffer.alloc(15) }],
  ['ECB', { plaintext: Buffer.alloc(16), iv: Buffer.alloc(16) }],
])('%s refuses input it cannot take, and keys of another cipher (%#)', async (mode, input) => {
  const invalid = { code: 'INVALID_INPUT' };
  const [aes, sm4] = [await rig.cluster.generate('AES_128'), await rig.cluster.generate('SM4')];
  await expect(rig.cluster.encrypt(aes, `AES_${mode}`, input)).rejects.toMatchObject(invalid);
  await expect(rig.cluster.encrypt(sm4, `SM4_${mode}`, input)).rejects.toMatchObject(invalid);
  const block = { plaintext: Buffer.alloc(16) };
  await expect(rig.cluster.encrypt(aes, `SM4_${mode}`, block)).rejects.toMatchObject(invalid);
  await expect(rig.cluster.encrypt(sm4, `AES_${mode}`, block)).rejects.toMatchObject(invalid);
});

describe.each(['RSA_2048', 'RSA_3072', 'RSA_4096'] as const)('%s', (spec) => {
  let key: HsmKey;
  beforeAll(async () => {
    key = await rig.cluster.generate(spec);
  });

  it('signs by PSS with a 32-byte salt and by PKCS#1, as node:crypto verifies', async () => {
    const pss = await rig.cluster.sign(key, 'RSA_PSS_SHA_256', DIGEST);
    const pkcs1 = await rig.cluster.sign(key, 'RSA_PKCS1_SHA_256', DIGEST);
    expect(verify('sha256', MESSAGE, { key: publicKeyOf(key), ...PSS }, pss)).toBe(true);
    expect(verify('sha256', MESSAGE, publicKeyOf(key), pkcs1)).toBe(true);
  });

  it('opens OAEP with SHA-256 of node:crypto, up to the longest plaintext', async () => {
    const longest = present(publicKeyOf(key).asymmetricKeyDetails?.modulusLength) / 8 - 66;
    for (const size of [0, 1, longest]) {
      const plaintext = randomBytes(size);
      const ciphertext = publicEncrypt({ key: publicKeyOf(key), ...OAEP }, plaintext);
      const opened = await rig.cluster.decrypt(key, 'RSA_OAEP_SHA_256', { ciphertext });
      expect(opened.equals(plaintext)).toBe(true);
    }
  });

  it('refuses OAEP with SHA-1, a label and a changed ciphertext alike', async () => {
    const other = [
      publicEncrypt({ key: publicKeyOf(key), ...OAEP, oaepHash: 'sha1' }, MESSAGE),
      publicEncrypt({ key: publicKeyOf(key), ...OAEP, oaepLabel: Buffer.from('label') }, MESSAGE),
      changed(publicEncrypt({ key: publicKeyOf(key), ...OAEP }, MESSAGE), 9),
      Buffer.alloc(10),
    ];
    for (const ciphertext of other) {
      const decrypting = rig.cluster.decrypt(key, 'RSA_OAEP_SHA_256', { ciphertext });
      await expect(decrypting).rejects.toMatchObject({ code: 'INVALID_CIPHERTEXT' });
    }
  });
});

describe.each(CURVES)('%s', (spec, namedCurve) => {
  it('signs by ECDSA in DER, as node:crypto verifies', async () => {
    const key = await rig.cluster.generate(spec);
    // Enough signatures to meet every length of r and s in DER.
    for (let round = 0; round < 40; round += 1) {
      const message = randomBytes(20);
      const digest = createHash('sha256').update(message).digest();
      const signature = await rig.cluster.sign(key, 'ECDSA_SHA_256', digest);
      expect(verify('sha256', message, publicKeyOf(key), signature)).toBe(true);
    }
  });

  it('agrees on the secret that node:crypto finds, and refuses a point off the curve', async () => {
    const key = await rig.cluster.generate(spec);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
    const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65);
    const secret = diffieHellman({ privateKey, publicKey: publicKeyOf(key) });
    expect((await rig.cluster.agree(key, point)).equals(secret)).toBe(true);
    const hybrid = [2, 3].map((change) => changed(point, 0, change));
    for (const bad of [changed(point, 64), point.subarray(1), Buffer.alloc(65), ...hybrid]) {
      await expect(rig.cluster.agree(key, bad)).rejects.toMatchObject({ code: 'INVALID_CIPHERTEXT' });
    }
  });
});

describe('outside material', () => {
  it('is used by the HSM as by its former owner, whatever kind it is', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = await rig.cluster.importKey('RSA_2048', pkcs8(rsa.privateKey));
    expect(publicKeyOf(key).equals(rsa.publicKey)).toBe(true);
    const signature = await rig.cluster.sign(key, 'RSA_PKCS1_SHA_256', DIGEST);
    expect(signature.equals(sign('sha256', MESSAGE, rsa.privateKey))).toBe(true);
    for (const [spec, namedCurve] of CURVES) {
      const ec = generateKeyPairSync('ec', { namedCurve });
      const imported = await rig.cluster.importKey(spec, pkcs8(ec.privateKey));
      expect(publicKeyOf(imported).equals(ec.publicKey)).toBe(true);
      const signed = await rig.cluster.sign(imported, 'ECDSA_SHA_256', DIGEST);
      expect(verify('sha256', MESSAGE, ec.publicKey, signed)).toBe(true);
    }
  });

  it.each<[string, HsmKeySpec, () => Buffer]>([
    ['a symmetric key of another length', 'AES_256', () => randomBytes(16)],
    [
      'an RSA key of another size',
      'RSA_3072',
      () => pkcs8(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    ],
    [
      'a key on another curve',
      'EC_P256',
      () => pkcs8(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey),
    ],
    [
      'bytes after the PKCS#8',
      'EC_P256',
      () =>
        Buffer.concat([
          pkcs8(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey),
          Buffer.of(0),
        ]),
    ],
    ['an RSA key whose parts do not belong together', 'RSA_2048', inconsistentRsa],
    ['rubbish', 'RSA_2048', () => randomBytes(1200)],
  ])('%s is INVALID_KEY_MATERIAL', async (_what, spec, material) => {
    const importing = rig.cluster.importKey(spec, material());
    await expect(importing).rejects.toMatchObject({ code: 'INVALID_KEY_MATERIAL' });
  });
});

it('draws random bytes of the length asked for, up to 65,536', async () => {
  const [one, other] = await Promise.all([rig.cluster.random(32), rig.cluster.random(32)]);
  expect(one.equals(other)).toBe(false);
  expect((await rig.cluster.random(65_536)).length).toBe(65_536);
  await expect(rig.cluster.random(0)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(rig.cluster.random(65_537)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

it('a blob that was changed is KEY_DAMAGED, a key of another kind INVALID_INPUT', async () => {
  const key = await rig.cluster.generate('AES_256');
  for (const blob of [changed(key.blob, key.blob.length - 1), Buffer.alloc(0), randomBytes(49)]) {
    const using = rig.cluster.encrypt({ blob, publicKey: null }, 'AES_GCM', { plaintext: MESSAGE });
    await expect(using).rejects.toMatchObject({ code: 'KEY_DAMAGED' });
  }
  await expect(rig.cluster.sign(key, 'ECDSA_SHA_256', DIGEST)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
});

it('says how each operation is done: OAEP with SHA-256 and SM beside the token, the rest inside', () => {
  const { specs, operations } = rig.cluster.capabilities();
  expect(specs).toHaveLength(10);
  const beside = operations.filter(({ where }) => where === 'token+node').map(({ operation }) => operation);
  expect(beside.filter((operation) => !/SM[24]/.test(operation))).toEqual([
    'AES_ECB_PKCS7',
    'RSA_OAEP_SHA_256',
    'RSA_UNWRAP',
  ]);
  expect(operations.some(({ where }) => where === 'missing')).toBe(false);
});

/** The CRT coefficient of another key in its place. */
function inconsistentRsa(): Buffer {
  const [jwk, other] = [0, 1].map(() => {
    return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  });
  return pkcs8(createPrivateKey({ key: { ...jwk, qi: present(other?.qi) }, format: 'jwk' }));
}
