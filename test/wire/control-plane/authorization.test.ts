// What RAM users may do, over the wire: every action is refused without permission, before anything is told of what
// exists, and allowed with it; conditions and key policies decide with the true address, time and tags.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../appliance/control-plane/action-table.ts';
import { ACCOUNT, type ControlPlaneFixture, NOW, startControlPlane } from '../../support/control-plane.ts';
import { ram, ramUser } from '../../support/ram-user.ts';
import type { RpcClient } from '../../support/rpc-client.ts';

/** Actions for which authentication is enough. */
const OPEN_TO_ALL: ReadonlySet<string> = new Set(['DescribeRegions', 'DescribeAccountKmsStatus']);
/** Enough for every action to get past the check of its parameters; none of it exists. */
const PARAMETERS: Readonly<Record<string, string>> = {
  KeyId: 'key-kms00000000aaaaaaaaaa',
  KeyVersionId: 'key-kms00000000aaaaaaaaaa-aaaaaaaaaa',
  EncryptedKeyMaterial: 'bWF0ZXJpYWw=',
  ImportToken: 'dG9rZW4=',
  AliasName: 'alias/none',
  Description: '',
  PendingWindowInDays: '7',
  EnableDeletionProtection: 'false',
  EnableAutomaticRotation: 'false',
  Policy: '{}',
  Name: 'none',
  Type: 'Private',
  Permissions: '["RbacPermission/Template/CryptoServiceKeyUser"]',
  Resources: '["key/*"]',
  Policies: '["none"]',
  AapName: 'none',
  Password: 'password-1',
  ClientKeyId: 'KAAP.none',
  KmsInstanceId: 'kst-none',
  UserName: 'none',
  PolicyName: 'none',
  PolicyType: 'Custom',
  PolicyDocument: '{}',
  UserAccessKeyId: 'LTAInone',
  Status: 'Active',
  Tags: '[{"TagKey":"a","TagValue":"b"}]',
  TagKeys: '["a"]',
  RegionId: 'cn-hangzhou',
  ResourceType: 'key',
  'ResourceId.1': 'key-kms00000000aaaaaaaaaa',
  'Tag.1.Key': 'a',
  'Tag.1.Value': 'b',
  'TagKey.1': 'a',
  Plaintext: 'YQ==',
  CiphertextBlob: 'YQ==',
  DestinationKeyId: 'key-kms00000000aaaaaaaaaa',
  PublicKeyBlob: 'YQ==',
  WrappingKeySpec: 'RSA_2048',
  WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
  Digest: 'YQ==',
  Value: 'YQ==',
  Message: 'YQ==',
  Mac: 'YQ==',
  VpcId: 'vpc-1',
  ZoneIds: 'a,b',
  VSwitchIds: 'a,b',
  KMProvider: 'Aliyun',
  BindVpcs: '[]',
  InstanceName: 'a',
  'LookupAttribute.1.Key': 'EventName',
  'LookupAttribute.1.Value': 'none',
};
/** Where another value than the one above is needed. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  AsymmetricEncrypt: 'RSAES_OAEP_SHA_256',
  AsymmetricDecrypt: 'RSAES_OAEP_SHA_256',
  GenerateMac: 'HMAC_SHA_256',
  VerifyMac: 'HMAC_SHA_256',
};
/** A parameter that the action takes only instead of another one above. */
const WITHOUT: Readonly<Record<string, string>> = { SetDeletionProtection: 'KmsInstanceId' };
const READ_ACTION = { action: 'DescribeKey', code: 'Forbidden.NoPermission' };

let plane: ControlPlaneFixture;
let keyId: string;
let otherKeyId: string;

beforeAll(async () => {
  plane = await startControlPlane();
  keyId = (await plane.client.call('CreateKey')).body.KeyMetadata.KeyId;
  otherKeyId = (await plane.client.call('CreateKey')).body.KeyMetadata.KeyId;
  await plane.client.call('CreateAlias', { KeyId: keyId, AliasName: 'alias/main' });
});

afterAll(() => plane.close());

const codeOf = async (client: RpcClient, action: string, parameters: Record<string, string> = {}) =>
  (await client.call(action, parameters)).body.Code as string | undefined;
const describeKey = (client: RpcClient, KeyId: string) => codeOf(client, 'DescribeKey', { KeyId });

describe('every action', () => {
  let nobody: RpcClient;
  let everything: RpcClient;

  beforeAll(async () => {
    nobody = await ramUser(plane, 'nobody');
    everything = await ramUser(plane, 'everything', { Action: '*' });
  });

  test.each(ACTIONS.filter(({ name }) => !OPEN_TO_ALL.has(name)))(
    '$api.service:$name is refused without permission and gets past it with',
    async ({ name, api }) => {
      const version = api.version;
      const all = { ...PARAMETERS, Algorithm: ALGORITHMS[name] ?? 'RSA_PSS_SHA_256' };
      const parameters = Object.fromEntries(Object.entries(all).filter(([each]) => each !== WITHOUT[name]));
      const refused = await nobody.call(name, parameters, { version });
      expect([refused.status, refused.body.Code]).toEqual([403, api.noPermission]);
      expect(plane.audit.last).toMatchObject({
        api: name,
        identityType: 'ram-user',
        principal: 'nobody',
        errorCode: api.noPermission,
      });
      const passed = await everything.call(name, parameters, { version });
      expect(passed.body.Code).not.toBe(api.noPermission);
    },
  );
});

describe('an identity policy', () => {
  test('for one key opens that key by id, alias and ARN, and no other', async () => {
    const resource = `acs:kms:*:*:key/${keyId}`;
    const reader = await ramUser(plane, 'one-key', { Action: 'kms:Describe*', Resource: resource });
    const arn = `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:`;
    for (const KeyId of [keyId, 'alias/main', `${arn}key/${keyId}`, `${arn}alias/main`])
      expect(await describeKey(reader, KeyId)).toBeUndefined();
    expect(await describeKey(reader, otherKeyId)).toBe(READ_ACTION.code);
    expect(await codeOf(reader, 'DisableKey', { KeyId: keyId })).toBe(READ_ACTION.code);
  });

  test('that is missing tells nothing about what exists', async () => {
    const resource = `acs:kms:*:*:key/${keyId}`;
    const reader = await ramUser(plane, 'curious', { Action: 'kms:*', Resource: resource });
    await plane.client.call('CreateAlias', { KeyId: otherKeyId, AliasName: 'alias/other' });
    const answers = await Promise.all(
      [
        otherKeyId,
        'key-kms00000000aaaaaaaaaa',
        'alias/other',
        'alias/none',
        'nonsense',
        'acs:kms:x:1:key/a',
      ].map((KeyId) => reader.call('DescribeKey', { KeyId })),
    );
    const told = answers.map(({ status, body }) => [status, body.Code, body.Message]);
    expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(told[0]?.[1]).toBe('Forbidden.NoPermission');
  });

  test('that denies wins over the one that allows', async () => {
    const careful = await ramUser(
      plane,
      'careful',
      { Action: 'kms:*' },
      { Effect: 'Deny', Action: 'kms:DisableKey', Resource: 'acs:kms:*:*:key/*' },
    );
    expect(await describeKey(careful, keyId)).toBeUndefined();
    expect(await codeOf(careful, 'DisableKey', { KeyId: keyId })).toBe('Forbidden.NoPermission');
  });

  test('for an alias alone does not let its holder point it at a key', async () => {
    const Resource = ['acs:kms:*:*:alias/*'];
    const half = await ramUser(plane, 'half', { Action: 'kms:CreateAlias', Resource });
    const whole = await ramUser(plane, 'whole', {
      Action: 'kms:CreateAlias',
      Resource: [...Resource, 'acs:kms:*:*:key/*'],
    });
    const parameters = { KeyId: keyId, AliasName: 'alias/second' };
    expect(await codeOf(half, 'CreateAlias', parameters)).toBe('Forbidden.NoPermission');
    expect(await codeOf(whole, 'CreateAlias', parameters)).toBeUndefined();
  });

  test('is gone with its attachment, on the next request', async () => {
    const attachment = { UserName: 'brief', PolicyType: 'System', PolicyName: 'AliyunKMSReadOnlyAccess' };
    const brief = await ramUser(plane, 'brief');
    expect(await describeKey(brief, keyId)).toBe('Forbidden.NoPermission');
    await ram(plane, 'AttachPolicyToUser', attachment);
    expect(await describeKey(brief, keyId)).toBeUndefined();
    expect(await codeOf(brief, 'CreateKey')).toBe('Forbidden.NoPermission');
    await ram(plane, 'DetachPolicyFromUser', attachment);
    expect(await describeKey(brief, keyId)).toBe('Forbidden.NoPermission');
  });
});

describe('a condition', () => {
  const limited = (name: string, Condition: object) =>
    ramUser(plane, name, { Action: 'kms:DescribeKey', Condition });

  test('on the source address compares that of the connection and never a header', async () => {
    const here = await limited('here', { IpAddress: { 'acs:SourceIp': ['127.0.0.0/8'] } });
    const office = await limited('office', { IpAddress: { 'acs:SourceIp': ['192.168.0.0/16'] } });
    expect(await describeKey(here, keyId)).toBeUndefined();
    const headers = { 'x-forwarded-for': '192.168.0.1', 'x-real-ip': '192.168.0.1' };
    const answer = await office.call('DescribeKey', { KeyId: keyId, SourceIp: '192.168.0.1' }, { headers });
    expect(answer.body.Code).toBe('Forbidden.NoPermission');
  });

  test('on the time compares the clock of the instance', async () => {
    const end = new Date(NOW + 1000).toISOString();
    const temporary = await limited('temporary', { DateLessThan: { 'acs:CurrentTime': end } });
    expect(await describeKey(temporary, keyId)).toBeUndefined();
    plane.clock.now = NOW + 1000;
    expect(await describeKey(temporary, keyId)).toBe('Forbidden.NoPermission');
    plane.clock.now = NOW;
  });

  test('on the transport is met by TLS, one on a second factor never', async () => {
    const secure = await limited('secure', { Bool: { 'acs:SecureTransport': 'true' } });
    const insecure = await limited('insecure', { Bool: { 'acs:SecureTransport': 'false' } });
    const mfa = await limited('mfa', { Bool: { 'acs:MFAPresent': 'true' } });
    expect(await describeKey(secure, keyId)).toBeUndefined();
    expect(await describeKey(insecure, keyId)).toBe('Forbidden.NoPermission');
    expect(await describeKey(mfa, keyId)).toBe('Forbidden.NoPermission');
  });

  test('on a tag compares that of the key, also behind an alias', async () => {
    await plane.store.transact(({ keys }) => {
      const key = keys.get(keyId);
      if (key) keys.put(key.id, { ...key, tags: [{ key: 'Project', value: 'apollo' }] });
    });
    const apollo = await limited('apollo', { StringEqualsIgnoreCase: { 'kms:tag/Project': ['Apollo'] } });
    const others = await limited('others', { StringNotEqualsIgnoreCase: { 'kms:tag/Project': ['Apollo'] } });
    expect(await describeKey(apollo, keyId)).toBeUndefined();
    expect(await describeKey(apollo, 'alias/main')).toBeUndefined();
    expect(await describeKey(apollo, otherKeyId)).toBe('Forbidden.NoPermission');
    expect(await describeKey(others, keyId)).toBe('Forbidden.NoPermission');
    expect(await describeKey(others, otherKeyId)).toBeUndefined();
  });
});

describe('a key policy', () => {
  const document = (name: string, Effect: string, Action: string) => ({
    Effect,
    Action,
    Resource: '*',
    Principal: { RAM: [`acs:ram::${ACCOUNT.accountId}:${name}`] },
  });
  const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '1', Statement });

  test('is the default document until one is set, and then the very text', async () => {
    const { body } = await plane.client.call('GetKeyPolicy', { KeyId: keyId });
    expect(JSON.parse(body.Policy)).toEqual({
      Version: '1',
      Statement: [
        {
          Sid: 'kms default key policy',
          Effect: 'Allow',
          Principal: { RAM: [`acs:ram::${ACCOUNT.accountId}:*`] },
          Action: ['kms:*'],
          Resource: ['*'],
        },
      ],
    });
    const text = ` ${policy(document('user/x', 'Allow', 'kms:*'))}\n`;
    expect((await plane.client.call('SetKeyPolicy', { KeyId: keyId, Policy: text })).body).toEqual({
      RequestId: expect.any(String) as string,
    });
    const again = await plane.client.call('GetKeyPolicy', { KeyId: keyId, PolicyName: 'default' });
    expect(again.body.Policy).toBe(text);
  });

  test('that is the default document, set again, opens the key to nobody', async () => {
    const stranger = await ramUser(plane, 'stranger');
    const { Policy } = (await plane.client.call('GetKeyPolicy', { KeyId: otherKeyId })).body;
    expect(await codeOf(plane.client, 'SetKeyPolicy', { KeyId: otherKeyId, Policy })).toBeUndefined();
    expect(await describeKey(stranger, otherKeyId)).toBe('Forbidden.NoPermission');
  });

  test('opens its key to the user it names, from CreateKey on', async () => {
    const guest = await ramUser(plane, 'guest');
    const Policy = policy(document('user/guest', 'Allow', 'kms:DescribeKey'));
    const { KeyId } = (await plane.client.call('CreateKey', { Policy })).body.KeyMetadata;
    expect(await describeKey(guest, KeyId)).toBeUndefined();
    expect(await codeOf(guest, 'DisableKey', { KeyId })).toBe('Forbidden.NoPermission');
    expect(await describeKey(guest, otherKeyId)).toBe('Forbidden.NoPermission');
  });

  test('that denies everybody leaves the owner able to change it', async () => {
    const admin = await ramUser(plane, 'admin', { Action: '*' });
    const { KeyId } = (await plane.client.call('CreateKey')).body.KeyMetadata;
    const everybody = ['*', 'root', 'user/admin'].map((name) => document(name, 'Deny', '*'));
    expect(await codeOf(admin, 'SetKeyPolicy', { KeyId, Policy: policy(...everybody) })).toBeUndefined();
    expect(await codeOf(admin, 'SetKeyPolicy', { KeyId, Policy: policy(...everybody) })).toBe(
      'Forbidden.NoPermission',
    );
    const opened = policy(document('*', 'Allow', 'kms:*'));
    expect(await codeOf(plane.client, 'SetKeyPolicy', { KeyId, Policy: opened })).toBeUndefined();
    expect(await describeKey(admin, KeyId)).toBeUndefined();
  });

  test.each<[Record<string, string>, string]>([
    [{ Policy: '{}' }, 'InvalidParameter'],
    [{ Policy: ' '.repeat(32_769) }, 'InvalidParameter'],
    [{ Policy: '' }, 'MissingParameter'],
    [{ PolicyName: 'other' }, 'InvalidParameter'],
    [{ KeyId: 'alias/main' }, 'Unsupported.Alias'],
    [{ KeyId: 'key-none' }, 'Forbidden.KeyNotFound'],
  ])('SetKeyPolicy with %o is refused', async (parameters, code) => {
    const Policy = policy(document('*', 'Allow', 'kms:*'));
    expect(await codeOf(plane.client, 'SetKeyPolicy', { KeyId: keyId, Policy, ...parameters })).toBe(code);
  });
});
