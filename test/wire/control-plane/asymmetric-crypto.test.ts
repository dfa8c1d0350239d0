// The asymmetric calls over the wire, against the public key with node:crypto; usages, versions, states, and the calls on
// message authentication codes, which no key of this instance makes.

import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';
import { callsOf, setState } from '../../support/openapi-crypto.ts';
import { changed, present } from '../../support/present.ts';
import { versionOf } from '../../support/software-keys.ts';

const RequestId = expect.any(String) as string;
const MESSAGE = Buffer.from('message');
const Digest = createHash('sha256').update(MESSAGE).digest('base64');

let plane: ControlPlaneFixture;
const { answer, refusal, newKey } = callsOf(() => plane);

interface NamedVersion extends Record<string, string> {
  readonly KeyId: string;
  readonly KeyVersionId: string;
}

async function named(fields: Record<string, string>): Promise<NamedVersion> {
  const KeyId = await newKey(fields);
  return { KeyId, KeyVersionId: present(plane.store.records.keys.get(KeyId)).initialVersionId };
}

beforeAll(async () => {
  plane = await startControlPlane();
});

afterAll(() => plane.close());

describe('AsymmetricEncrypt and AsymmetricDecrypt', () => {
  let rsa: NamedVersion;
  let publicKey: string;

  beforeAll(async () => {
    rsa = await named({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' });
    publicKey = (await answer('GetPublicKey', rsa)).PublicKey;
  });

  test.each([
    ['RSAES_OAEP_SHA_256', 'sha256', 190],
    ['RSAES_OAEP_SHA_1', 'sha1', 214],
  ])('%s opens what node:crypto encrypted to the public key, and its own', async (Algorithm, hash, most) => {
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash };
    const CiphertextBlob = publicEncrypt({ key: publicKey, ...padding }, MESSAGE).toString('base64');
    expect(await answer('AsymmetricDecrypt', { ...rsa, Algorithm, CiphertextBlob })).toEqual({
      RequestId,
      Plaintext: MESSAGE.toString('base64'),
      ...rsa,
    });
    const Plaintext = Buffer.alloc(most, 1).toString('base64');
    const encrypted = await answer('AsymmetricEncrypt', { ...rsa, Algorithm, Plaintext });
    expect(encrypted).toEqual({ RequestId, CiphertextBlob: encrypted.CiphertextBlob, ...rsa });
    const own = { ...rsa, Algorithm, CiphertextBlob: encrypted.CiphertextBlob };
    expect((await answer('AsymmetricDecrypt', own)).Plaintext).toBe(Plaintext);
    const tooLong = Buffer.alloc(most + 1).toString('base64');
    expect(await refusal('AsymmetricEncrypt', { ...rsa, Algorithm, Plaintext: tooLong })).toEqual([
      400,
      'InvalidParameter',
    ]);
  });

  test('ciphertext of the other hash, changed, cut or overlong is refused alike', async () => {
    const Algorithm = 'RSAES_OAEP_SHA_256';
    const Plaintext = MESSAGE.toString('base64');
    const { CiphertextBlob } = await answer('AsymmetricEncrypt', { ...rsa, Algorithm, Plaintext });
    const bytes = Buffer.from(CiphertextBlob, 'base64');
    const bad = [changed(bytes, 0), changed(bytes, 255), bytes.subarray(1), Buffer.concat([bytes, bytes])];
    for (const each of bad) {
      const fields = { ...rsa, Algorithm, CiphertextBlob: each.toString('base64') };
      expect(await refusal('AsymmetricDecrypt', fields)).toEqual([400, 'InvalidParameter']);
    }
    const other = { ...rsa, Algorithm: 'RSAES_OAEP_SHA_1', CiphertextBlob };
    expect(await refusal('AsymmetricDecrypt', other)).toEqual([400, 'InvalidParameter']);
  });

  test('algorithms of other keys are not supported, and names of none are invalid', async () => {
    const Plaintext = 'YWJj';
    const codes = [
      ['SM2PKE', 'Rejected.UnsupportedOperation'],
      ['RSA_PSS_SHA_256', 'InvalidParameter'],
      ['AES_GCM', 'InvalidParameter'],
      ['rsaes_oaep_sha_256', 'InvalidParameter'],
      ['', 'MissingParameter'],
    ] as const;
    for (const [Algorithm, code] of codes) {
      expect(await refusal('AsymmetricEncrypt', { ...rsa, Algorithm, Plaintext })).toEqual([400, code]);
    }
  });
});

describe('AsymmetricSign and AsymmetricVerify', () => {
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  test.each([
    ['RSA_2048', 'RSA_PSS_SHA_256', pss],
    ['RSA_2048', 'RSA_PKCS1_SHA_256', {}],
    ['RSA_3072', 'RSA_PSS_SHA_256', pss],
    ['EC_P256', 'ECDSA_SHA_256', {}],
    ['EC_P256K', 'ECDSA_SHA_256', {}],
  ])(
    '%s: node:crypto verifies a signature with %s by the public key',
    async (KeySpec, Algorithm, options) => {
      const key = await named({ KeySpec, KeyUsage: 'SIGN/VERIFY' });
      const signed = await answer('AsymmetricSign', { ...key, Algorithm, Digest });
      expect(signed).toEqual({ RequestId, Value: signed.Value, ...key });
      const Value = String(signed.Value);
      const { PublicKey } = await answer('GetPublicKey', key);
      const signature = Buffer.from(Value, 'base64');
      expect(verify('sha256', MESSAGE, { key: PublicKey, ...options }, signature)).toBe(true);

      const verifying = { ...key, Algorithm, Digest, Value };
      expect(await answer('AsymmetricVerify', verifying)).toEqual({ RequestId, Value: true, ...key });
      const wrong = [
        { Digest: createHash('sha256').update('other').digest('base64') },
        { Value: changed(signature, signature.length - 1).toString('base64') },
        { Value: 'YWJj' },
      ];
      for (const fields of wrong) {
        expect((await answer('AsymmetricVerify', { ...verifying, ...fields })).Value).toBe(false);
      }
    },
  );

  test('AsymmetricVerify accepts what node:crypto signed with the same key', async () => {
    const KeyId = await newKey({ KeySpec: 'EC_P256' });
    const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'der' });
    const made = versionOf('EC_P256', pkcs8, pair.publicKey.export({ type: 'spki', format: 'der' }));
    await plane.store.transact(({ keys, keyVersions }) => {
      keyVersions.put(made.id, made);
      keys.put(made.keyId, { ...present(keys.get(KeyId)), id: made.keyId, initialVersionId: made.id });
    });
    const key = { KeyId: made.keyId, KeyVersionId: made.id };
    const Value = sign(
      'sha256',
      MESSAGE,
      createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    );
    const fields = { ...key, Algorithm: 'ECDSA_SHA_256', Digest, Value: Value.toString('base64') };
    expect((await answer('AsymmetricVerify', fields)).Value).toBe(true);
  });

  test('a digest is of exactly 32 bytes', async () => {
    const key = await named({ KeySpec: 'EC_P256' });
    for (const length of [1, 31, 33, 64]) {
      const fields = { ...key, Algorithm: 'ECDSA_SHA_256', Digest: Buffer.alloc(length).toString('base64') };
      expect(await refusal('AsymmetricSign', fields)).toEqual([400, 'InvalidParameter']);
      expect(await refusal('AsymmetricVerify', { ...fields, Value: 'YWJj' })).toEqual([
        400,
        'InvalidParameter',
      ]);
    }
  });

  test.each([
    ['EC_P256', 'SM2DSA', 'Rejected.UnsupportedOperation'],
    ['EC_P256', 'RSA_PSS_SHA_256', 'Rejected.UnsupportedOperation'],
    ['EC_P256', 'ECDSA_SHA_384', 'InvalidParameter'],
    ['EC_P256', 'RSAES_OAEP_SHA_256', 'InvalidParameter'],
  ])('%s does not sign with %s', async (KeySpec, Algorithm, code) => {
    const key = await named({ KeySpec });
    expect(await refusal('AsymmetricSign', { ...key, Algorithm, Digest })).toEqual([400, code]);
  });
});

describe('keys and versions', () => {
  let rsaSigning: NamedVersion;
  let rsaEncrypting: NamedVersion;

  beforeAll(async () => {
    rsaSigning = await named({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN/VERIFY' });
    rsaEncrypting = await named({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' });
  });

  test('GetPublicKey answers with the PEM of the stored public key', async () => {
    const key = await named({ KeySpec: 'EC_P256K' });
    const { PublicKey, ...rest } = await answer('GetPublicKey', key);
    expect(rest).toEqual({ RequestId, ...key });
    expect(PublicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+\n-----END PUBLIC KEY-----\n$/);
    expect(createPublicKey(PublicKey).asymmetricKeyDetails).toEqual({ namedCurve: 'secp256k1' });
  });

  const encrypting = { Algorithm: 'RSAES_OAEP_SHA_256', Plaintext: 'YWJj' };
  const signing = { Algorithm: 'RSA_PSS_SHA_256', Digest };
  const CALLS: readonly [string, Record<string, string>][] = [
    ['AsymmetricEncrypt', encrypting],
    ['AsymmetricDecrypt', { ...encrypting, CiphertextBlob: 'YWJj' }],
    ['AsymmetricSign', signing],
    ['AsymmetricVerify', { ...signing, Value: 'YWJj' }],
    ['GetPublicKey', {}],
  ];

  test.each(CALLS)('%s refuses versions that are unknown or of another key', async (action, fields) => {
    const key = await named({ KeySpec: 'EC_P256' });
    const other = await named({ KeySpec: 'EC_P256' });
    for (const KeyVersionId of ['none', `${key.KeyId}-0000000000`, other.KeyVersionId]) {
      expect(await refusal(action, { ...key, ...fields, KeyVersionId })).toEqual([
        404,
        'Forbidden.KeyVersionNotFound',
      ]);
    }
    expect(await refusal(action, { ...key, ...fields, KeyId: 'none' })).toEqual([
      404,
      'Forbidden.KeyNotFound',
    ]);
    expect(await refusal(action, { ...key, ...fields, KeyVersionId: '' })).toEqual([400, 'MissingParameter']);
  });

  test.each(CALLS)('%s refuses a symmetric key', async (action, fields) => {
    const key = await named({});
    const code = action === 'GetPublicKey' ? 'UnsupportedOperation' : 'Rejected.UnsupportedOperation';
    expect(await refusal(action, { ...key, ...fields })).toEqual([400, code]);
  });

  test('an asymmetric key refuses the calls that are not of its usage', async () => {
    const ecEncrypting = await named({ KeySpec: 'EC_P256', KeyUsage: 'ENCRYPT/DECRYPT' });
    const refused = [400, 'Rejected.UnsupportedOperation'];
    expect(await refusal('AsymmetricEncrypt', { ...rsaSigning, ...encrypting })).toEqual(refused);
    expect(await refusal('AsymmetricSign', { ...rsaEncrypting, ...signing })).toEqual(refused);
    expect(await refusal('AsymmetricEncrypt', { ...ecEncrypting, ...encrypting })).toEqual(refused);
  });

  test.each(['Disabled', 'PendingDeletion', 'PendingImport'] as const)(
    'a key that is %s refuses every call',
    async (state) => {
      for (const { KeyId } of [rsaSigning, rsaEncrypting]) await setState(plane, KeyId, state);
      for (const [action, fields] of CALLS) {
        const key = action.endsWith('crypt') ? rsaEncrypting : rsaSigning;
        expect(await refusal(action, { ...key, ...fields })).toEqual([409, `Rejected.${state}`]);
      }
    },
  );
});

describe('message authentication codes', () => {
  const fields = { Algorithm: 'HMAC_SHA_256', Message: 'YWJj', Mac: 'YWJj' };

  test.each(['GenerateMac', 'VerifyMac'])('%s is supported by no key spec', async (action) => {
    const KeyId = await newKey();
    expect(await refusal(action, { ...fields, KeyId })).toEqual([400, 'UnsupportedOperation']);
    expect(await refusal(action, { ...fields, KeyId: 'none' })).toEqual([404, 'Forbidden.KeyNotFound']);
    expect(await refusal(action, { ...fields, KeyId, Algorithm: 'HMAC_MD5' })).toEqual([
      400,
      'InvalidParameter',
    ]);
    await setState(plane, KeyId, 'Disabled');
    expect(await refusal(action, { ...fields, KeyId })).toEqual([409, 'Rejected.Disabled']);
  });

  test('VerifyMac needs the code to verify', async () => {
    const KeyId = await newKey();
    expect(await refusal('VerifyMac', { KeyId, Algorithm: 'HMAC_SHA_256', Message: 'YWJj' })).toEqual([
      400,
      'MissingParameter',
    ]);
  });
});
