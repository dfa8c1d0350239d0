// Asymmetric keys with both usages, which the standard edition offers by a parameter of our own.

import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';

let plane: ControlPlaneFixture;
beforeAll(async () => {
  plane = await startControlPlane({ edition: 'standard' });
});
afterAll(() => plane.close());

async function answer(action: string, parameters: Record<string, string>) {
  const { status, body } = await plane.client.call(action, parameters);
  expect({ action, status, code: body.Code }).toEqual({ action, status: 200, code: undefined });
  return body as unknown as Record<string, string>;
}

test('a key with both usages signs and encrypts, and DescribeKey tells both', async () => {
  const usages = { KeyUsage: 'ENCRYPT/DECRYPT', AdditionalKeyUsage: 'SIGN/VERIFY' };
  const created = await plane.client.call('CreateKey', { KeySpec: 'RSA_2048', ...usages });
  const { KeyId } = created.body.KeyMetadata;
  const described = await plane.client.call('DescribeKey', { KeyId });
  for (const { body } of [created, described])
    expect(body.KeyMetadata).toMatchObject({ ...usages, ProtectionLevel: 'HSM' });
  const versions = await plane.client.call('ListKeyVersions', { KeyId });
  const listed = versions.body as unknown as { KeyVersions: { KeyVersion: { KeyVersionId: string }[] } };
  const KeyVersionId = listed.KeyVersions.KeyVersion[0]?.KeyVersionId ?? '';
  const Plaintext = randomBytes(20).toString('base64');
  const encrypting = { KeyId, KeyVersionId, Algorithm: 'RSAES_OAEP_SHA_256' };
  const { CiphertextBlob = '' } = await answer('AsymmetricEncrypt', { ...encrypting, Plaintext });
  expect(await answer('AsymmetricDecrypt', { ...encrypting, CiphertextBlob })).toMatchObject({ Plaintext });
  const Digest = createHash('sha256').update(Plaintext).digest('base64');
  const signing = { KeyId, KeyVersionId, Algorithm: 'RSA_PSS_SHA_256', Digest };
  const { Value = '' } = await answer('AsymmetricSign', signing);
  expect(await answer('AsymmetricVerify', { ...signing, Value })).toMatchObject({ Value: true });
});

test('a key with one usage tells no additional one and refuses the other', async () => {
  const { body } = await plane.client.call('CreateKey', { KeySpec: 'EC_P256' });
  expect(body.KeyMetadata).not.toHaveProperty('AdditionalKeyUsage');
  const { KeyId } = body.KeyMetadata;
  const again = await plane.client.call('CreateKey', {
    KeySpec: 'EC_P256',
    AdditionalKeyUsage: 'SIGN/VERIFY',
  });
  expect([again.status, again.body.Code]).toEqual([400, 'InvalidParameter']);
  const described = await plane.client.call('DescribeKey', { KeyId });
  expect(described.body.KeyMetadata).not.toHaveProperty('AdditionalKeyUsage');
});
