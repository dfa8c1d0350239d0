// Encrypt, Decrypt and ReEncrypt over the wire: blobs opened and made with node:crypto, versions, contexts, usages,
// states, and everything that does not open.

import { constants, publicEncrypt, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERROR_TABLE } from '../../../appliance/errors.ts';
import { ACCOUNT, type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';
import { addKnownVersion, callsOf, openBlob, sealBlob, setState } from '../../support/openapi-crypto.ts';
import { changed, present } from '../../support/present.ts';
import { SLOW } from '../../support/software-keys.ts';

const RequestId = expect.any(String) as string;
const PLAINTEXT = Buffer.from('a secret').toString('base64');
const CONTEXT = '{"purpose":"test","app":"a"}';

let plane: ControlPlaneFixture;
/** A symmetric key with two versions: the material of the second, the primary one, is known. */
let keyId: string;
let firstVersion: string;
let secondVersion: string;
const material = randomBytes(32);
const { answer, refusal, newKey } = callsOf(() => plane);

beforeAll(async () => {
  plane = await startControlPlane();
  const { KeyMetadata } = await answer('CreateKey');
  keyId = KeyMetadata.KeyId;
  firstVersion = present(plane.store.records.keys.get(keyId)).initialVersionId;
  secondVersion = await addKnownVersion(plane, keyId, material);
  await answer('CreateAlias', { KeyId: keyId, AliasName: 'alias/main' });
});

afterAll(() => plane.close());

const encrypt = async (fields: Record<string, string> = {}) =>
  (await answer('Encrypt', { KeyId: keyId, Plaintext: PLAINTEXT, ...fields })).CiphertextBlob;
const tamper = (blob: string, change: (bytes: Buffer) => Buffer) =>
  change(Buffer.from(blob, 'base64')).toString('base64');

describe('Encrypt and Decrypt', () => {
  test('Encrypt uses the primary version, and node:crypto opens its blob with the material of it', async () => {
    const body = await answer('Encrypt', {
      KeyId: keyId,
      Plaintext: PLAINTEXT,
      EncryptionContext: CONTEXT,
    });
    expect(body).toEqual({
      RequestId,
      CiphertextBlob: body.CiphertextBlob,
      KeyId: keyId,
      KeyVersionId: secondVersion,
    });
    const bytes = Buffer.from(body.CiphertextBlob, 'base64');
    expect(bytes.toString('latin1', 0, 36)).toBe(secondVersion);
    expect(bytes).toHaveLength(36 + 12 + PLAINTEXT.length + 16);
    expect(openBlob(body.CiphertextBlob, material, { app: 'a', purpose: 'test' })).toBe(PLAINTEXT);
  });

  test('Decrypt opens a blob that node:crypto made, without being told the key', async () => {
    const CiphertextBlob = sealBlob(secondVersion, PLAINTEXT, material, { app: 'a', purpose: 'test' });
    expect(await answer('Decrypt', { CiphertextBlob, EncryptionContext: CONTEXT })).toEqual({
      RequestId,
      Plaintext: PLAINTEXT,
      KeyId: keyId,
      KeyVersionId: secondVersion,
    });
  });

  test('after a rotation blobs of the earlier version still open, each with its own version', async () => {
    const key = await newKey();
    const before = await encrypt({ KeyId: key });
    const added = await addKnownVersion(plane, key, material);
    const after = await encrypt({ KeyId: key });
    const { initialVersionId } = present(plane.store.records.keys.get(key));
    const opened = { Plaintext: PLAINTEXT, KeyId: key };
    expect(await answer('Decrypt', { CiphertextBlob: before })).toMatchObject({
      ...opened,
      KeyVersionId: initialVersionId,
    });
    expect(await answer('Decrypt', { CiphertextBlob: after })).toMatchObject({
      ...opened,
      KeyVersionId: added,
    });
  });

  test('a key is named by id, alias or ARN, and the answer has its id', async () => {
    const prefix = `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:`;
    for (const KeyId of [keyId, 'alias/main', `${prefix}key/${keyId}`, `${prefix}alias/main`]) {
      expect(await answer('Encrypt', { KeyId, Plaintext: PLAINTEXT })).toMatchObject({ KeyId: keyId });
    }
    expect(await refusal('Encrypt', { KeyId: 'none', Plaintext: PLAINTEXT })).toEqual([
      404,
      'Forbidden.KeyNotFound',
    ]);
    expect(await refusal('Encrypt', { KeyId: 'alias/none', Plaintext: PLAINTEXT })).toEqual([
      404,
      'Forbidden.AliasNotFound',
    ]);
  });

  test('gives back any Plaintext as it was sent, base64 or not, whatever the context', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 });
    const context = fc.dictionary(text, fc.string({ unit: 'binary' }), { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(text, context, async (Plaintext, values) => {
        const EncryptionContext = JSON.stringify(values);
        const CiphertextBlob = await encrypt({ Plaintext, EncryptionContext });
        const opened = await answer('Decrypt', { CiphertextBlob, EncryptionContext });
        expect(opened.Plaintext).toBe(Plaintext);
      }),
      { numRuns: SLOW ? 500 : 40 },
    );
  });

  test('the base64 of 6144 bytes is the longest Plaintext', async () => {
    const longest = randomBytes(6144).toString('base64');
    const CiphertextBlob = await encrypt({ Plaintext: longest });
    expect((await answer('Decrypt', { CiphertextBlob })).Plaintext).toBe(longest);
    const Plaintext = randomBytes(6145).toString('base64');
    expect(await refusal('Encrypt', { KeyId: keyId, Plaintext })).toEqual([400, 'InvalidParameter']);
  });

  test('the audit has the key of every call, refused ones too, and nothing of what was encrypted', async () => {
    const CiphertextBlob = await encrypt({ KeyId: 'alias/main' });
    expect(plane.audit.last).toMatchObject({ api: 'Encrypt', resource: keyId, status: 200 });
    await answer('Decrypt', { CiphertextBlob });
    expect(plane.audit.last).toMatchObject({ api: 'Decrypt', resource: keyId, status: 200 });
    await refusal('Decrypt', { CiphertextBlob, EncryptionContext: CONTEXT });
    expect(plane.audit.last).toMatchObject({ api: 'Decrypt', resource: keyId, status: 400 });
    const audited = JSON.stringify(plane.audit.records);
    for (const payload of [PLAINTEXT, CiphertextBlob, 'purpose']) expect(audited).not.toContain(payload);
  });
});

describe('contexts', () => {
  test('the order of the members does not matter', async () => {
    const CiphertextBlob = await encrypt({ EncryptionContext: '{"a":"1","b":"2"}' });
    await answer('Decrypt', { CiphertextBlob, EncryptionContext: '{"b":"2","a":"1"}' });
  });

  test('an empty context, an empty text and none are the same', async () => {
    const CiphertextBlob = await encrypt({ EncryptionContext: '{}' });
    await answer('Decrypt', { CiphertextBlob });
    await answer('Decrypt', { CiphertextBlob, EncryptionContext: '' });
  });

  test.each([{}, { EncryptionContext: '{}' }, { EncryptionContext: '{"app":"a","purpose":"other"}' }])(
    'a blob bound to a context does not open with %o',
    async (fields) => {
      const CiphertextBlob = await encrypt({ EncryptionContext: CONTEXT });
      expect(await refusal('Decrypt', { CiphertextBlob, ...fields })).toEqual([400, 'InvalidParameter']);
    },
  );

  test.each(['[]', '{"a":1}', 'null', '{"a":"b"', JSON.stringify({ a: 'x'.repeat(8192) })])(
    'a context that is none is refused (%#)',
    async (EncryptionContext) => {
      for (const action of ['Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext']) {
        const fields = { KeyId: keyId, Plaintext: PLAINTEXT, EncryptionContext };
        expect(await refusal(action, fields)).toEqual([400, 'InvalidParameter']);
      }
    },
  );
});

describe('what does not open', () => {
  const undecryptable = async (CiphertextBlob: string) => {
    const { status, body } = await plane.client.call('Decrypt', { CiphertextBlob });
    expect({ status, code: body.Code, message: body.Message }).toEqual({
      status: 400,
      code: 'InvalidParameter',
      message: ERROR_TABLE.InvalidParameter.message,
    });
  };

  test.each([
    ['version id', 0],
    ['last character of the version id', 35],
    ['IV', 36],
    ['last byte of the IV', 47],
    ['ciphertext', 48],
    ['tag', -16],
    ['last byte of the tag', -1],
  ])('a blob with a changed %s is refused like every other', async (_region, at) => {
    const blob = await encrypt();
    await undecryptable(tamper(blob, (bytes) => changed(bytes, at < 0 ? bytes.length + at : at)));
  });

  test('a blob cut short or lengthened anywhere is refused alike', async () => {
    const blob = await encrypt();
    for (const length of [1, 35, 36, 47, 48, 63, 64, 65]) {
      await undecryptable(tamper(blob, (bytes) => bytes.subarray(0, length)));
    }
    await undecryptable(tamper(blob, (bytes) => Buffer.concat([bytes, Buffer.of(0)])));
  });

  test('a blob moved to another version, of the same key or another, is refused alike', async () => {
    const other = await newKey();
    const otherVersion = present(plane.store.records.keys.get(other)).initialVersionId;
    for (const version of [firstVersion, otherVersion]) {
      await undecryptable(
        tamper(await encrypt(), (bytes) => Buffer.concat([Buffer.from(version), bytes.subarray(36)])),
      );
    }
  });

  test('blobs of versions that are unknown, or gone with their key, are refused alike', async () => {
    const doomed = await newKey();
    const blob = await encrypt({ KeyId: doomed });
    await plane.store.transact(({ keys, keyVersions }) => {
      keyVersions.delete(present(keys.get(doomed)).initialVersionId);
      keys.delete(doomed);
    });
    await undecryptable(blob);
    await undecryptable(sealBlob('key-kms00000001aaaaaaaaaa-bbbbbbbbbb', PLAINTEXT, material));
    await undecryptable(sealBlob('00000000-0000-4000-8000-000000000000', PLAINTEXT, material));
  });

  test('a blob that names a version of an asymmetric key is refused alike', async () => {
    const rsa = await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' });
    const version = present(plane.store.records.keys.get(rsa)).initialVersionId;
    await undecryptable(sealBlob(version, PLAINTEXT, material));
  });

  test('ciphertext of the Advance layout and content that is no text are refused', async () => {
    const advance = tamper(await encrypt(), (bytes) =>
      Buffer.concat([Buffer.from([0x24, 0x00, 0x02]), bytes]),
    );
    await undecryptable(advance);
    await undecryptable(sealBlob(secondVersion, Buffer.from([0xff, 0xfe]), material));
  });

  test.each(['!!!!', 'YWJj ', 'YWJ', 'YWJjZA', 'YWJjZB==', '-_8='])('%s is not base64', async (blob) => {
    for (const action of ['Decrypt', 'ReEncrypt', 'ExportDataKey']) {
      const fields = { CiphertextBlob: blob, DestinationKeyId: keyId };
      expect(await refusal(action, fields)).toEqual([400, 'InvalidParameter']);
    }
  });

  test('a blob longer than any request may carry is refused', async () => {
    const CiphertextBlob = Buffer.alloc(49_155).toString('base64');
    expect(await refusal('Decrypt', { CiphertextBlob })).toEqual([400, 'InvalidParameter']);
  });

  test('a request for an answer that only an enclave can read is refused', async () => {
    const CiphertextBlob = await encrypt();
    expect(await refusal('Decrypt', { CiphertextBlob, Recipient: '{}' })).toEqual([
      400,
      'UnsupportedOperation',
    ]);
  });
});

describe('ReEncrypt', () => {
  let destination: string;
  const destinationMaterial = randomBytes(32);
  let destinationVersion: string;

  beforeAll(async () => {
    destination = await newKey();
    destinationVersion = await addKnownVersion(plane, destination, destinationMaterial);
  });

  test('moves a blob to another key and context', async () => {
    const CiphertextBlob = await encrypt({ EncryptionContext: CONTEXT });
    const body = await answer('ReEncrypt', {
      CiphertextBlob,
      SourceEncryptionContext: CONTEXT,
      DestinationKeyId: destination,
      DestinationEncryptionContext: '{"to":"b"}',
    });
    expect(body).toEqual({
      RequestId,
      CiphertextBlob: body.CiphertextBlob,
      KeyId: destination,
      KeyVersionId: destinationVersion,
    });
    expect(openBlob(body.CiphertextBlob, destinationMaterial, { to: 'b' })).toBe(PLAINTEXT);
  });

  test('takes what was encrypted to a public key, and Decrypt gives the base64 of it', async () => {
    const rsa = await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' });
    const version = present(plane.store.records.keys.get(rsa)).initialVersionId;
    const { PublicKey } = await answer('GetPublicKey', { KeyId: rsa, KeyVersionId: version });
    for (const hash of ['sha256', 'sha1'] as const) {
      const encrypted = publicEncrypt(
        { key: PublicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash },
        Buffer.from('a secret'),
      );
      const source = {
        CiphertextBlob: encrypted.toString('base64'),
        SourceKeyId: rsa,
        SourceKeyVersionId: version,
        SourceEncryptionAlgorithm: hash === 'sha256' ? 'RSAES_OAEP_SHA_256' : 'RSAES_OAEP_SHA_1',
        DestinationKeyId: destination,
      };
      const { CiphertextBlob } = await answer('ReEncrypt', source);
      expect((await answer('Decrypt', { CiphertextBlob })).Plaintext).toBe(PLAINTEXT);
      expect(await refusal('ReEncrypt', { ...source, SourceKeyVersionId: '' })).toEqual([
        400,
        'MissingParameter',
      ]);
      expect(await refusal('ReEncrypt', { ...source, SourceEncryptionContext: CONTEXT })).toEqual([
        400,
        'InvalidParameter',
      ]);
      const mixed = { ...source, SourceEncryptionAlgorithm: 'SM2PKE' };
      expect(await refusal('ReEncrypt', mixed)).toEqual([400, 'Rejected.UnsupportedOperation']);
    }
  });

  test('refuses a source that does not open, and a destination that is not symmetric', async () => {
    const CiphertextBlob = await encrypt();
    const to = { DestinationKeyId: destination };
    expect(await refusal('ReEncrypt', { CiphertextBlob, SourceEncryptionContext: CONTEXT, ...to })).toEqual([
      400,
      'InvalidParameter',
    ]);
    const rsa = await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' });
    expect(await refusal('ReEncrypt', { CiphertextBlob, DestinationKeyId: rsa })).toEqual([
      400,
      'UnsupportedOperation',
    ]);
    expect(await refusal('ReEncrypt', { CiphertextBlob, DestinationKeyId: 'none' })).toEqual([
      404,
      'Forbidden.KeyNotFound',
    ]);
  });
});

describe('usages and states', () => {
  test.each([{ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' }, { KeySpec: 'EC_P256' }])(
    'a key of %o is not for symmetric calls',
    async (spec) => {
      const KeyId = await newKey(spec);
      for (const action of ['Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext']) {
        expect(await refusal(action, { KeyId, Plaintext: PLAINTEXT })).toEqual([400, 'UnsupportedOperation']);
      }
    },
  );

  test.each(['Disabled', 'PendingDeletion', 'PendingImport'] as const)(
    'a key that is %s refuses every call, Decrypt included',
    async (state) => {
      const KeyId = await newKey();
      const CiphertextBlob = await encrypt({ KeyId });
      await setState(plane, KeyId, state);
      const refused = [409, `Rejected.${state}`];
      expect(await refusal('Encrypt', { KeyId, Plaintext: PLAINTEXT })).toEqual(refused);
      expect(await refusal('GenerateDataKey', { KeyId })).toEqual(refused);
      expect(await refusal('GenerateDataKeyWithoutPlaintext', { KeyId })).toEqual(refused);
      expect(await refusal('Decrypt', { CiphertextBlob })).toEqual(refused);
      expect(await refusal('ReEncrypt', { CiphertextBlob, DestinationKeyId: keyId })).toEqual(refused);
      const other = await encrypt();
      expect(await refusal('ReEncrypt', { CiphertextBlob: other, DestinationKeyId: KeyId })).toEqual(refused);
      await setState(plane, KeyId, 'Enabled');
      expect((await answer('Decrypt', { CiphertextBlob })).Plaintext).toBe(PLAINTEXT);
    },
  );

  test.each([
    ['Encrypt', { KeyId: 'k' }],
    ['Encrypt', { Plaintext: 'p' }],
    ['Encrypt', { KeyId: 'k', Plaintext: '' }],
    ['Decrypt', {}],
    ['Decrypt', { CiphertextBlob: '' }],
    ['ReEncrypt', { CiphertextBlob: 'YWJj' }],
    ['ReEncrypt', { DestinationKeyId: 'k' }],
    ['GenerateDataKey', {}],
  ])('%s with %o misses a parameter', async (action, fields) => {
    expect(await refusal(action, fields)).toEqual([400, 'MissingParameter']);
  });
});
