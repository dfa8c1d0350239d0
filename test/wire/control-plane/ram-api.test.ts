// The RAM API over the wire: shapes to the letter, codes, and the rules that keep an instance from being locked.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACCESS_KEY, type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';
import { policyText, ram, ramUser } from '../../support/ram-user.ts';
import { RAM_VERSION, type RpcClient } from '../../support/rpc-client.ts';

const DATE = '2026-01-02T03:04:05Z';
const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string;
const RequestId = expect.any(String) as string;
const DOCUMENT = policyText({ Action: 'kms:*' });

let plane: ControlPlaneFixture;

beforeAll(async () => {
  plane = await startControlPlane({ limits: { ramUsers: 6, ramPolicies: 4 } });
});

afterAll(() => plane.close());

beforeEach(() =>
  plane.store.transact(({ ramUsers, ramPolicies, accessKeys }) => {
    for (const { name } of [...ramUsers.list()]) ramUsers.delete(name);
    for (const { name } of [...ramPolicies.list()]) ramPolicies.delete(name);
    for (const { id } of [...accessKeys.list()]) if (id !== ACCESS_KEY.id) accessKeys.delete(id);
  }),
);

const answer = (action: string, parameters: Record<string, string> = {}) => ram(plane, action, parameters);

async function refusal(
  action: string,
  parameters: Record<string, string>,
  client: RpcClient = plane.client,
): Promise<[number, string]> {
  const { status, body } = await client.call(action, parameters, { version: RAM_VERSION });
  return [status, body.Code];
}

describe('users', () => {
  test('are created, read, listed and deleted', async () => {
    const User = {
      UserId: matching(/^2\d{17}$/),
      UserName: 'alice',
      DisplayName: 'Alice A.',
      MobilePhone: '86-13800000000',
      Email: 'alice@example.com',
      Comments: '评论',
      CreateDate: DATE,
      UpdateDate: DATE,
    };
    const { UserName, DisplayName, MobilePhone, Email, Comments } = User;
    const created = await answer('CreateUser', { UserName, DisplayName, MobilePhone, Email, Comments });
    expect(created).toEqual({ RequestId, User });
    expect(await answer('GetUser', { UserName })).toEqual({ RequestId, User });
    expect(await answer('ListUsers')).toEqual({ RequestId, IsTruncated: false, Users: { User: [User] } });
    expect(await answer('DeleteUser', { UserName })).toEqual({ RequestId });
    expect(await refusal('GetUser', { UserName })).toEqual([404, 'EntityNotExist.User']);
  });

  test('have their name as display name unless another is given', async () => {
    expect(await answer('CreateUser', { UserName: 'bob' })).toMatchObject({ User: { DisplayName: 'bob' } });
  });

  test('are listed in pages by marker', async () => {
    for (const UserName of ['c', 'a', 'd', 'b', 'e']) await answer('CreateUser', { UserName });
    const names: string[] = [];
    let marker: string | undefined = '';
    do {
      const page = await answer('ListUsers', { MaxItems: '2', Marker: marker });
      expect(page.IsTruncated).toBe(page.Marker !== undefined);
      names.push(...page.Users.User.map(({ UserName }) => UserName));
      marker = page.Marker;
    } while (marker !== undefined);
    expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test.each<[Record<string, string>, number, string]>([
    [{}, 400, 'MissingParameter'],
    [{ UserName: 'a b' }, 400, 'InvalidParameter.UserName.InvalidChars'],
    [{ UserName: 'a/b' }, 400, 'InvalidParameter.UserName.InvalidChars'],
    [{ UserName: 'a'.repeat(65) }, 400, 'InvalidParameter.UserName.Length'],
    [{ UserName: 'a', DisplayName: 'a'.repeat(129) }, 400, 'InvalidParameter.DisplayName.Length'],
    [{ UserName: 'a', DisplayName: '<a>' }, 400, 'InvalidParameter.DisplayName.InvalidChars'],
    [{ UserName: 'a', Email: 'a' }, 400, 'InvalidParameter.Email.Format'],
    [{ UserName: 'a', MobilePhone: 'a' }, 400, 'InvalidParameter.MobilePhone.Format'],
    [{ UserName: 'a', Comments: 'a'.repeat(129) }, 400, 'InvalidParameter.Comments.Length'],
  ])('CreateUser with %o is refused', async (parameters, status, code) => {
    expect(await refusal('CreateUser', parameters)).toEqual([status, code]);
  });

  test('are unique and limited in number', async () => {
    for (const UserName of ['a', 'b', 'c', 'd', 'e', 'f']) await answer('CreateUser', { UserName });
    expect(await refusal('CreateUser', { UserName: 'a' })).toEqual([409, 'EntityAlreadyExists.User']);
    expect(await refusal('CreateUser', { UserName: 'g' })).toEqual([409, 'LimitExceeded.User']);
  });

  test('go only when their AccessKeys and policies are gone', async () => {
    const UserName = 'alice';
    await answer('CreateUser', { UserName });
    const { AccessKey } = await answer('CreateAccessKey', { UserName });
    const attachment = { UserName, PolicyType: 'System', PolicyName: 'AliyunKMSFullAccess' };
    await answer('AttachPolicyToUser', attachment);
    expect(await refusal('DeleteUser', { UserName })).toEqual([409, 'DeleteConflict.User.AccessKey']);
    await answer('DeleteAccessKey', { UserName, UserAccessKeyId: AccessKey.AccessKeyId });
    expect(await refusal('DeleteUser', { UserName })).toEqual([409, 'DeleteConflict.User.Policy']);
    await answer('DetachPolicyFromUser', attachment);
    await answer('DeleteUser', { UserName });
  });
});

describe('AccessKeys of a user', () => {
  const UserName = 'alice';

  test('are told with their secret once, and listed without', async () => {
    await answer('CreateUser', { UserName });
    const { AccessKey } = await answer('CreateAccessKey', { UserName });
    const { AccessKeyId, AccessKeySecret } = AccessKey;
    expect(AccessKey).toEqual({
      AccessKeyId: matching(/^LTAI5t[0-9a-z]{18}$/),
      AccessKeySecret: matching(/^[0-9a-z]{40}$/),
      Status: 'Active',
      CreateDate: DATE,
    });
    const listed = await answer('ListAccessKeys', { UserName });
    expect(listed).toEqual({
      RequestId,
      AccessKeys: { AccessKey: [{ AccessKeyId, Status: 'Active', CreateDate: DATE }] },
    });
    expect(JSON.stringify([listed, plane.audit.records, plane.logged])).not.toContain(AccessKeySecret);
  });

  test('can be disabled, enabled and deleted, and act at once', async () => {
    const alice = await ramUser(plane, UserName, { Action: 'kms:ListKeys' });
    const [accessKey] = (await answer('ListAccessKeys', { UserName })).AccessKeys.AccessKey;
    const UserAccessKeyId = accessKey?.AccessKeyId ?? '';
    const codeNow = async () => (await alice.call('ListKeys')).body.Code;
    expect(await codeNow()).toBeUndefined();
    await answer('UpdateAccessKey', { UserName, UserAccessKeyId, Status: 'Inactive' });
    expect(await codeNow()).toBe('InvalidAccessKeyId.Inactive');
    await answer('UpdateAccessKey', { UserName, UserAccessKeyId, Status: 'Active' });
    expect(await codeNow()).toBeUndefined();
    await answer('DeleteAccessKey', { UserName, UserAccessKeyId });
    expect(await codeNow()).toBe('InvalidAccessKeyId.NotFound');
  });

  test('are known by when they were last used', async () => {
    const alice = await ramUser(plane, UserName);
    const [accessKey] = (await answer('ListAccessKeys', { UserName })).AccessKeys.AccessKey;
    const lastUsed = () =>
      answer('GetAccessKeyLastUsed', { UserName, UserAccessKeyId: accessKey?.AccessKeyId ?? '' });
    expect(await lastUsed()).toEqual({ RequestId, AccessKeyLastUsed: { LastUsedDate: '' } });
    const epoch = plane.store.refresh();
    await alice.call('ListKeys');
    expect(await lastUsed()).toEqual({ RequestId, AccessKeyLastUsed: { LastUsedDate: DATE } });
    expect(plane.store.refresh()).toBe(epoch);
  });

  test('are two at the most, and nobody else reaches them', async () => {
    await answer('CreateUser', { UserName });
    await answer('CreateUser', { UserName: 'bob' });
    const { AccessKey } = await answer('CreateAccessKey', { UserName });
    await answer('CreateAccessKey', { UserName });
    expect(await refusal('CreateAccessKey', { UserName })).toEqual([409, 'LimitExceeded.User.AccessKey']);
    const ofAnother = { UserName: 'bob', UserAccessKeyId: AccessKey.AccessKeyId };
    for (const parameters of [
      ofAnother,
      { UserAccessKeyId: AccessKey.AccessKeyId },
      { UserName, UserAccessKeyId: ACCESS_KEY.id },
      { UserName, UserAccessKeyId: '../x' },
    ]) {
      expect(await refusal('DeleteAccessKey', parameters)).toEqual([404, 'EntityNotExist.User.AccessKey']);
    }
    expect(await refusal('CreateAccessKey', { UserName: 'carol' })).toEqual([404, 'EntityNotExist.User']);
    expect(
      await refusal('UpdateAccessKey', { UserName, UserAccessKeyId: AccessKey.AccessKeyId, Status: 'Off' }),
    ).toEqual([400, 'InvalidParameter']);
  });

  test('without UserName are the own ones of the user who calls, never those of the owner', async () => {
    const alice = await ramUser(plane, UserName, { Action: 'ram:*' });
    const { body } = await alice.call('CreateAccessKey', {}, { version: RAM_VERSION });
    expect(plane.store.records.accessKeys.get(body.AccessKey.AccessKeyId)?.user).toBe(UserName);
    const listed = await alice.call('ListAccessKeys', {}, { version: RAM_VERSION });
    expect(listed.body.AccessKeys.AccessKey).toHaveLength(2);
    expect(await refusal('DeleteAccessKey', { UserAccessKeyId: ACCESS_KEY.id }, alice)).toEqual([
      404,
      'EntityNotExist.User.AccessKey',
    ]);
  });
});

describe('AccessKeys of the owner', () => {
  test('are replaced without a gap, and the last active one stays', async () => {
    const own = await startControlPlane();
    try {
      const owner = (client: RpcClient, action: string, parameters: Record<string, string> = {}) =>
        client.call(action, parameters, { version: RAM_VERSION });
      const old = { UserAccessKeyId: ACCESS_KEY.id };
      const disable = { ...old, Status: 'Inactive' };
      for (const [action, parameters] of [
        ['UpdateAccessKey', disable],
        ['DeleteAccessKey', old],
      ] as const) {
        const { status, body } = await owner(own.client, action, parameters);
        expect([status, body.Code]).toEqual([409, 'Rejected.LastOwnerAccessKey']);
      }
      const { AccessKey } = (await owner(own.client, 'CreateAccessKey')).body;
      const renewed = own.clientOf(AccessKey.AccessKeyId, AccessKey.AccessKeySecret);
      expect((await owner(renewed, 'UpdateAccessKey', disable)).status).toBe(200);
      expect((await own.client.call('ListKeys')).body.Code).toBe('InvalidAccessKeyId.Inactive');
      const last = { UserAccessKeyId: AccessKey.AccessKeyId };
      expect((await owner(renewed, 'DeleteAccessKey', last)).body.Code).toBe('Rejected.LastOwnerAccessKey');
      expect((await owner(renewed, 'DeleteAccessKey', old)).status).toBe(200);
      expect((await renewed.call('CreateKey')).status).toBe(200);
    } finally {
      await own.close();
    }
  });
});

describe('policies', () => {
  const PolicyName = 'keys';
  const attachment = { UserName: 'alice', PolicyType: 'Custom', PolicyName };

  test('are created, read, listed and deleted', async () => {
    const shared = {
      PolicyName,
      PolicyType: 'Custom',
      Description: 'd',
      DefaultVersion: 'v1',
      CreateDate: DATE,
    };
    const created = await answer('CreatePolicy', { PolicyName, PolicyDocument: DOCUMENT, Description: 'd' });
    expect(created).toEqual({ RequestId, Policy: shared });
    const counted = { ...shared, UpdateDate: DATE, AttachmentCount: 0 };
    expect(await answer('GetPolicy', { PolicyName, PolicyType: 'Custom' })).toEqual({
      RequestId,
      Policy: { ...counted, PolicyDocument: DOCUMENT },
      DefaultPolicyVersion: {
        VersionId: 'v1',
        IsDefaultVersion: true,
        PolicyDocument: DOCUMENT,
        CreateDate: DATE,
      },
    });
    expect(await answer('ListPolicies', { PolicyType: 'Custom' })).toEqual({
      RequestId,
      IsTruncated: false,
      Policies: { Policy: [counted] },
    });
    expect(await answer('DeletePolicy', { PolicyName })).toEqual({ RequestId });
    expect(await refusal('GetPolicy', { PolicyName, PolicyType: 'Custom' })).toEqual([
      404,
      'EntityNotExist.Policy',
    ]);
  });

  test('of the system are there, in pages with the custom ones', async () => {
    await answer('CreatePolicy', { PolicyName, PolicyDocument: DOCUMENT });
    const { Policies } = await answer('ListPolicies');
    const names = Policies.Policy.map((policy) => policy.PolicyName);
    expect(names).toEqual([...names].sort());
    expect(names).toContain('AliyunKMSFullAccess');
    expect(names).toContain(PolicyName);
    const first = await answer('ListPolicies', { MaxItems: '3' });
    const second = await answer('ListPolicies', { MaxItems: '100', Marker: first.Marker ?? '' });
    expect([...first.Policies.Policy, ...second.Policies.Policy].map((each) => each.PolicyName)).toEqual(
      names,
    );
    const system = await answer('GetPolicy', { PolicyName: 'AliyunKMSFullAccess', PolicyType: 'System' });
    expect(system).toMatchObject({ Policy: { PolicyType: 'System', AttachmentCount: 0 } });
    expect(await refusal('DeletePolicy', { PolicyName: 'AliyunKMSFullAccess' })).toEqual([
      404,
      'EntityNotExist.Policy',
    ]);
  });

  test.each<[Record<string, string>, number, string]>([
    [{ PolicyName: '' }, 400, 'MissingParameter'],
    [{ PolicyDocument: '' }, 400, 'MissingParameter'],
    [{ PolicyName: 'a_b' }, 400, 'InvalidParameter.PolicyName.InvalidChars'],
    [{ PolicyName: 'a'.repeat(129) }, 400, 'InvalidParameter.PolicyName.Length'],
    [{ PolicyName: 'AliyunKMSFullAccess' }, 409, 'EntityAlreadyExists.Policy'],
    [{ PolicyDocument: '{}' }, 400, 'MalformedPolicyDocument'],
    [{ PolicyDocument: DOCUMENT.padEnd(6145) }, 400, 'InvalidParameter.PolicyDocument.Length'],
    [{ Description: 'd'.repeat(1025) }, 400, 'InvalidParameter.Description.Length'],
  ])('CreatePolicy with %o is refused', async (parameters, status, code) => {
    const complete = { PolicyName, PolicyDocument: DOCUMENT, ...parameters };
    expect(await refusal('CreatePolicy', complete)).toEqual([status, code]);
    expect(plane.store.records.ramPolicies.count()).toBe(0);
  });

  test('are unique and limited in number', async () => {
    for (const name of ['a', 'b', 'c', 'd'])
      await answer('CreatePolicy', { PolicyName: name, PolicyDocument: DOCUMENT });
    const again = (name: string) => refusal('CreatePolicy', { PolicyName: name, PolicyDocument: DOCUMENT });
    expect(await again('a')).toEqual([409, 'EntityAlreadyExists.Policy']);
    expect(await again('e')).toEqual([409, 'LimitExceeded.Policy']);
  });

  test('are attached, listed and detached; what is attached stays', async () => {
    await answer('CreateUser', { UserName: 'alice' });
    await answer('CreatePolicy', { PolicyName, PolicyDocument: DOCUMENT });
    expect(await answer('AttachPolicyToUser', attachment)).toEqual({ RequestId });
    expect(await answer('ListPoliciesForUser', { UserName: 'alice' })).toEqual({
      RequestId,
      Policies: {
        Policy: [
          {
            PolicyName,
            PolicyType: 'Custom',
            Description: '',
            DefaultVersion: 'v1',
            CreateDate: DATE,
            AttachDate: DATE,
          },
        ],
      },
    });
    expect(await refusal('AttachPolicyToUser', attachment)).toEqual([409, 'EntityAlreadyExists.User.Policy']);
    expect(await refusal('DeletePolicy', { PolicyName })).toEqual([409, 'DeleteConflict.Policy.User']);
    expect(await answer('GetPolicy', { PolicyName, PolicyType: 'Custom' })).toMatchObject({
      Policy: { AttachmentCount: 1 },
    });
    expect(await answer('DetachPolicyFromUser', attachment)).toEqual({ RequestId });
    expect(await refusal('DetachPolicyFromUser', attachment)).toEqual([404, 'EntityNotExist.User.Policy']);
  });

  test.each<[Record<string, string>, number, string]>([
    [{ UserName: 'nobody' }, 404, 'EntityNotExist.User'],
    [{ PolicyName: 'nothing' }, 404, 'EntityNotExist.Policy'],
    [{ PolicyType: 'Special' }, 400, 'InvalidParameter.PolicyType'],
    [{ PolicyType: 'System' }, 404, 'EntityNotExist.Policy'],
  ])('AttachPolicyToUser with %o is refused', async (parameters, status, code) => {
    await answer('CreateUser', { UserName: 'alice' });
    await answer('CreatePolicy', { PolicyName, PolicyDocument: DOCUMENT });
    expect(await refusal('AttachPolicyToUser', { ...attachment, ...parameters })).toEqual([status, code]);
  });
});

describe('routing', () => {
  test('finds an action by its version as well as its name', async () => {
    const inKms = await plane.client.call('ListPolicies');
    expect(inKms.body).toMatchObject({ TotalCount: 0 });
    expect(await answer('ListPolicies')).toMatchObject({ IsTruncated: false });
    expect((await plane.client.call('CreateUser', { UserName: 'a' })).body.Code).toBe(
      'InvalidAction.NotFound',
    );
    expect(await refusal('CreateKey', {})).toEqual([404, 'InvalidAction.NotFound']);
    const v3 = await plane.client.call('listUsers', {}, { version: RAM_VERSION, form: 'V3 query' });
    expect(v3.body).toMatchObject({ IsTruncated: false });
    expect((await plane.client.call('ListUsers', {}, { version: '2019-08-15' })).body.Code).toBe(
      'InvalidVersion',
    );
  });

  test('records the version in the audit', async () => {
    await answer('ListUsers');
    expect(plane.audit.last).toMatchObject({ api: 'ListUsers', apiVersion: RAM_VERSION });
  });
});
