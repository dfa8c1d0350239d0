// The four calls that make data key pairs. Source: data-plane specification 4.10.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Key } from '../../../appliance/core/key.ts';
import { type DataPlaneFixture, startDataPlane } from '../../support/data-plane.ts';
import type { Reply } from '../../support/dkms-messages.ts';
import { SLOW } from '../../support/software-keys.ts';

const AAD = Buffer.from('context');
const SPECS = ['RSA_2048', 'EC_P256', 'EC_P256K', ...(SLOW ? ['RSA_3072', 'RSA_4096'] : [])];
const PLAIN = ['GenerateDataKeyPair', 'AdvanceGenerateDataKeyPair'] as const;
const WITHOUT = [
  'GenerateDataKeyPairWithoutPlaintext',
  'AdvanceGenerateDataKeyPairWithoutPlaintext',
] as const;

let plane: DataPlaneFixture;
let key: Key;

beforeAll(async () => {
  plane = await startDataPlane();
  key = await plane.createKey('Aliyun_AES_256');
});

afterAll(() => plane.close());

async function decrypted({
  PrivateKeyCiphertextBlob: CiphertextBlob,
  Iv,
  KeyVersionId,
}: Reply): Promise<Buffer> {
  if (KeyVersionId) return (await plane.client.ok('AdvanceDecrypt', { CiphertextBlob, Aad: AAD })).Plaintext;
  return (await plane.client.ok('Decrypt', { KeyId: key.id, CiphertextBlob, Iv, Aad: AAD })).Plaintext;
}

function readPrivate(bytes: Buffer, format: string): KeyObject {
  return createPrivateKey(format === 'PEM' ? bytes.toString() : { key: bytes, format: 'der', type: 'pkcs8' });
}

function readPublic(bytes: Buffer, format: string): KeyObject {
  return createPublicKey(format === 'PEM' ? bytes.toString() : { key: bytes, format: 'der', type: 'spki' });
}

describe.each(['PEM', 'DER'])('as %s', (KeyFormat) => {
  test.each(SPECS)(
    'a pair %s is of its spec, and its encrypted half is its plain half',
    async (KeyPairSpec) => {
      for (const api of PLAIN) {
        const reply = await plane.client.ok(api, { KeyId: key.id, KeyPairSpec, KeyFormat, Aad: AAD });
        expect(reply).toMatchObject({ KeyId: key.id, KeyPairSpec, Algorithm: 'AES_GCM' });
        expect(reply.Iv).toHaveLength(12);
        const privateKey = readPrivate(reply.PrivateKeyPlaintext, KeyFormat);
        const { modulusLength, namedCurve } = privateKey.asymmetricKeyDetails ?? {};
        const expected = { EC_P256: 'prime256v1', EC_P256K: 'secp256k1' }[KeyPairSpec];
        expect(namedCurve ?? `RSA_${modulusLength}`).toBe(expected ?? KeyPairSpec);
        expect(readPublic(reply.PublicKey, KeyFormat).equals(createPublicKey(privateKey))).toBe(true);
        expect(await decrypted(reply)).toEqual(reply.PrivateKeyPlaintext);
      }
    },
  );

  test('without plaintext the private key is only in the ciphertext', async () => {
    for (const api of WITHOUT) {
      const fields = { KeyId: key.id, KeyPairSpec: 'EC_P256', KeyFormat, Aad: AAD };
      const answer = await plane.client.call(api, fields);
      expect(answer.reply.PrivateKeyPlaintext).toBeUndefined();
      const privateKey = await decrypted(answer.reply);
      expect(answer.body.includes(privateKey.subarray(30))).toBe(false);
      const publicKey = createPublicKey(readPrivate(privateKey, KeyFormat));
      expect(readPublic(answer.reply.PublicKey, KeyFormat).equals(publicKey)).toBe(true);
    }
  });
});

test('the Advance calls name the version in blob, field and header', async () => {
  for (const api of [PLAIN[1], WITHOUT[1]]) {
    const fields = { KeyId: key.id, KeyPairSpec: 'EC_P256', KeyFormat: 'DER' };
    const { reply, headers } = await plane.client.call(api, fields);
    expect(reply.KeyVersionId).toBe(key.primaryVersionId);
    expect(headers['x-kms-migrationkeyversionid']).toBe(key.primaryVersionId);
    expect(reply.PrivateKeyCiphertextBlob.subarray(0, 3).toString('hex')).toBe('240002');
    expect(reply.PrivateKeyCiphertextBlob.toString('latin1', 3, 39)).toBe(key.primaryVersionId);
  }
});

test.each([
  ['no spec', { KeyPairSpec: '' }, 'MissingParameter'],
  ['a symmetric spec', { KeyPairSpec: 'Aliyun_AES_256' }, 'InvalidParameter'],
  ['an unknown spec', { KeyPairSpec: 'RSA_1024' }, 'InvalidParameter'],
  ['no format', { KeyFormat: '' }, 'MissingParameter'],
  ['another format', { KeyFormat: 'pem' }, 'InvalidParameter'],
  ['no key', { KeyId: '' }, 'MissingParameter'],
])('%s is refused', async (_what, fields, code) => {
  const good = { KeyId: key.id, KeyPairSpec: 'EC_P256', KeyFormat: 'PEM' };
  for (const api of [...PLAIN, ...WITHOUT])
    expect(await plane.client.code(api, { ...good, ...fields })).toBe(code);
});

test('an algorithm other than AES_GCM is refused', async () => {
  const fields = { KeyId: key.id, KeyPairSpec: 'EC_P256', KeyFormat: 'PEM', Algorithm: 'AES_CBC' };
  expect(await plane.client.code('GenerateDataKeyPair', fields)).toBe('UnsupportedOperation');
});

test('only one pair is made at a time: a second call meanwhile is throttled', async () => {
  const fields = { KeyId: key.id, KeyPairSpec: 'RSA_2048', KeyFormat: 'DER' };
  const answers = await Promise.all(Array.from({ length: 4 }, () => plane.client.call(PLAIN[0], fields)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(4);
  for (const { code, reply } of refused) {
    expect([code, reply.ErrorMessage]).toEqual(['Rejected.Throttling', 'Concurrency Limit Exceeded.']);
  }
});
