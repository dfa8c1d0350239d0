// The actions on access points and, through RAM's API of the same listener, on RAM users and their policies.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { refused } from './report.mjs';

export async function access(report, { name, passwordFile }, { call, ram }) {
  const short = `${name}-short`;
  await report.check('access points: listing, changing and deleting them', async () => {
    const Name = short;
    await call('CreateNetworkRule', { Name, Type: 'Private', SourcePrivateIp: '["10.0.0.0/8"]' });
    await call('UpdateNetworkRule', { Name, SourcePrivateIp: '["10.0.0.0/16"]' });
    const rules = (await call('ListNetworkRules', {})).NetworkRules.NetworkRule;
    assert.ok(rules.some((rule) => rule.Name === Name));
    await call('CreatePolicy', {
      Name,
      Permissions: '["RbacPermission/Template/CryptoServiceKeyUser"]',
      Resources: '["key/*"]',
    });
    await call('UpdatePolicy', { Name, AccessControlRules: `{"NetworkRules":["${Name}"]}` });
    const policies = (await call('ListPolicies', { PageSize: 100 })).Policies.Policy;
    assert.ok(policies.some((policy) => policy.Name === Name));
    await call('CreateApplicationAccessPoint', { Name, Policies: `["${Name}"]` });
    await call('UpdateApplicationAccessPoint', { Name, Description: 'short lived' });
    const points = (await call('ListApplicationAccessPoints', { PageSize: 100 })).ApplicationAccessPoints;
    assert.ok(points.ApplicationAccessPoint.some((point) => point.Name === Name));

    const Password = (await readFile(passwordFile, 'utf8')).trim();
    const { ClientKeyId } = await call('CreateClientKey', { AapName: Name, Password });
    await call('DeleteClientKey', { ClientKeyId });
    await refused('Forbidden.ResourceNotFound', call('GetClientKey', { ClientKeyId }));
    await call('DeleteApplicationAccessPoint', { Name });
    await call('DeletePolicy', { Name });
    await call('DeleteNetworkRule', { Name });
    await refused('Forbidden.ResourceNotFound', call('DescribeNetworkRule', { Name }));
  });
  await report.check('RAM: a user and its AccessKey', () => users(`${short}-user`, ram));
  await report.check('RAM: policies and their attachment', () => policies(`${short}-user`, short, ram));
}

async function users(UserName, ram) {
  await ram('CreateUser', { UserName });
  assert.equal((await ram('GetUser', { UserName })).User.UserName, UserName);
  assert.ok((await ram('ListUsers', {})).Users.User.some((user) => user.UserName === UserName));
  const { AccessKey } = await ram('CreateAccessKey', { UserName });
  const UserAccessKeyId = AccessKey.AccessKeyId;
  await ram('UpdateAccessKey', { UserName, UserAccessKeyId, Status: 'Inactive' });
  await ram('GetAccessKeyLastUsed', { UserName, UserAccessKeyId });
  const [listed] = (await ram('ListAccessKeys', { UserName })).AccessKeys.AccessKey;
  assert.deepEqual([listed.AccessKeyId, listed.Status], [UserAccessKeyId, 'Inactive']);
  await ram('DeleteAccessKey', { UserName, UserAccessKeyId });
  await ram('DeleteUser', { UserName });
}

async function policies(UserName, PolicyName, ram) {
  const PolicyDocument =
    '{"Version":"1","Statement":[{"Effect":"Allow","Action":"kms:List*","Resource":"*"}]}';
  const policy = { PolicyType: 'Custom', PolicyName };
  await ram('CreateUser', { UserName });
  await ram('CreatePolicy', { PolicyName, PolicyDocument });
  assert.equal((await ram('GetPolicy', policy)).DefaultPolicyVersion.PolicyDocument, PolicyDocument);
  const listed = (await ram('ListPolicies', { PolicyType: 'Custom' })).Policies.Policy;
  assert.ok(listed.some((entry) => entry.PolicyName === PolicyName));
  await ram('AttachPolicyToUser', { ...policy, UserName });
  const attached = (await ram('ListPoliciesForUser', { UserName })).Policies.Policy;
  assert.deepEqual(
    attached.map((entry) => entry.PolicyName),
    [PolicyName],
  );
  await ram('DetachPolicyFromUser', { ...policy, UserName });
  await ram('DeletePolicy', { PolicyName });
  await ram('DeleteUser', { UserName });
}
