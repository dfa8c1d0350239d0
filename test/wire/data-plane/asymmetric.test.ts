// Encrypt, Decrypt, Sign, Verify and GetPublicKey with every asymmetric spec and algorithm. What the instance makes is
// opened and verified by node:crypto and @noble/curves, and what those make by the instance. RSA_4096 only with SLOW=1:
// the private keys are the test's own, made once. Source: data-plane specification 4.4, 4.5, 4.9, 4.11.

import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Key } from '../../../appliance/core/key.ts';
import type { KeySpecName } from '../../../appliance/core/key-specs.ts';
import { type DataPlaneFixture, startDataPlane } from '../../support/data-plane.ts';
import { changed, present } from '../../support/present.ts';
import { SLOW } from '../../support/software-keys.ts';

const MESSAGE = Buffer.from('a message that is longer than its digest of 32 bytes');
const DIGEST = createHash('sha256').update(MESSAGE).digest();
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' } as const;

const RSA_BITS = { RSA_2048: 2048, RSA_3072: 3072, ...(SLOW && { RSA_4096: 4096 }) };
const CURVES = {
  EC_P256: { name: 'prime256v1', noble: p256 },
  EC_P256K: { name: 'secp256k1', noble: secp256k1 },
} as const;

interface TestedKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly encrypting: Key;
  readonly signing: Key;
}

let plane: DataPlaneFixture;
const keys = new Map<string, TestedKey>();
const keyOf = (spec: string): TestedKey => present(keys.get(spec));

beforeAll(async () => {
  plane = await startDataPlane();
  const add = async (spec: KeySpecName, privateKey: KeyObject): Promise<void> => {
    keys.set(spec, {
      privateKey,
      publicKey: createPublicKey(privateKey),
      encrypting: await plane.importKey(spec, privateKey, 'ENCRYPT/DECRYPT'),
      signing: await plane.importKey(spec, privateKey, 'SIGN/VERIFY'),
    });
  };
  for (const [spec, modulusLength] of Object.entries(RSA_BITS)) {
    await add(spec as KeySpecName, generateKeyPairSync('rsa', { modulusLength }).privateKey);
  }
  for (const [spec, { name }] of Object.entries(CURVES)) {
    await add(spec as KeySpecName, generateKeyPairSync('ec', { namedCurve: name }).privateKey);
  }
});

afterAll(() => plane.close());

describe.each(Object.entries(RSA_BITS))('OAEP under %s', (spec, bits) => {
  const longest = bits / 8 - 66;

  test('is opened by node:crypto and opens what it made', async () => {
    const { privateKey, publicKey, encrypting } = keyOf(spec);
    for (const Plaintext of [Buffer.of(1), randomBytes(longest)]) {
      const answer = await plane.client.call('Encrypt', { KeyId: encrypting.id, Plaintext });
      expect(answer.reply).toMatchObject({
        KeyId: encrypting.id,
        Algorithm: 'RSAES_OAEP_SHA_256',
        PaddingMode: '',
        Iv: Buffer.alloc(0),
      });
      expect(answer.headers['x-kms-migrationkeyversionid']).toBe(encrypting.initialVersionId);
      expect(answer.reply.CiphertextBlob).toHaveLength(bits / 8);
      expect(privateDecrypt({ key: privateKey, ...OAEP }, answer.reply.CiphertextBlob)).toEqual(Plaintext);
      const CiphertextBlob = publicEncrypt({ key: publicKey, ...OAEP }, Plaintext);
      // SDK samples copy the Iv of a symmetric call: it means nothing here.
      const opened = await plane.client.ok('Decrypt', {
        KeyId: encrypting.id,
        CiphertextBlob,
        Iv: Buffer.alloc(12),
      });
      expect(opened).toMatchObject({ Plaintext, Algorithm: 'RSAES_OAEP_SHA_256', PaddingMode: '' });
    }
  });

  test('refuses a byte too many, an Aad, and what does not decrypt', async () => {
    const { publicKey, encrypting } = keyOf(spec);
    const KeyId = encrypting.id;
    const long = { KeyId, Plaintext: Buffer.alloc(longest + 1) };
    expect(await plane.client.code('Encrypt', long)).toBe('InvalidParameter');
    const withAad = { KeyId, Plaintext: Buffer.of(1), Aad: Buffer.of(1) };
    expect(await plane.client.code('Encrypt', withAad)).toBe('InvalidParameter');
    const good = publicEncrypt({ key: publicKey, ...OAEP }, MESSAGE);
    const sha1 = publicEncrypt({ key: publicKey, ...OAEP, oaepHash: 'sha1' }, MESSAGE);
    const bad = [
      changed(good, 9),
      good.subarray(1),
      Buffer.concat([good, good]),
      sha1,
      Buffer.alloc(bits / 8, 0xff),
    ];
    for (const CiphertextBlob of bad) {
      const answer = await plane.client.call('Decrypt', { KeyId, CiphertextBlob });
      expect([answer.status, answer.code, answer.reply.ErrorMessage]).toEqual([
        400,
        'InvalidParameter',
        'The specified parameter is not valid.',
      ]);
    }
  });
});

describe.each(Object.entries(CURVES))('ECIES under %s', (spec, { noble }) => {
  const { Point } = noble;
  const scalarOf = (key: KeyObject) => Buffer.from(present(key.export({ format: 'jwk' }).d), 'base64url');
  const pointOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).subarray(-65);

  /** X9.63 with SHA-1, SEC 1 section 3.6.1. */
  function derive(secret: Uint8Array, length: number): Buffer {
    const blocks = Array.from({ length: Math.ceil(length / 20) }, (_, index) =>
      createHash('sha1')
        .update(secret)
        .update(Buffer.of(0, 0, 0, index + 1))
        .digest(),
    );
    return Buffer.concat(blocks).subarray(0, length);
  }

  function agree(scalar: Uint8Array, point: Uint8Array): Uint8Array {
    const shared = Point.fromBytes(point).multiply(BigInt(`0x${Buffer.from(scalar).toString('hex')}`));
    return shared.toBytes(false).subarray(1, 33);
  }

  const xor = (text: Buffer, mask: Buffer) => Buffer.from(text.map((byte, at) => byte ^ (mask[at] ?? 0)));

  function open(scalar: Uint8Array, blob: Buffer): Buffer {
    const masked = blob.subarray(65, -20);
    const keyed = derive(agree(scalar, blob.subarray(0, 65)), masked.length + 20);
    const mac = createHmac('sha1', keyed.subarray(masked.length)).update(masked).digest();
    expect(mac).toEqual(blob.subarray(-20));
    return xor(masked, keyed);
  }

  function seal(publicPoint: Uint8Array, text: Buffer): Buffer {
    const scalar = noble.utils.randomSecretKey();
    const keyed = derive(agree(scalar, publicPoint), text.length + 20);
    const masked = xor(text, keyed);
    const mac = createHmac('sha1', keyed.subarray(text.length)).update(masked).digest();
    return Buffer.concat([noble.getPublicKey(scalar, false), masked, mac]);
  }

  test('is opened by an implementation of SEC 1 on noble, and opens what that made', async () => {
    const { privateKey, publicKey, encrypting } = keyOf(spec);
    for (const Plaintext of [Buffer.of(1), MESSAGE, randomBytes(1000)]) {
      const reply = await plane.client.ok('Encrypt', { KeyId: encrypting.id, Plaintext });
      expect(reply).toMatchObject({
        Algorithm: 'ECIES_DH_SHA_1_XOR_HMAC',
        Iv: Buffer.alloc(0),
        PaddingMode: '',
      });
      expect(reply.CiphertextBlob).toHaveLength(Plaintext.length + 85);
      expect(open(scalarOf(privateKey), reply.CiphertextBlob)).toEqual(Plaintext);
      const CiphertextBlob = seal(pointOf(publicKey), Plaintext);
      const opened = await plane.client.ok('Decrypt', { KeyId: encrypting.id, CiphertextBlob });
      expect(opened.Plaintext).toEqual(Plaintext);
    }
  });

  test('fails alike on every part that is wrong', async () => {
    const { publicKey, encrypting } = keyOf(spec);
    const blob = seal(pointOf(publicKey), MESSAGE);
    const bad = [
      changed(blob, 0),
      changed(blob, 64),
      changed(blob, 66),
      changed(blob, blob.length - 1),
      blob.subarray(0, 85),
      blob.subarray(0, 84),
      Buffer.of(4),
      Buffer.concat([Buffer.alloc(65), blob.subarray(65)]),
    ];
    for (const CiphertextBlob of bad) {
      const answer = await plane.client.call('Decrypt', { KeyId: encrypting.id, CiphertextBlob });
      expect([answer.status, answer.code]).toEqual([400, 'InvalidParameter']);
    }
  });
});

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } as const;
const SCHEMES = [
  ...Object.keys(RSA_BITS).flatMap((spec) => [
    { spec, algorithm: 'RSA_PSS_SHA_256', options: PSS },
    { spec, algorithm: 'RSA_PKCS1_SHA_256', options: { padding: constants.RSA_PKCS1_PADDING } },
  ]),
  ...Object.keys(CURVES).map((spec) => ({
    spec,
    algorithm: 'ECDSA_SHA_256',
    options: { dsaEncoding: 'der' } as const,
  })),
];

describe.each(SCHEMES)('$algorithm under $spec', ({ spec, algorithm, options }) => {
  const inputs = [
    ['RAW', { Message: MESSAGE, MessageType: 'RAW' }],
    ['RAW', { Message: MESSAGE }],
    ['DIGEST', { Message: DIGEST, MessageType: 'DIGEST' }],
    ['DIGEST', { Digest: DIGEST }],
  ] as const;

  test('signs messages and digests so that node:crypto verifies them', async () => {
    const { publicKey, signing } = keyOf(spec);
    for (const [type, input] of inputs) {
      const answer = await plane.client.call('Sign', { KeyId: signing.id, Algorithm: algorithm, ...input });
      expect(answer.reply).toMatchObject({ KeyId: signing.id, Algorithm: algorithm, MessageType: type });
      expect(answer.headers['x-kms-migrationkeyversionid']).toBe(signing.primaryVersionId);
      const key = { key: publicKey, ...options };
      expect(verify('sha256', MESSAGE, key, answer.reply.Signature)).toBe(true);
    }
  });

  test('verifies what node:crypto signed, and nothing else', async () => {
    const { privateKey, signing } = keyOf(spec);
    const Signature = sign('sha256', MESSAGE, { key: privateKey, ...options });
    const call = (fields: object) =>
      plane.client.ok('Verify', { KeyId: signing.id, Algorithm: algorithm, Signature, ...fields });
    for (const [type, input] of inputs) {
      expect(await call(input)).toMatchObject({
        KeyId: signing.id,
        Value: true,
        Algorithm: algorithm,
        MessageType: type,
      });
      const bad = [
        changed(Signature, Signature.length - 1),
        Signature.subarray(0, -1),
        Buffer.concat([Signature, Buffer.of(0)]),
        Buffer.of(0),
        Buffer.alloc(Signature.length, 0xff),
      ];
      for (const wrong of bad) expect((await call({ ...input, Signature: wrong })).Value).toBe(false);
    }
    expect((await call({ Message: changed(MESSAGE, 0) })).Value).toBe(false);
    expect((await call({ Message: changed(DIGEST, 0), MessageType: 'DIGEST' })).Value).toBe(false);
  });
});

describe('signing', () => {
  test.each([
    ['a digest of 31 bytes', { Message: DIGEST.subarray(1), MessageType: 'DIGEST' }, 'InvalidParameter'],
    ['a digest of 33 bytes', { Digest: Buffer.alloc(33) }, 'InvalidParameter'],
    ['an unknown message type', { Message: MESSAGE, MessageType: 'raw' }, 'InvalidParameter'],
    ['no message', {}, 'MissingParameter'],
    ['the other family', { Message: MESSAGE, Algorithm: 'ECDSA_SHA_256' }, 'UnsupportedOperation'],
    ['an SM2 algorithm', { Message: MESSAGE, Algorithm: 'SM2DSA' }, 'UnsupportedOperation'],
    ['an unknown algorithm', { Message: MESSAGE, Algorithm: 'RSA_PSS_SHA_512' }, 'InvalidParameter'],
  ])('%s', async (_what, fields, code) => {
    const KeyId = keyOf('RSA_2048').signing.id;
    expect(await plane.client.code('Sign', { KeyId, ...fields })).toBe(code);
    expect(await plane.client.code('Verify', { KeyId, Signature: Buffer.alloc(256), ...fields })).toBe(code);
  });

  test('Verify without a signature lacks a parameter', async () => {
    const fields = { KeyId: keyOf('RSA_2048').signing.id, Message: MESSAGE };
    expect(await plane.client.code('Verify', fields)).toBe('MissingParameter');
  });

  test.each([
    ['RSA_2048', 'RSA_PSS_SHA_256'],
    ['EC_P256', 'ECDSA_SHA_256'],
    ['EC_P256K', 'ECDSA_SHA_256'],
  ])('without an algorithm %s takes %s', async (spec, algorithm) => {
    const fields = { KeyId: keyOf(spec).signing.id, Message: MESSAGE };
    const { Algorithm, Signature } = await plane.client.ok('Sign', fields);
    expect(Algorithm).toBe(algorithm);
    expect(await plane.client.ok('Verify', { ...fields, Signature })).toMatchObject({
      Value: true,
      Algorithm,
    });
  });

  test('a version named by the migration header must be of the key', async () => {
    const { signing, encrypting } = keyOf('EC_P256');
    const call = (version: string) =>
      plane.client.code(
        'Sign',
        { KeyId: signing.id, Message: MESSAGE },
        { headers: { 'x-kms-migrationkeyversionid': version } },
      );
    expect(await call(signing.primaryVersionId)).toBe('none');
    expect(await call(encrypting.primaryVersionId)).toBe('InvalidParameter');
  });
});

describe('GetPublicKey', () => {
  test.each([...Object.keys(RSA_BITS), ...Object.keys(CURVES)])(
    'of %s is its SubjectPublicKeyInfo as PEM',
    async (spec) => {
      const { publicKey, signing, encrypting } = keyOf(spec);
      for (const { id: KeyId, primaryVersionId } of [signing, encrypting]) {
        const answer = await plane.client.call('GetPublicKey', { KeyId });
        expect(answer.reply.KeyId).toBe(KeyId);
        expect(answer.reply.PublicKey.toString()).toBe(publicKey.export({ type: 'spki', format: 'pem' }));
        expect(answer.headers['x-kms-migrationkeyversionid']).toBe(primaryVersionId);
      }
    },
  );
});
