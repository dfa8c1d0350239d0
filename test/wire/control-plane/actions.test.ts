// Every action over the wire: the shape of its answer to the letter, and its main errors.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  CA_CHAIN,
  type ControlPlaneFixture,
  startControlPlane,
} from '../../support/control-plane.ts';
import { present } from '../../support/present.ts';

const ARN = `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:`;
const DATE = '2026-01-02T03:04:05Z';
const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string;
const RequestId = expect.any(String) as string;
const KEY_USER = 'RbacPermission/Template/CryptoServiceKeyUser';
const RULES = '{\n  "NetworkRules" : [ "office" ]\n}';

let plane: ControlPlaneFixture;
let instanceId: string;

beforeAll(async () => {
  plane = await startControlPlane({ limits: { keys: 12 } });
  instanceId = plane.store.instanceId;
});

afterAll(() => plane.close());

async function answer(action: string, parameters: Record<string, string> = {}) {
  const { status, body } = await plane.client.call(action, parameters);
  expect({ action, status, code: body.Code }).toEqual({ action, status: 200, code: undefined });
  return body;
}

async function refusal(action: string, parameters: Record<string, string> = {}): Promise<[number, string]> {
  const { status, body } = await plane.client.call(action, parameters);
  expect(Object.keys(body).sort()).toEqual(['Code', 'HostId', 'Message', 'Recommend', 'RequestId']);
  expect(Object.values(body).every((value) => typeof value === 'string')).toBe(true);
  return [status, body.Code];
}

describe('keys', () => {
  let keyId: string;

  test('CreateKey answers with the metadata of a symmetric key', async () => {
    const body = await answer('CreateKey', {
      DKMSInstanceId: instanceId,
      ProtectionLevel: 'HSM',
      Description: 'd',
    });
    keyId = body.KeyMetadata.KeyId;
    expect(body).toEqual({
      RequestId,
      KeyMetadata: {
        KeyId: keyId,
        Arn: `${ARN}key/${keyId}`,
        KeyState: 'Enabled',
        KeySpec: 'Aliyun_AES_256',
        KeyUsage: 'ENCRYPT/DECRYPT',
        Origin: 'Aliyun_KMS',
        ProtectionLevel: 'HSM',
        Description: 'd',
        Creator: ACCOUNT.accountId,
        CreationDate: DATE,
        PrimaryKeyVersion: matching(new RegExp(`^${keyId}-`)),
        LastRotationDate: DATE,
        AutomaticRotation: 'Disabled',
        MaterialExpireTime: '',
        DKMSInstanceId: instanceId,
      },
    });
  });

  test('CreateKey of an asymmetric key names no primary version', async () => {
    const { KeyMetadata } = await answer('CreateKey', { KeyStoreId: instanceId, KeySpec: 'EC_P256' });
    expect(KeyMetadata).toMatchObject({ KeyUsage: 'SIGN/VERIFY', ProtectionLevel: 'SOFTWARE' });
    expect(KeyMetadata).not.toHaveProperty('PrimaryKeyVersion');
    expect(KeyMetadata).not.toHaveProperty('LastRotationDate');
  });

  test('CreateKey accepts what Terraform always sends', async () => {
    const { KeyMetadata } = await answer('CreateKey', {
      ProtectionLevel: 'SOFTWARE',
      EnableAutomaticRotation: 'False',
      KeyStorageMechanism: 'HsmInternal',
      RotationInterval: '',
      Tags: '[]',
    });
    expect(KeyMetadata.ProtectionLevel).toBe('SOFTWARE');
  });

  test.each<[Record<string, string>, number, string]>([
    [{ DKMSInstanceId: 'kst-other' }, 403, 'Forbidden.DKMSInstanceNotFound'],
    [{ KeyStoreId: 'kst-other' }, 403, 'Forbidden.DKMSInstanceNotFound'],
    [{ Origin: 'external' }, 400, 'InvalidParameter'],
    [{ EnableAutomaticRotation: 'true' }, 400, 'MissingParameter'],
    [{ Policy: '{}' }, 400, 'InvalidParameter'],
    [{ KeyUsage: 'SIGN/VERIFY' }, 400, 'InvalidParameter'],
    [{ KeySpec: 'Aliyun_AES_128' }, 400, 'InvalidParameter'],
    [{ KeySpec: 'EC_P256', AdditionalKeyUsage: 'ENCRYPT/DECRYPT' }, 400, 'UnsupportedOperation'],
  ])('CreateKey with %o is refused', async (parameters, status, code) => {
    expect(await refusal('CreateKey', parameters)).toEqual([status, code]);
  });

  test('DescribeKey adds the deletion protection, and takes id, alias and ARN', async () => {
    await answer('CreateAlias', { AliasName: 'alias/main', KeyId: keyId });
    for (const KeyId of [keyId, 'alias/main', `${ARN}key/${keyId}`, `${ARN}alias/main`]) {
      const { KeyMetadata } = await answer('DescribeKey', { KeyId });
      expect(KeyMetadata).toMatchObject({
        KeyId: keyId,
        DeletionProtection: 'Disabled',
        DeletionProtectionDescription: '',
      });
    }
    expect(await refusal('DescribeKey', { KeyId: 'none' })).toEqual([404, 'Forbidden.KeyNotFound']);
    expect(await refusal('DescribeKey', { KeyId: 'alias/none' })).toEqual([404, 'Forbidden.AliasNotFound']);
  });

  test('DisableKey and EnableKey change the state, seen by the next call', async () => {
    for (const [action, state] of [
      ['DisableKey', 'Disabled'],
      ['DisableKey', 'Disabled'],
      ['EnableKey', 'Enabled'],
    ] as const) {
      expect(await answer(action, { KeyId: keyId })).toEqual({ RequestId });
      expect((await answer('DescribeKey', { KeyId: keyId })).KeyMetadata.KeyState).toBe(state);
    }
    for (const action of ['EnableKey', 'DisableKey']) {
      expect(await refusal(action, { KeyId: 'alias/main' })).toEqual([400, 'Unsupported.Alias']);
      expect(await refusal(action, { KeyId: 'none' })).toEqual([404, 'Forbidden.KeyNotFound']);
    }
  });

  test('EnableKey of a key pending deletion is refused', async () => {
    const { KeyMetadata } = await answer('CreateKey');
    const KeyId = KeyMetadata.KeyId;
    await plane.store.transact(({ keys }) =>
      keys.put(KeyId, { ...present(keys.get(KeyId)), state: 'PendingDeletion' }),
    );
    expect(await refusal('EnableKey', { KeyId })).toEqual([409, 'Rejected.StateModifiedFailed']);
    expect(await refusal('CreateAlias', { KeyId, AliasName: 'alias/doomed' })).toEqual([
      409,
      'Rejected.StateModifiedFailed',
    ]);
  });

  test('ListKeys wraps its list and counts in numbers', async () => {
    const all = await answer('ListKeys', { PageSize: '100' });
    expect(all).toEqual({
      RequestId,
      Keys: all.Keys,
      TotalCount: all.Keys.Key.length,
      PageNumber: 1,
      PageSize: 100,
    });
    expect(all.Keys.Key).toContainEqual({ KeyId: keyId, KeyArn: `${ARN}key/${keyId}` });
    const past = await answer('ListKeys', { PageNumber: '99' });
    expect(past).toMatchObject({
      Keys: { Key: [] },
      TotalCount: all.TotalCount,
      PageNumber: 99,
      PageSize: 10,
    });
    const filtered = await answer('ListKeys', { Filters: '[{"Key":"KeySpec","Values":["EC_P256"]}]' });
    expect(filtered.TotalCount).toBe(1);
  });

  test('CreateKey over the quota is refused', async () => {
    const { TotalCount } = await answer('ListKeys');
    for (let count = TotalCount; count < 12; count += 1) await answer('CreateKey');
    expect(await refusal('CreateKey')).toEqual([400, 'Rejected.LimitExceeded']);
  });

  test('ListAliases wraps its list; a page of size 0 is empty', async () => {
    expect(await answer('ListAliases')).toEqual({
      RequestId,
      Aliases: { Alias: [{ KeyId: keyId, AliasName: 'alias/main', AliasArn: `${ARN}alias/main` }] },
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 10,
    });
    expect(await answer('ListAliases', { PageSize: '0' })).toMatchObject({
      Aliases: { Alias: [] },
      PageSize: 0,
    });
  });

  test('CreateAlias refuses a name that is taken or bad, and a key that is none', async () => {
    const create = (AliasName: string, KeyId = keyId) => refusal('CreateAlias', { AliasName, KeyId });
    expect(await create('alias/main')).toEqual([400, 'AliasAlreadyExists']);
    expect(await create('main')).toEqual([400, 'InvalidParameter']);
    expect(await create('alias/acs/kms')).toEqual([400, 'InvalidParameter']);
    expect(await create('alias/x', 'alias/main')).toEqual([400, 'Unsupported.Alias']);
    expect(await create('alias/x', 'none')).toEqual([404, 'Forbidden.KeyNotFound']);
  });
});

describe('access', () => {
  const rule = {
    Arn: `${ARN}network/office`,
    Name: 'office',
    Type: 'Private',
    SourcePrivateIp: '["10.0.0.1","192.168.0.0/24"]',
    Description: '',
  };

  test('network rules: the list goes out as compact JSON text', async () => {
    const sent = { Name: 'office', Type: 'Private', SourcePrivateIp: '["10.0.0.1", "192.168.0.0/24"]' };
    expect(await answer('CreateNetworkRule', sent)).toEqual({ RequestId, ...rule });
    expect(await answer('DescribeNetworkRule', { Name: 'office' })).toEqual({ RequestId, ...rule });
    expect(await answer('UpdateNetworkRule', { Name: 'office', Description: 'd' })).toEqual({ RequestId });
    expect(await answer('DescribeNetworkRule', { Name: 'office' })).toMatchObject({
      ...rule,
      Description: 'd',
    });
    expect(await answer('ListNetworkRules')).toEqual({
      RequestId,
      NetworkRules: { NetworkRule: [{ Name: 'office', Type: 'Private' }] },
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 20,
    });
    expect(await refusal('CreateNetworkRule', sent)).toEqual([409, 'Rejected.ResourceExist']);
  });

  test('network rules: addresses may come with commas between them, or not at all', async () => {
    const comma = await answer('CreateNetworkRule', {
      Name: 'comma',
      Type: 'Private',
      SourcePrivateIp: '10.0.0.1, ::1',
    });
    expect(comma.SourcePrivateIp).toBe('["10.0.0.1","::1"]');
    const none = await answer('CreateNetworkRule', { Name: 'none', Type: 'Private' });
    expect(none.SourcePrivateIp).toBe('[]');
    for (const SourcePrivateIp of ['["10.0.0.1"', '[1]', 'x', '10.0.0.1,']) {
      const bad = { Name: 'bad', Type: 'Private', SourcePrivateIp };
      expect(await refusal('CreateNetworkRule', bad)).toEqual([400, 'InvalidParameter']);
    }
    expect(await answer('DeleteNetworkRule', { Name: 'comma' })).toEqual({ RequestId });
    expect(await answer('DeleteNetworkRule', { Name: 'none' })).toEqual({ RequestId });
  });

  test('policies: lists are text when created and arrays when described; rules are verbatim', async () => {
    const policy = {
      Arn: `${ARN}policy/app-policy`,
      Name: 'app-policy',
      KmsInstance: instanceId,
      AccessControlRules: RULES,
      Description: 'd',
    };
    const sent = {
      Name: 'app-policy',
      KmsInstance: instanceId,
      Permissions: `[ "${KEY_USER}" ]`,
      Resources: '["Key/*", "alias/app*"]',
      AccessControlRules: RULES,
      Description: 'd',
    };
    expect(await answer('CreatePolicy', sent)).toEqual({
      RequestId,
      ...policy,
      Permissions: `["${KEY_USER}"]`,
      Resources: '["Key/*","alias/app*"]',
    });
    const described = { RequestId, ...policy, Permissions: [KEY_USER], Resources: ['Key/*', 'alias/app*'] };
    expect(await answer('DescribePolicy', { Name: 'app-policy' })).toEqual(described);
    expect(await answer('UpdatePolicy', { Name: 'app-policy', Resources: '["key/*"]' })).toEqual({
      RequestId,
    });
    expect(await answer('DescribePolicy', { Name: 'app-policy' })).toEqual({
      ...described,
      Resources: ['key/*'],
    });
    expect(await answer('ListPolicies')).toMatchObject({
      Policies: { Policy: [{ Name: 'app-policy' }] },
      PageSize: 20,
    });
  });

  test.each<[Record<string, string>, number, string]>([
    [{ Name: 'app-policy' }, 409, 'Rejected.ResourceExist'],
    [{ KmsInstance: 'kst-other' }, 403, 'Forbidden.DKMSInstanceNotFound'],
    [{ AccessControlRules: '{"NetworkRules":["none"]}' }, 404, 'Forbidden.ResourceNotFound'],
    [{ AccessControlRules: 'office' }, 400, 'InvalidParameter'],
    [{ Permissions: KEY_USER }, 400, 'InvalidParameter'],
    [{ Permissions: '' }, 400, 'MissingParameter'],
    [{ Resources: '["everything"]' }, 400, 'InvalidParameter'],
  ])('CreatePolicy with %o is refused', async (fields, status, code) => {
    const good = { Name: 'new', Permissions: `["${KEY_USER}"]`, Resources: '["key/*"]' };
    expect(await refusal('CreatePolicy', { ...good, ...fields })).toEqual([status, code]);
  });

  test('access points: policies are compact JSON text', async () => {
    const point = {
      Arn: `${ARN}applicationaccesspoint/app`,
      Name: 'app',
      AuthenticationMethod: 'ClientKey',
      Policies: '["app-policy"]',
      Description: '',
    };
    const sent = { Name: 'app', Policies: '[ "app-policy" ]' };
    expect(await answer('CreateApplicationAccessPoint', sent)).toEqual({ RequestId, ...point });
    expect(await answer('DescribeApplicationAccessPoint', { Name: 'app' })).toEqual({ RequestId, ...point });
    const change = { Name: 'app', Description: 'd' };
    expect(await answer('UpdateApplicationAccessPoint', change)).toEqual({ RequestId });
    expect((await answer('DescribeApplicationAccessPoint', { Name: 'app' })).Description).toBe('d');
    expect(await answer('ListApplicationAccessPoints')).toMatchObject({
      ApplicationAccessPoints: {
        ApplicationAccessPoint: [{ Name: 'app', AuthenticationMethod: 'ClientKey' }],
      },
      TotalCount: 1,
    });
    expect(await refusal('CreateApplicationAccessPoint', sent)).toEqual([409, 'Rejected.ResourceExist']);
    expect(
      await refusal('CreateApplicationAccessPoint', { Name: 'x', Policies: '["a","b","c","d"]' }),
    ).toEqual([400, 'InvalidParameter']);
    expect(await refusal('CreateApplicationAccessPoint', { Name: 'x', Policies: '["none"]' })).toEqual([
      404,
      'Forbidden.ResourceNotFound',
    ]);
  });

  test('client keys: the PKCS#12 opens with the password and belongs to the certificate', async () => {
    const created = await answer('CreateClientKey', { AapName: 'app', Password: 'pass-word-1' });
    expect(created).toEqual({
      RequestId,
      ClientKeyId: matching(/^KAAP\.[0-9a-f-]{36}$/),
      KeyAlgorithm: 'RSA_2048',
      PrivateKeyData: matching(/^MII[A-Za-z0-9+/]+=*$/),
      NotBefore: DATE,
      NotAfter: '2031-01-02T03:04:05Z',
    });
    const pfx = Buffer.from(created.PrivateKeyData, 'base64');
    expect(() => createSecureContext({ pfx, passphrase: 'pass-word-1' })).not.toThrow();
    expect(() => createSecureContext({ pfx, passphrase: 'pass-word-2' })).toThrow();
    const { ClientKeyId } = created;
    const described = await answer('GetClientKey', { ClientKeyId });
    expect(described).toEqual({
      RequestId,
      ClientKeyId,
      AapName: 'app',
      CreateTime: DATE,
      KeyAlgorithm: 'RSA_2048',
      KeyOrigin: 'KMS_PROVIDED',
      NotBefore: DATE,
      NotAfter: '2031-01-02T03:04:05Z',
      PublicKeyData: matching(/^-----BEGIN CERTIFICATE-----/),
    });
    const certificate = new X509Certificate(described.PublicKeyData);
    const stored = plane.store.records.clientKeys.get(ClientKeyId);
    expect(certificate.publicKey.export({ type: 'spki', format: 'der' })).toEqual(stored?.publicKey);
    expect(() => createPrivateKey(described.PublicKeyData)).toThrow();
    const fields = { ...described, RequestId: undefined };
    expect(await answer('ListClientKeys', { AapName: 'app' })).toEqual({ RequestId, ClientKeys: [fields] });
    expect(await answer('ListClientKeys')).toEqual({ RequestId, ClientKeys: [fields] });
    expect(await answer('DeleteClientKey', { ClientKeyId })).toEqual({ RequestId });
    expect(await refusal('GetClientKey', { ClientKeyId })).toEqual([404, 'Forbidden.ResourceNotFound']);
    expect(await refusal('DeleteClientKey', { ClientKeyId })).toEqual([404, 'Forbidden.ResourceNotFound']);
  });

  test.each<[Record<string, string>, number, string]>([
    [{ AapName: 'none' }, 404, 'Forbidden.ResourceNotFound'],
    [{ Password: 'short-1' }, 400, 'InvalidParameter'],
    [{ Password: '' }, 400, 'MissingParameter'],
    [{ NotBefore: DATE }, 400, 'InvalidParameter'],
    [{ NotAfter: '2030-01-01T00:00:00Z' }, 400, 'InvalidParameter'],
    [{ NotBefore: DATE, NotAfter: '2030-02-30T00:00:00Z' }, 400, 'InvalidParameter'],
    [{ NotBefore: DATE, NotAfter: '2026-01-02' }, 400, 'InvalidParameter'],
    [{ NotBefore: '2025-01-01T00:00:00Z', NotAfter: '2025-06-01T00:00:00Z' }, 400, 'InvalidParameter'],
  ])('CreateClientKey with %o is refused', async (fields, status, code) => {
    const good = { AapName: 'app', Password: 'pass-word-1' };
    expect(await refusal('CreateClientKey', { ...good, ...fields })).toEqual([status, code]);
  });

  test('client keys: the validity is the one asked for', async () => {
    const validity = { NotBefore: '2025-12-31T00:00:00Z', NotAfter: '2026-01-02T03:04:06Z' };
    const created = await answer('CreateClientKey', { AapName: 'app', Password: 'pass-word-1', ...validity });
    expect(created).toMatchObject(validity);
  });

  test('what is in use cannot be deleted; in the right order all goes, client keys with their access point', async () => {
    expect(await refusal('DeleteNetworkRule', { Name: 'office' })).toEqual([409, 'Rejected.ResourceInUse']);
    expect(await refusal('DeletePolicy', { Name: 'app-policy' })).toEqual([409, 'Rejected.ResourceInUse']);
    expect(await answer('DeleteApplicationAccessPoint', { Name: 'app' })).toEqual({ RequestId });
    expect((await answer('ListClientKeys')).ClientKeys).toEqual([]);
    expect(await refusal('ListClientKeys', { AapName: 'app' })).toEqual([404, 'Forbidden.ResourceNotFound']);
    expect(await answer('DeletePolicy', { Name: 'app-policy' })).toEqual({ RequestId });
    expect(await answer('DeleteNetworkRule', { Name: 'office' })).toEqual({ RequestId });
  });

  test.each(['NetworkRule', 'Policy', 'ApplicationAccessPoint'])(
    'an unknown %s is not found',
    async (kind) => {
      for (const verb of ['Describe', 'Update', 'Delete']) {
        expect(await refusal(verb + kind, { Name: 'none' })).toEqual([404, 'Forbidden.ResourceNotFound']);
      }
    },
  );
});

describe('instances', () => {
  test('GetKmsInstance answers with the types the API promises and the CA of the data plane', async () => {
    const { KmsInstance } = await answer('GetKmsInstance', { KmsInstanceId: instanceId });
    expect(KmsInstance).toMatchObject({
      InstanceId: instanceId,
      InstanceName: 'test',
      Status: 'Connected',
      CreateTime: DATE,
      Spec: 1000,
      KeyNum: 1000,
      SecretNum: '0',
      VpcNum: 0,
      BindVpcs: { BindVpc: [] },
      CaCertificateChainPem: CA_CHAIN,
      DeletionProtection: false,
    });
    expect(await refusal('GetKmsInstance', { KmsInstanceId: 'kst-x' })).toEqual([
      403,
      'Forbidden.DKMSInstanceNotFound',
    ]);
  });

  test('ListKmsInstances lists the one instance', async () => {
    expect(await answer('ListKmsInstances')).toEqual({
      RequestId,
      KmsInstances: {
        KmsInstance: [{ KmsInstanceId: instanceId, KmsInstanceArn: `${ARN}keystore/${instanceId}` }],
      },
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 20,
    });
    expect((await answer('ListKmsInstances', { PageNumber: '2' })).KmsInstances.KmsInstance).toEqual([]);
  });
});
