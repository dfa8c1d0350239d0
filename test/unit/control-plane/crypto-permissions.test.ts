// What each action of sections 2.7, 2.8 and 2.11 asks of its caller: built from the request alone, so that a refusal
// does not tell which key a ciphertext needs or whether there is one.

import { beforeAll, describe, expect, test } from 'vitest';
import type { Services } from '../../../appliance/control-plane/action.ts';
import { ACTIONS } from '../../../appliance/control-plane/action-table.ts';
import type { Permission } from '../../../appliance/control-plane/permissions.ts';
import { ACCOUNT, coreServices } from '../../support/core-services.ts';
import { type Fields, sealBlob } from '../../support/openapi-crypto.ts';
import { present } from '../../support/present.ts';

const core = coreServices();
const INSTANCE = core.store.instanceId;
let services: Services;
let keyId: string;
let blob: string;

beforeAll(async () => {
  const key = await core.keys.createKey({});
  keyId = key.id;
  await core.keys.createAlias('alias/main', keyId);
  blob = sealBlob(key.initialVersionId, 'content', Buffer.alloc(32));
  // Access functions look up nothing but aliases.
  services = { keys: core.keys, account: ACCOUNT, instance: { id: INSTANCE } } as Services;
});

function permissions(name: string, fields: Fields): readonly Permission[] | null {
  const action = present(ACTIONS.find((each) => each.name === name));
  return action
    .validate(new Map(Object.entries(fields)))
    .permissions(services, { accessKeyId: 'LTAI', user: null });
}

const CRYPTO: Fields = {
  Plaintext: 'YWJj',
  CiphertextBlob: 'YWJj',
  KeyVersionId: 'v',
  Digest: 'YWJj',
  Value: 'YWJj',
  Message: 'YWJj',
  Mac: 'YWJj',
  PublicKeyBlob: 'YWJj',
  WrappingKeySpec: 'RSA_2048',
  WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
};

describe.each([
  ['Encrypt', ''],
  ['GenerateDataKey', ''],
  ['GenerateDataKeyWithoutPlaintext', ''],
  ['GenerateAndExportDataKey', ''],
  ['AsymmetricEncrypt', 'RSAES_OAEP_SHA_256'],
  ['AsymmetricDecrypt', 'RSAES_OAEP_SHA_256'],
  ['AsymmetricSign', 'ECDSA_SHA_256'],
  ['AsymmetricVerify', 'ECDSA_SHA_256'],
  ['GetPublicKey', ''],
  ['GenerateMac', 'HMAC_SHA_256'],
  ['VerifyMac', 'HMAC_SHA_256'],
])('%s', (name, Algorithm) => {
  const of = (KeyId: string) => permissions(name, { ...CRYPTO, Algorithm, KeyId });

  test('asks for itself on the key that an id, an alias or an ARN of either means', () => {
    const prefix = `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:`;
    for (const ref of [keyId, 'alias/main', `${prefix}key/${keyId}`, `${prefix}alias/main`]) {
      expect(of(ref)).toEqual([{ resource: `key/${keyId}` }]);
    }
  });

  test('asks for a key that there is none of as for any other, and for all keys where a name leads nowhere', () => {
    expect(of('key-kms00000001aaaaaaaaaa')).toEqual([{ resource: 'key/key-kms00000001aaaaaaaaaa' }]);
    expect(of('alias/none')).toEqual([{ resource: 'key/*' }]);
  });
});

describe.each(['Decrypt', 'ExportDataKey'])('%s', (name) => {
  test('asks for itself on the key that the ciphertext names', () => {
    expect(permissions(name, { ...CRYPTO, CiphertextBlob: blob })).toEqual([{ resource: `key/${keyId}` }]);
  });

  test('asks for all keys when it names none', () => {
    expect(permissions(name, CRYPTO)).toEqual([{ resource: 'key/*' }]);
  });

  test('a key that is unknown is asked for like one that is known', () => {
    const CiphertextBlob = sealBlob('key-kms00000001aaaaaaaaaa-bbbbbbbbbb', 'content', Buffer.alloc(32));
    expect(permissions(name, { ...CRYPTO, CiphertextBlob })).toEqual([
      { resource: 'key/key-kms00000001aaaaaaaaaa' },
    ]);
  });
});

describe('ReEncrypt', () => {
  const to = { action: 'kms:ReEncryptTo', resource: 'key/key-kms00000001aaaaaaaaaa' };
  const of = (fields: Fields) =>
    permissions('ReEncrypt', { DestinationKeyId: 'key-kms00000001aaaaaaaaaa', ...fields });

  test('asks for ReEncryptFrom on the source and ReEncryptTo on the destination', () => {
    expect(of({ CiphertextBlob: blob })).toEqual([
      { action: 'kms:ReEncryptFrom', resource: `key/${keyId}` },
      to,
    ]);
  });

  test('of public-key ciphertext the source is the key that is named, whatever the bytes look like', () => {
    const fields = { CiphertextBlob: blob, SourceKeyId: 'key-kms00000002aaaaaaaaaa' };
    expect(of(fields)).toEqual([
      { action: 'kms:ReEncryptFrom', resource: 'key/key-kms00000002aaaaaaaaaa' },
      to,
    ]);
    expect(of({ CiphertextBlob: 'YWJj' })?.[0]).toEqual({ action: 'kms:ReEncryptFrom', resource: 'key/*' });
  });
});

test.each<[string, Fields, string]>([
  [
    'ConnectKmsInstance',
    { VpcId: 'v', ZoneIds: 'a,b', VSwitchIds: 's', KMProvider: 'Aliyun' },
    'keystore/kst-x',
  ],
  ['GetKmsInstance', {}, 'keystore/kst-x'],
  ['UpdateKmsInstance', {}, 'keystore/kst-x'],
  ['UpdateKmsInstanceBindVpc', { BindVpcs: '[]' }, 'keystore/kst-x'],
  ['ReleaseKmsInstance', {}, 'keystore/kst-x'],
  ['GetKmsInstanceQuotaInfos', {}, 'keystore/kst-x'],
  ['GetKmsInstanceQuotaInfos', { KmsInstanceId: '' }, `keystore/${INSTANCE}`],
  ['GetDefaultKmsInstance', {}, 'keystore'],
  ['ListKmsInstances', {}, 'keystore'],
  ['DescribeAccountKmsStatus', {}, '*'],
  ['OpenKmsService', {}, '*'],
])('%s with %o asks for itself on %s', (name, fields, resource) => {
  expect(permissions(name, { KmsInstanceId: 'kst-x', ...fields })).toEqual([{ resource }]);
});

test('DescribeRegions asks for nothing but authentication', () => {
  expect(permissions('DescribeRegions', {})).toBeNull();
});
