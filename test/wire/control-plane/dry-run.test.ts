// DryRun over the wire: every call of section 2.8 rehearses, and none ever answers with a result.

import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTIONS } from '../../../appliance/control-plane/action-table.ts';
import { type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';
import { callsOf, type Fields, setState } from '../../support/openapi-crypto.ts';
import { present } from '../../support/present.ts';

let plane: ControlPlaneFixture;
const { answer, refusal, newKey } = callsOf(() => plane);
const rehearsals = new Map<string, Fields>();
let keyId: string;

beforeAll(async () => {
  plane = await startControlPlane();
  const versionOf = (id: string) => present(plane.store.records.keys.get(id)).initialVersionId;
  keyId = await newKey();
  const CiphertextBlob = (await answer('GenerateDataKey', { KeyId: keyId })).CiphertextBlob;
  const encrypting = await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' });
  const signing = await newKey({ KeySpec: 'EC_P256' });
  const rsa = { KeyId: encrypting, KeyVersionId: versionOf(encrypting), Algorithm: 'RSAES_OAEP_SHA_256' };
  const ec = { KeyId: signing, KeyVersionId: versionOf(signing), Algorithm: 'ECDSA_SHA_256' };
  const Digest = Buffer.alloc(32).toString('base64');
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wrapping = {
    PublicKeyBlob: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    WrappingKeySpec: 'RSA_2048',
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
  };
  const encrypted = (await answer('AsymmetricEncrypt', { ...rsa, Plaintext: 'YWJj' })).CiphertextBlob;
  for (const [action, fields] of Object.entries({
    Encrypt: { KeyId: keyId, Plaintext: 'YWJj' },
    Decrypt: { CiphertextBlob },
    ReEncrypt: { CiphertextBlob, DestinationKeyId: keyId },
    GenerateDataKey: { KeyId: keyId },
    GenerateDataKeyWithoutPlaintext: { KeyId: keyId },
    GenerateAndExportDataKey: { KeyId: keyId, ...wrapping },
    ExportDataKey: { CiphertextBlob, ...wrapping },
    AsymmetricEncrypt: { ...rsa, Plaintext: 'YWJj' },
    AsymmetricDecrypt: { ...rsa, CiphertextBlob: encrypted },
    AsymmetricSign: { ...ec, Digest },
    AsymmetricVerify: { ...ec, Digest, Value: 'YWJj' },
    GetPublicKey: { KeyId: signing, KeyVersionId: ec.KeyVersionId },
  })) {
    rehearsals.set(action, fields);
  }
});

afterAll(() => plane.close());

const REHEARSING = ACTIONS.filter(({ dryRun }) => dryRun).map(({ name }) => name);
const MACS = ['GenerateMac', 'VerifyMac'];

test('every call of the group takes DryRun, and nothing that changes anything does', () => {
  expect([...REHEARSING].sort()).toEqual([...rehearsals.keys(), ...MACS].sort());
  expect(ACTIONS.filter(({ dryRun, write }) => dryRun && write)).toEqual([]);
});

test.each(REHEARSING.filter((name) => !MACS.includes(name)))(
  'a dry run of %s that would succeed is told so by an error',
  async (action) => {
    const fields = present(rehearsals.get(action));
    await answer(action, { ...fields, DryRun: 'false' });
    for (const DryRun of ['true', 'True', 'TRUE']) {
      expect(await refusal(action, { ...fields, DryRun })).toEqual([400, 'DryRunOperationError']);
    }
    expect(plane.audit.last).toMatchObject({ api: action, errorCode: 'DryRunOperationError' });
    expect(await refusal(action, { ...fields, DryRun: 'perhaps' })).toEqual([400, 'InvalidParameter']);
  },
);

test('what would be refused is a ValidationError with the code in its text', async () => {
  const dry = { DryRun: 'true' };
  const disabled = await newKey();
  await setState(plane, disabled, 'Disabled');
  const cases: readonly [string, Fields, string][] = [
    ['Encrypt', { KeyId: keyId }, 'MissingParameter'],
    ['Encrypt', { KeyId: 'none', Plaintext: 'p' }, 'Forbidden.KeyNotFound'],
    ['Encrypt', { KeyId: disabled, Plaintext: 'p' }, 'Rejected.Disabled'],
    ['Decrypt', { CiphertextBlob: 'YWJj' }, 'InvalidParameter'],
    ['GenerateMac', { KeyId: keyId, Algorithm: 'HMAC_SHA_256', Message: 'YWJj' }, 'UnsupportedOperation'],
  ];
  for (const [action, fields, code] of cases) {
    const { status, body } = await plane.client.call(action, { ...fields, ...dry });
    expect([status, body.Code]).toEqual([400, 'ValidationError']);
    // Clients see nothing else of the reason.
    expect(body.Message.startsWith(`${code}: `)).toBe(true);
  }
});

test('a dry run is authenticated like any other request', async () => {
  const fields = { KeyId: keyId, Plaintext: 'p', DryRun: 'true' };
  const { status, body } = await plane.client.call('Encrypt', fields, { secret: 'wrong' });
  expect([status, body.Code]).toEqual([400, 'SignatureDoesNotMatch']);
});

test('other actions ignore the parameter', async () => {
  await answer('DescribeKey', { KeyId: keyId, DryRun: 'true' });
});
