// The cryptographic actions: what this client encrypts comes back, and Node's own cryptography agrees where a public key
// or a wrapped key lets it.

import assert from 'node:assert/strict';
import {
  constants,
  createHash,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  verify,
} from 'node:crypto';
import { refused } from './report.mjs';

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
const EncryptionContext = '{"order":"42"}';
const base64 = (text) => Buffer.from(text).toString('base64');
const bytes = (text) => Buffer.from(text, 'base64');

export async function crypto(report, call) {
  const create = async (parameters) => (await call('CreateKey', parameters)).KeyMetadata.KeyId;
  const KeyId = await create({});

  await report.check('Encrypt, ReEncrypt and Decrypt', async () => {
    const { CiphertextBlob } = await call('Encrypt', {
      KeyId,
      Plaintext: base64('hello'),
      EncryptionContext,
    });
    const again = await call('ReEncrypt', {
      CiphertextBlob,
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId: await create({}),
    });
    assert.equal(
      (await call('Decrypt', { CiphertextBlob: again.CiphertextBlob })).Plaintext,
      base64('hello'),
    );
    await refused('InvalidParameter', call('Decrypt', { CiphertextBlob }));
  });
  await report.check('GenerateDataKey and GenerateDataKeyWithoutPlaintext', async () => {
    const made = await call('GenerateDataKey', { KeyId, NumberOfBytes: 24 });
    assert.equal(bytes(made.Plaintext).length, 24);
    assert.equal((await call('Decrypt', { CiphertextBlob: made.CiphertextBlob })).Plaintext, made.Plaintext);
    const hidden = await call('GenerateDataKeyWithoutPlaintext', { KeyId });
    assert.equal(hidden.Plaintext, undefined);
    const { Plaintext } = await call('Decrypt', { CiphertextBlob: hidden.CiphertextBlob });
    assert.equal(bytes(Plaintext).length, 32);
  });
  await report.check('GenerateAndExportDataKey and ExportDataKey', () => exported(KeyId, call));
  await report.check('GetPublicKey, AsymmetricEncrypt and AsymmetricDecrypt', async () => {
    const key = await version(await create({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' }), call);
    const { PublicKey } = await call('GetPublicKey', key);
    const asked = { ...key, Algorithm: 'RSAES_OAEP_SHA_256' };
    const theirs = await call('AsymmetricEncrypt', { ...asked, Plaintext: base64('hello') });
    const ours = publicEncrypt({ key: PublicKey, ...OAEP }, Buffer.from('hello')).toString('base64');
    for (const CiphertextBlob of [theirs.CiphertextBlob, ours]) {
      assert.equal(
        (await call('AsymmetricDecrypt', { ...asked, CiphertextBlob })).Plaintext,
        base64('hello'),
      );
    }
  });
  await report.check('AsymmetricSign and AsymmetricVerify', async () => {
    const key = await version(await create({ KeySpec: 'EC_P256', KeyUsage: 'SIGN/VERIFY' }), call);
    const Digest = createHash('sha256').update('hello').digest('base64');
    const signing = { ...key, Algorithm: 'ECDSA_SHA_256', Digest };
    const { Value } = await call('AsymmetricSign', signing);
    const { PublicKey } = await call('GetPublicKey', key);
    assert.ok(verify('sha256', Buffer.from('hello'), PublicKey, bytes(Value)));
    assert.equal((await call('AsymmetricVerify', { ...signing, Value })).Value, true);
    const other = createHash('sha256').update('bye').digest('base64');
    assert.equal((await call('AsymmetricVerify', { ...signing, Digest: other, Value })).Value, false);
  });
  await report.check('GenerateMac and VerifyMac are refused, as no key spec makes codes', async () => {
    const asked = { KeyId, Algorithm: 'HMAC_SHA_256', Message: base64('hello') };
    await refused('UnsupportedOperation', call('GenerateMac', asked));
    await refused('UnsupportedOperation', call('VerifyMac', { ...asked, Mac: base64('hello') }));
  });
}

async function version(KeyId, call) {
  const [{ KeyVersionId }] = (await call('ListKeyVersions', { KeyId })).KeyVersions.KeyVersion;
  return { KeyId, KeyVersionId };
}

async function exported(KeyId, call) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wrapping = {
    PublicKeyBlob: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    WrappingKeySpec: 'RSA_2048',
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
  };
  const made = await call('GenerateAndExportDataKey', { KeyId, ...wrapping });
  const { CiphertextBlob } = made;
  const again = await call('ExportDataKey', { CiphertextBlob, ...wrapping });
  const { Plaintext } = await call('Decrypt', { CiphertextBlob });
  for (const { ExportedDataKey } of [made, again]) {
    const opened = privateDecrypt({ key: privateKey, ...OAEP }, bytes(ExportedDataKey));
    assert.equal(opened.toString('base64'), Plaintext);
  }
}
