// What the alicloud Terraform provider sends and what it cuts out of the answers, replayed as its source has it: the
// provider is too big to build here. Common parameters in the query, business parameters in the form, two actions by GET.
// Source: control-plane specification 6.5.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Texts } from '../../support/admin-calls.ts';
import { type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';
import type { Form } from '../../support/rpc-client.ts';

type Fields = Readonly<Record<string, unknown>>;

const GET_ACTIONS: ReadonlySet<string> = new Set(['GetClientKey', 'UpdateKmsInstanceBindVpc']);
/** Describe calls of the access group have their only parameter in the query. */
const QUERY_ACTIONS: ReadonlySet<string> = new Set([
  'DescribeNetworkRule',
  'DescribePolicy',
  'DescribeApplicationAccessPoint',
]);

let plane: ControlPlaneFixture;

beforeAll(async () => {
  plane = await startControlPlane();
});

afterAll(() => plane.close());

function formOf(action: string): Form {
  if (GET_ACTIONS.has(action)) return 'V1 GET';
  return QUERY_ACTIONS.has(action) ? 'V1 POST query' : 'V1 mixed';
}

async function send(action: string, parameters: Texts): Promise<{ status: number; body: Fields }> {
  const { status, body } = await plane.client.call(
    action,
    { ...parameters, RegionId: 'cn-hangzhou' },
    { form: formOf(action) },
  );
  return { status, body: body as unknown as Fields };
}

/** The provider takes `Code`, or a `Success` that is not true, for a failure, whatever the status. */
async function apply(action: string, parameters: Texts = {}): Promise<Fields> {
  const { status, body } = await send(action, parameters);
  expect({ action, status, code: body['Code'] }).toEqual({ action, status: 200, code: undefined });
  expect(body).not.toHaveProperty('Success');
  expect(JSON.stringify(body)).not.toContain('null');
  return body;
}

async function refusal(action: string, parameters: Texts): Promise<unknown> {
  const { body } = await send(action, parameters);
  return body['Code'];
}

/** How the provider reads a list that is sent as a text: without its ends, split at commas, one quote off each side. */
function cut(text: unknown): string[] {
  return String(text)
    .slice(1, -1)
    .split(',')
    .map((entry) => entry.replace(/^"/, '').replace(/"$/, ''));
}

async function describeKey(KeyId: string): Promise<Fields> {
  return (await apply('DescribeKey', { KeyId }))['KeyMetadata'] as Fields;
}

async function createKey(): Promise<string> {
  const created = await apply('CreateKey', {
    Description: 'from a plan',
    KeySpec: 'Aliyun_AES_256',
    KeyUsage: 'ENCRYPT/DECRYPT',
    Origin: 'Aliyun_KMS',
    ProtectionLevel: 'SOFTWARE',
    EnableAutomaticRotation: 'false',
  });
  return String((created['KeyMetadata'] as Fields)['KeyId']);
}

test('alicloud_kms_key: created, read, changed and planned for deletion', async () => {
  const KeyId = await createKey();
  await apply('SetDeletionProtection', { KeyId, EnableDeletionProtection: 'true' });
  const read = await describeKey(KeyId);
  expect(Object.values(read).filter((value) => typeof value !== 'string')).toEqual([]);
  // The provider replaces a key whose level reads otherwise than configured.
  expect(read).toMatchObject({ ProtectionLevel: 'SOFTWARE', DeletionProtection: 'Enabled' });
  expect(read['DKMSInstanceId']).not.toBe('');
  expect(typeof (await apply('GetKeyPolicy', { KeyId, PolicyName: 'default' }))['Policy']).toBe('string');
  const target = { ResourceType: 'key', 'ResourceId.1': KeyId };
  await apply('TagResources', { ...target, 'Tag.1.Key': 'stage', 'Tag.1.Value': 'test' });
  expect(await apply('ListTagResources', target)).toMatchObject({
    TagResources: { TagResource: [{ ResourceId: KeyId, TagKey: 'stage', TagValue: 'test' }] },
  });
  await apply('UntagResources', { ...target, 'TagKey.1': 'stage' });

  await apply('DisableKey', { KeyId });
  expect(await describeKey(KeyId)).toMatchObject({ KeyState: 'Disabled' });
  await apply('EnableKey', { KeyId });
  await apply('UpdateKeyDescription', { KeyId, Description: 'changed plan' });
  await apply('UpdateRotationPolicy', { KeyId, EnableAutomaticRotation: 'true', RotationInterval: '7d' });
  expect(await describeKey(KeyId)).toMatchObject({
    Description: 'changed plan',
    AutomaticRotation: 'Enabled',
    RotationInterval: '604800s',
  });

  await apply('SetDeletionProtection', { KeyId, EnableDeletionProtection: 'false' });
  await apply('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: '7' });
  expect(await describeKey(KeyId)).toMatchObject({ KeyState: 'PendingDeletion' });
});

test('alicloud_kms_alias: found by paging through ListAliases twenty at a time', async () => {
  const KeyId = await createKey();
  for (let number = 0; number < 21; number++) {
    await apply('CreateAlias', { KeyId, AliasName: `alias/planned-${number}` });
  }
  const pages: string[][] = [];
  for (const PageNumber of ['1', '2', '3']) {
    const body = await apply('ListAliases', { PageNumber, PageSize: '20' });
    const aliases = (body['Aliases'] as { Alias: { AliasName: string }[] }).Alias;
    pages.push(aliases.map(({ AliasName }) => AliasName));
  }
  expect(pages.map((page) => page.length)).toEqual([20, 1, 0]);
  expect(pages.flat()).toContain('alias/planned-20');
  const other = await createKey();
  await apply('UpdateAlias', { AliasName: 'alias/planned-0', KeyId: other });
  await apply('DeleteAlias', { AliasName: 'alias/planned-0' });
  expect(await refusal('DeleteAlias', { AliasName: 'alias/planned-0' })).toBe('Forbidden.AliasNotFound');
});

test('alicloud_kms_key_version: created and read', async () => {
  const KeyId = await createKey();
  const { KeyVersion } = await apply('CreateKeyVersion', { KeyId });
  const { KeyVersionId } = KeyVersion as { KeyVersionId: string };
  expect((await apply('DescribeKeyVersion', { KeyId, KeyVersionId }))['KeyVersion']).toEqual(KeyVersion);
});

test('alicloud_kms_network_rule: a list with spaces is read back compact, so that it can be cut', async () => {
  const Name = 'planned';
  await apply('CreateNetworkRule', {
    Name,
    Type: 'Private',
    SourcePrivateIp: '["10.0.0.1", "192.168.0.0/24"]',
  });
  const read = await apply('DescribeNetworkRule', { Name });
  expect(cut(read['SourcePrivateIp'])).toEqual(['10.0.0.1', '192.168.0.0/24']);
  await apply('UpdateNetworkRule', { Name, SourcePrivateIp: '["10.0.0.1"]', Description: 'one' });
  const changed = await apply('DescribeNetworkRule', { Name });
  expect(cut(changed['SourcePrivateIp'])).toEqual(['10.0.0.1']);
  await apply('DeleteNetworkRule', { Name });
  expect(await refusal('DescribeNetworkRule', { Name })).toBe('Forbidden.ResourceNotFound');
});

const POLICY = {
  KmsInstance: 'kst-kms00000000000000000',
  Permissions: '["RbacPermission/Template/CryptoServiceKeyUser"]',
  Resources: '["key/*", "key/key-a"]',
  AccessControlRules: '{ "NetworkRules": [ "policed" ] }',
};

test('alicloud_kms_policy: permissions and resources are arrays, the rules are the text as configured', async () => {
  const Name = 'policed';
  await apply('CreateNetworkRule', { Name, Type: 'Private', SourcePrivateIp: '["10.0.0.0/8"]' });
  const created = await apply('CreatePolicy', { Name, ...POLICY });
  expect(created['Name']).toBe(Name);
  expect(await apply('DescribePolicy', { Name })).toMatchObject({
    KmsInstance: POLICY.KmsInstance,
    Permissions: ['RbacPermission/Template/CryptoServiceKeyUser'],
    Resources: ['key/*', 'key/key-a'],
    AccessControlRules: POLICY.AccessControlRules,
  });
  const AccessControlRules = '{"NetworkRules":  ["policed"]}';
  await apply('UpdatePolicy', { Name, AccessControlRules });
  expect(await apply('DescribePolicy', { Name })).toMatchObject({ AccessControlRules });
  await apply('DeletePolicy', { Name });
  expect(await refusal('DescribePolicy', { Name })).toBe('Forbidden.ResourceNotFound');
});

test('alicloud_kms_application_access_point and _client_key: policies can be cut, the key is read by GET', async () => {
  for (const Name of ['first', 'second']) {
    await apply('CreatePolicy', { Name, ...POLICY, AccessControlRules: '' });
  }
  const Name = 'planned';
  const AuthenticationMethod = 'ClientKey';
  const Policies = '["first", "second"]';
  await apply('CreateApplicationAccessPoint', { Name, AuthenticationMethod, Policies });
  const read = await apply('DescribeApplicationAccessPoint', { Name });
  expect(read['AuthenticationMethod']).toBe(AuthenticationMethod);
  expect(cut(read['Policies'])).toEqual(['first', 'second']);

  const issued = await apply('CreateClientKey', { AapName: Name, Password: 'Pw-0123456789ab' });
  const ClientKeyId = String(issued['ClientKeyId']);
  expect(issued['PrivateKeyData']).toMatch(/^MII/);
  const { NotBefore, NotAfter } = issued;
  expect(await apply('GetClientKey', { ClientKeyId })).toMatchObject({ AapName: Name, NotBefore, NotAfter });
  await apply('DeleteClientKey', { ClientKeyId });
  expect(await refusal('GetClientKey', { ClientKeyId })).toBe('Forbidden.ResourceNotFound');
  await apply('DeleteApplicationAccessPoint', { Name });
  expect(await refusal('DescribeApplicationAccessPoint', { Name })).toBe('Forbidden.ResourceNotFound');
});

test('alicloud_kms_instance: its networks are bound by GET', async () => {
  const KmsInstanceId = plane.store.instanceId;
  const bound = [{ VpcId: 'vpc-1', VSwitchId: 'vsw-1', RegionId: 'cn-hangzhou', VpcOwnerId: 123 }];
  await apply('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs: JSON.stringify(bound) });
  const { KmsInstance } = await apply('GetKmsInstance', { KmsInstanceId });
  expect(KmsInstance).toMatchObject({ BindVpcs: { BindVpc: bound } });
  expect(await refusal('GetKmsInstance', { KmsInstanceId: 'kst-other' })).toBe(
    'Forbidden.DKMSInstanceNotFound',
  );
});

test('data sources: the service is open already, and an unknown key is not found', async () => {
  expect(await refusal('OpenKmsService', {})).toBe('Forbidden.Opened');
  expect(await refusal('DescribeKey', { KeyId: 'key-of-nobody' })).toBe('Forbidden.KeyNotFound');
  expect(await refusal('DescribeKey', { KeyId: 'alias/of-nobody' })).toBe('Forbidden.AliasNotFound');
});
