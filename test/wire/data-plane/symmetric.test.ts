// What Encrypt, Decrypt, GenerateDataKey, GenerateRandom and the Advance calls do with a symmetric key, checked with
// node:crypto on key material that the test knows. Source: data-plane specification 4.3 to 4.9 and 7.1.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Key, KeyVersion } from '../../../appliance/core/key.ts';
import { ACCOUNT, type DataPlaneFixture, startDataPlane } from '../../support/data-plane.ts';
import type { Reply } from '../../support/dkms-messages.ts';
import { changed } from '../../support/present.ts';

const MATERIAL = Buffer.alloc(32, 0x11);
const NEW_MATERIAL = Buffer.alloc(32, 0x22);
const IV = Buffer.alloc(12, 3);
const AAD = Buffer.from('context');
const TEXT = Buffer.from('attack at dawn');

let plane: DataPlaneFixture;
let key: Key;
let rotated: Key;
let newVersion: KeyVersion;

beforeAll(async () => {
  plane = await startDataPlane();
  key = await plane.importKey('Aliyun_AES_256', MATERIAL);
  rotated = await plane.importKey('Aliyun_AES_256', MATERIAL);
  newVersion = await plane.rotateKey(rotated, NEW_MATERIAL);
  await plane.keys.createAlias('alias/my/key-1', key.id);
});

afterAll(() => plane.close());

function gcmEncrypt(material: Buffer, iv: Buffer, text: Buffer, aad = Buffer.alloc(0)): Buffer {
  const cipher = createCipheriv('aes-256-gcm', material, iv).setAAD(aad);
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

function gcmDecrypt(
  material: Buffer,
  { Iv, CiphertextBlob }: Pick<Reply, 'Iv' | 'CiphertextBlob'>,
  aad?: Buffer,
): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', material, Iv);
  if (aad) decipher.setAAD(aad);
  decipher.setAuthTag(CiphertextBlob.subarray(-16));
  return Buffer.concat([decipher.update(CiphertextBlob.subarray(0, -16)), decipher.final()]);
}

describe('Encrypt', () => {
  test('with a given Iv is exactly AES-256-GCM of the plaintext, the tag appended', async () => {
    const reply = await plane.client.ok('Encrypt', { KeyId: key.id, Plaintext: TEXT, Iv: IV, Aad: AAD });
    expect(reply.CiphertextBlob).toEqual(gcmEncrypt(MATERIAL, IV, TEXT, AAD));
    expect(reply).toMatchObject({ KeyId: key.id, Iv: IV, Algorithm: 'AES_GCM', PaddingMode: '' });
  });

  test('without one draws a new Iv for every call', async () => {
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => plane.client.ok('Encrypt', { KeyId: key.id, Plaintext: TEXT })),
    );
    expect(new Set(replies.map(({ Iv }) => Iv.toString('hex'))).size).toBe(50);
    for (const reply of replies) expect(gcmDecrypt(MATERIAL, reply)).toEqual(TEXT);
  });

  test('takes the padding modes of other algorithms without effect, and answers none', async () => {
    for (const PaddingMode of ['', 'PKCS7_PADDING', 'NO_PADDING']) {
      const reply = await plane.client.ok('Encrypt', { KeyId: key.id, Plaintext: TEXT, Iv: IV, PaddingMode });
      expect(reply.PaddingMode).toBe('');
      expect(reply.CiphertextBlob).toEqual(gcmEncrypt(MATERIAL, IV, TEXT));
    }
  });

  test.each([1, 15, 16, 17, 6144])('takes %d bytes', async (length) => {
    const Plaintext = randomBytes(length);
    expect(gcmDecrypt(MATERIAL, await plane.client.ok('Encrypt', { KeyId: key.id, Plaintext }))).toEqual(
      Plaintext,
    );
  });

  test('uses the initial version of a rotated key', async () => {
    const reply = await plane.client.ok('Encrypt', { KeyId: rotated.id, Plaintext: TEXT });
    expect(gcmDecrypt(MATERIAL, reply)).toEqual(TEXT);
  });
});

describe('Decrypt', () => {
  test('opens what was encrypted elsewhere under the same key', async () => {
    const CiphertextBlob = gcmEncrypt(MATERIAL, IV, TEXT, AAD);
    const fields = { KeyId: key.id, CiphertextBlob, Iv: IV, Aad: AAD };
    expect(await plane.client.ok('Decrypt', fields)).toMatchObject({
      KeyId: key.id,
      Plaintext: TEXT,
      Algorithm: 'AES_GCM',
      PaddingMode: '',
    });
  });

  test('opens the empty plaintext', async () => {
    const fields = { KeyId: key.id, CiphertextBlob: gcmEncrypt(MATERIAL, IV, Buffer.alloc(0)), Iv: IV };
    expect((await plane.client.ok('Decrypt', fields)).Plaintext).toHaveLength(0);
  });

  test('fails alike whatever is wrong with ciphertext, Iv, Aad or key', async () => {
    const blob = gcmEncrypt(MATERIAL, IV, TEXT, AAD);
    const good = { KeyId: key.id, CiphertextBlob: blob, Iv: IV, Aad: AAD };
    const { id: other } = await plane.createKey('Aliyun_AES_256');
    const failures = [
      { ...good, CiphertextBlob: changed(blob, 0) },
      { ...good, CiphertextBlob: changed(blob, blob.length - 1) },
      { ...good, CiphertextBlob: blob.subarray(0, -1) },
      { ...good, CiphertextBlob: blob.subarray(0, 16) },
      { ...good, CiphertextBlob: blob.subarray(0, 15) },
      { ...good, CiphertextBlob: Buffer.of(1) },
      { ...good, CiphertextBlob: Buffer.concat([blob, Buffer.of(0)]) },
      { ...good, Iv: changed(IV, 0) },
      { ...good, Iv: Buffer.alloc(16) },
      { ...good, Iv: Buffer.alloc(0) },
      { ...good, Aad: changed(AAD, 0) },
      { ...good, Aad: Buffer.alloc(0) },
      { ...good, KeyId: other },
    ];
    const answers = [];
    for (const fields of failures) answers.push(await plane.client.call('Decrypt', fields));
    const outcomes = answers.map(({ status, reply }) => `${status} ${reply.ErrorCode} ${reply.ErrorMessage}`);
    expect(new Set(outcomes)).toEqual(
      new Set(['400 InvalidParameter The specified parameter is not valid.']),
    );
  });

  test('needs KeyId, unless the migration header names the version', async () => {
    const CiphertextBlob = gcmEncrypt(MATERIAL, IV, TEXT);
    expect(await plane.client.code('Decrypt', { CiphertextBlob, Iv: IV })).toBe('MissingParameter');
    const headers = { 'x-kms-migrationkeyversionid': key.initialVersionId };
    expect(await plane.client.ok('Decrypt', { CiphertextBlob, Iv: IV }, { headers })).toMatchObject({
      KeyId: key.id,
      Plaintext: TEXT,
    });
  });

  test('under a version that the migration header names uses that version', async () => {
    const fields = { CiphertextBlob: gcmEncrypt(NEW_MATERIAL, IV, TEXT), Iv: IV };
    const headers = { 'x-kms-migrationkeyversionid': newVersion.id };
    const answer = await plane.client.call('Decrypt', fields, { headers });
    expect(answer.reply).toMatchObject({ KeyId: rotated.id, Plaintext: TEXT });
    expect(answer.headers['x-kms-migrationkeyversionid']).toBe(newVersion.id);
    expect(await plane.client.code('Decrypt', { ...fields, KeyId: rotated.id }, { headers })).toBe('none');
    expect(await plane.client.code('Decrypt', { ...fields, KeyId: rotated.id })).toBe('InvalidParameter');
  });

  test('refuses a migration header of another key than KeyId, and one of no key', async () => {
    const fields = { KeyId: key.id, CiphertextBlob: gcmEncrypt(MATERIAL, IV, TEXT), Iv: IV };
    for (const version of [newVersion.id, `${key.id}-0123456789`, 'x']) {
      const answer = await plane.client.call('Decrypt', fields, {
        headers: { 'x-kms-migrationkeyversionid': version },
      });
      expect([answer.status, answer.code]).toEqual([400, 'InvalidParameter']);
    }
    const headers = { 'x-kms-migrationkeyversionid': `${key.id}-0123456789` };
    const { CiphertextBlob, Iv } = fields;
    expect(await plane.client.code('Decrypt', { CiphertextBlob, Iv }, { headers })).toBe(
      'Forbidden.KeyNotFound',
    );
  });
});

describe('the key', () => {
  test.each([
    ['its id', () => key.id],
    ['an alias', () => 'alias/my/key-1'],
    ['its ARN', () => `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:key/${key.id}`],
    ['the ARN of its alias', () => `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:alias/my/key-1`],
  ])('may be named by %s; the answer has its id', async (_what, name) => {
    const reply = await plane.client.ok('Encrypt', { KeyId: name(), Plaintext: TEXT });
    expect(reply.KeyId).toBe(key.id);
    expect(plane.audit.last.resource).toBe(key.id);
  });

  test.each([
    'key-kms00000000aaaaaaaaaa',
    'alias/none',
    'alias/',
    'key/x',
    '\u0000',
    'acs:kms:::secret/x',
    'x'.repeat(512),
  ])('that does not exist is not found: %j', async (KeyId) => {
    const answer = await plane.client.call('Encrypt', { KeyId, Plaintext: TEXT });
    expect([answer.status, answer.code]).toEqual([404, 'Forbidden.KeyNotFound']);
    expect(answer.reply.ErrorMessage).toBe('The key Key ID or Alias does not exist in the system.');
  });
});

describe('parameters', () => {
  test.each([
    ['an Iv of 11 bytes', { Iv: Buffer.alloc(11) }, 'InvalidParameter'],
    ['an Iv of 16 bytes', { Iv: Buffer.alloc(16) }, 'InvalidParameter'],
    ['an Aad of 8192 bytes', { Aad: Buffer.alloc(8192) }, 'none'],
    ['an Aad of 8193 bytes', { Aad: Buffer.alloc(8193) }, 'InvalidParameter'],
    ['no plaintext', { Plaintext: Buffer.alloc(0) }, 'MissingParameter'],
    ['no key', { KeyId: '' }, 'MissingParameter'],
    ['a wrong padding', { PaddingMode: 'pkcs7' }, 'InvalidParameter'],
    ['AES_CBC', { Algorithm: 'AES_CBC' }, 'UnsupportedOperation'],
    ['AES_ECB', { Algorithm: 'AES_ECB' }, 'UnsupportedOperation'],
    ['SM4_GCM', { Algorithm: 'SM4_GCM' }, 'UnsupportedOperation'],
    ['the algorithm of another spec', { Algorithm: 'RSAES_OAEP_SHA_256' }, 'UnsupportedOperation'],
    ['an unknown algorithm', { Algorithm: 'ROT13' }, 'InvalidParameter'],
    ['an algorithm in lower case', { Algorithm: 'aes_gcm' }, 'InvalidParameter'],
    ['its own algorithm by name', { Algorithm: 'AES_GCM' }, 'none'],
  ])('Encrypt with %s', async (_what, fields, code) => {
    expect(await plane.client.code('Encrypt', { KeyId: key.id, Plaintext: TEXT, ...fields })).toBe(code);
    expect(await plane.client.code('AdvanceEncrypt', { KeyId: key.id, Plaintext: TEXT, ...fields })).toBe(
      code,
    );
  });

  test('Decrypt without ciphertext lacks a parameter', async () => {
    expect(await plane.client.code('Decrypt', { KeyId: key.id, Iv: IV })).toBe('MissingParameter');
    expect(await plane.client.code('AdvanceDecrypt', { KeyId: key.id, Iv: IV })).toBe('MissingParameter');
  });
});

describe('GenerateDataKey', () => {
  test.each([
    [0, 32],
    [1, 1],
    [16, 16],
    [1024, 1024],
  ])('of %d bytes gives %d random bytes and their encryption', async (NumberOfBytes, length) => {
    const fields = { KeyId: key.id, NumberOfBytes, Aad: AAD };
    const reply = await plane.client.ok('GenerateDataKey', fields);
    expect(reply.Plaintext).toHaveLength(length);
    expect(gcmDecrypt(MATERIAL, reply, AAD)).toEqual(reply.Plaintext);
    expect(reply).toMatchObject({ KeyId: key.id, Algorithm: 'AES_GCM' });
    const { CiphertextBlob, Iv, Algorithm } = reply;
    const opened = await plane.client.ok('Decrypt', {
      KeyId: key.id,
      CiphertextBlob,
      Iv,
      Algorithm,
      Aad: AAD,
    });
    expect(opened.Plaintext).toEqual(reply.Plaintext);
    const advance = await plane.client.ok('AdvanceGenerateDataKey', fields);
    expect(advance.Plaintext).toHaveLength(length);
  });

  test.each([-1, 1025, 2 ** 31 - 1])('refuses %d bytes', async (NumberOfBytes) => {
    for (const api of ['GenerateDataKey', 'AdvanceGenerateDataKey'] as const) {
      expect(await plane.client.code(api, { KeyId: key.id, NumberOfBytes })).toBe('InvalidParameter');
    }
  });

  test('refuses an algorithm that is not its own', async () => {
    const call = (Algorithm: string) => plane.client.code('GenerateDataKey', { KeyId: key.id, Algorithm });
    expect([await call('AES_GCM'), await call('AES_CBC'), await call('x')]).toEqual([
      'none',
      'UnsupportedOperation',
      'InvalidParameter',
    ]);
  });
});

describe('the Advance calls', () => {
  const inner = (blob: Buffer) => ({ Iv: blob.subarray(39, 51), CiphertextBlob: blob.subarray(51) });

  test('work under the primary version and say so in blob, field and header', async () => {
    const answer = await plane.client.call('AdvanceEncrypt', {
      KeyId: rotated.id,
      Plaintext: TEXT,
      Aad: AAD,
    });
    const { CiphertextBlob, KeyVersionId, KeyId, Algorithm, Iv } = answer.reply;
    expect([KeyId, KeyVersionId, Algorithm]).toEqual([rotated.id, newVersion.id, 'AES_GCM']);
    expect(answer.headers['x-kms-migrationkeyversionid']).toBe(newVersion.id);
    expect(CiphertextBlob.subarray(0, 39)).toEqual(
      Buffer.concat([Buffer.of(0x24, 0, 2), Buffer.from(newVersion.id)]),
    );
    expect(inner(CiphertextBlob).Iv).toEqual(Iv);
    expect(gcmDecrypt(NEW_MATERIAL, inner(CiphertextBlob), AAD)).toEqual(TEXT);
    const dataKey = await plane.client.ok('AdvanceGenerateDataKey', { KeyId: rotated.id });
    expect(dataKey.KeyVersionId).toBe(newVersion.id);
    expect(gcmDecrypt(NEW_MATERIAL, inner(dataKey.CiphertextBlob))).toEqual(dataKey.Plaintext);
  });

  test('open a blob of any version by itself, also as the transfer SDKs rebuild it', async () => {
    for (const [version, material] of [
      [rotated.initialVersionId, MATERIAL],
      [newVersion.id, NEW_MATERIAL],
    ] as const) {
      const shared = Buffer.concat([Buffer.from(version), IV, gcmEncrypt(material, IV, TEXT)]);
      const CiphertextBlob = Buffer.concat([Buffer.of(0x24, 0, 2), shared]);
      const reply = await plane.client.ok('AdvanceDecrypt', { CiphertextBlob, Iv: IV });
      expect(reply).toMatchObject({
        KeyId: rotated.id,
        KeyVersionId: version,
        Plaintext: TEXT,
        Algorithm: 'AES_GCM',
      });
    }
  });

  test('open the output of Encrypt and GenerateDataKey with KeyId and Iv', async () => {
    const fields = { KeyId: rotated.id, CiphertextBlob: gcmEncrypt(MATERIAL, IV, TEXT), Iv: IV };
    expect(await plane.client.ok('AdvanceDecrypt', fields)).toMatchObject({
      Plaintext: TEXT,
      KeyVersionId: rotated.initialVersionId,
    });
    const { CiphertextBlob } = fields;
    expect(await plane.client.code('AdvanceDecrypt', { CiphertextBlob, Iv: IV })).toBe('MissingParameter');
  });

  test('refuse a blob of another key than KeyId, of no known version, and one that was tampered with', async () => {
    const { CiphertextBlob } = await plane.client.ok('AdvanceEncrypt', {
      KeyId: rotated.id,
      Plaintext: TEXT,
    });
    expect(await plane.client.code('AdvanceDecrypt', { KeyId: rotated.id, CiphertextBlob })).toBe('none');
    expect(await plane.client.code('AdvanceDecrypt', { KeyId: key.id, CiphertextBlob })).toBe(
      'InvalidParameter',
    );
    const unknown = Buffer.from(CiphertextBlob);
    unknown.write('zzzzzzzzzz', 29);
    expect(await plane.client.code('AdvanceDecrypt', { CiphertextBlob: unknown })).toBe(
      'Forbidden.KeyNotFound',
    );
    for (const at of [40, 52, CiphertextBlob.length - 1]) {
      const fields = { CiphertextBlob: changed(CiphertextBlob, at) };
      expect(await plane.client.code('AdvanceDecrypt', fields)).toBe('InvalidParameter');
    }
  });

  test('open a raw ciphertext that only looks like a blob', async () => {
    // Raw ciphertext may begin with these bytes by chance; without a known version id behind them it is raw.
    const look = Buffer.concat([Buffer.of(0x24, 0, 2), Buffer.alloc(80, 0x61)]);
    const zeros = gcmEncrypt(MATERIAL, IV, Buffer.alloc(look.length)).subarray(0, -16);
    const plaintext = Buffer.from(look.map((byte, at) => byte ^ (zeros[at] ?? 0)));
    const CiphertextBlob = gcmEncrypt(MATERIAL, IV, plaintext);
    expect(CiphertextBlob.subarray(0, look.length)).toEqual(look);
    const reply = await plane.client.ok('AdvanceDecrypt', { KeyId: key.id, CiphertextBlob, Iv: IV });
    expect(reply.Plaintext).toEqual(plaintext);
  });
});

describe('GenerateRandom', () => {
  test.each([1, 32, 64])('gives %d bytes, without a key', async (Length) => {
    const answer = await plane.client.call('GenerateRandom', { Length });
    expect(answer.reply.Random).toHaveLength(Length);
    expect(answer.headers).not.toHaveProperty('x-kms-migrationkeyversionid');
  });

  test.each([0, 65, -1, 2 ** 31 - 1])('refuses a length of %d', async (Length) => {
    expect(await plane.client.code('GenerateRandom', { Length })).toBe('InvalidParameter');
  });
});

test.each(['Hmac', 'GetSecretValue'] as const)('%s is known and not offered', async (api) => {
  const answer = await plane.client.call(api);
  expect([answer.status, answer.code, answer.reply.ErrorMessage]).toEqual([
    400,
    'UnsupportedOperation',
    'Rejected.UnsupportedOperation',
  ]);
  expect(plane.audit.last).toMatchObject({ api, principal: 'app' });
});

test('the documented code for undecryptable input can be chosen instead', async () => {
  const faithful = await startDataPlane({ decryptionFailure: 'InternalFailure' });
  try {
    const { id: KeyId } = await faithful.importKey('Aliyun_AES_256', MATERIAL);
    const answer = await faithful.client.call('Decrypt', { KeyId, CiphertextBlob: Buffer.alloc(20), Iv: IV });
    expect([answer.status, answer.code]).toEqual([500, 'InternalFailure']);
    const short = await faithful.client.call('Decrypt', { KeyId, CiphertextBlob: Buffer.alloc(2), Iv: IV });
    expect(short.code).toBe('InternalFailure');
  } finally {
    await faithful.close();
  }
});
