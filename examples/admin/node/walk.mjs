// What an administrator does with an instance, through any of the clients: `connect(accessKey)` gives a function
// `call(action, parameters, common)`, where `common` overrides what the client itself adds (`time`, `nonce`).

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { refused } from './report.mjs';

const DAYS = 30;
const ODD = "a b*c~d!'()/中+%&=?";
const ROLE = 'RbacPermission/Template/CryptoServiceKeyUser';
const ADDRESSES = '["127.0.0.0/8","10.1.2.3"]';

/** Leaves an enabled key, its alias, an access point and a Client Key. The key's id. */
export async function walk(report, scenario, connect) {
  const call = connect(scenario.accessKey);
  const keyId = await keys(report, scenario, call);
  await access(report, scenario, call);
  await errors(report, scenario, connect, keyId);
  return keyId;
}

async function keys(report, { name }, call) {
  const state = async (KeyId) => (await call('DescribeKey', { KeyId })).KeyMetadata.KeyState;
  let keyId = '';

  await report.check('CreateKey makes a key that DescribeKey and ListKeys show', async () => {
    const created = await call('CreateKey', { KeySpec: 'Aliyun_AES_256', Description: `of ${name}` });
    keyId = created.KeyMetadata.KeyId;
    const { KeyMetadata: key } = await call('DescribeKey', { KeyId: keyId });
    assert.equal(key.KeyState, 'Enabled');
    assert.equal(key.Description, `of ${name}`);
    const listed = await call('ListKeys', { PageNumber: 1, PageSize: 100 });
    assert.ok(listed.Keys.Key.some(({ KeyId }) => KeyId === keyId));
  });
  await report.check('CreateAlias gives the key a name that it is found by', async () => {
    const alias = `alias/${name}`;
    await call('CreateAlias', { KeyId: keyId, AliasName: alias });
    const listed = await call('ListAliasesByKeyId', { KeyId: keyId });
    assert.equal(listed.Aliases.Alias[0].AliasName, alias);
    assert.equal((await call('DescribeKey', { KeyId: alias })).KeyMetadata.KeyId, keyId);
  });
  await report.check('UpdateKeyDescription keeps odd characters', async () => {
    await call('UpdateKeyDescription', { KeyId: keyId, Description: ODD });
    assert.equal((await call('DescribeKey', { KeyId: keyId })).KeyMetadata.Description, ODD);
  });
  await report.check('DisableKey and EnableKey change the state', async () => {
    await call('DisableKey', { KeyId: keyId });
    assert.equal(await state(keyId), 'Disabled');
    await call('EnableKey', { KeyId: keyId });
    assert.equal(await state(keyId), 'Enabled');
  });
  await report.check('ScheduleKeyDeletion and CancelKeyDeletion change the state', async () => {
    await call('ScheduleKeyDeletion', { KeyId: keyId, PendingWindowInDays: DAYS });
    const { KeyMetadata: key } = await call('DescribeKey', { KeyId: keyId });
    assert.equal(key.KeyState, 'PendingDeletion');
    const days = (Date.parse(key.DeleteDate) - Date.now()) / 86_400_000;
    assert.ok(Math.abs(days - DAYS) < 0.1, `the key goes in ${days} days`);
    await call('CancelKeyDeletion', { KeyId: keyId });
    assert.equal(await state(keyId), 'Enabled');
  });
  return keyId;
}

async function access(report, { name, clientKeyFile, passwordFile }, call) {
  await report.check('a network rule, a policy and an access point are created and read back', async () => {
    await call('CreateNetworkRule', { Name: name, Type: 'Private', SourcePrivateIp: ADDRESSES });
    assert.equal((await call('DescribeNetworkRule', { Name: name })).SourcePrivateIp, ADDRESSES);
    const rules = `{"NetworkRules": ["${name}"]}`;
    await call('CreatePolicy', {
      Name: name,
      Permissions: JSON.stringify([ROLE]),
      Resources: '["key/*"]',
      AccessControlRules: rules,
    });
    const policy = await call('DescribePolicy', { Name: name });
    assert.deepEqual(policy.Permissions, [ROLE]);
    assert.deepEqual(policy.Resources, ['key/*']);
    assert.equal(policy.AccessControlRules, rules);
    await call('CreateApplicationAccessPoint', {
      Name: name,
      AuthenticationMethod: 'ClientKey',
      Policies: `["${name}"]`,
    });
    assert.equal((await call('DescribeApplicationAccessPoint', { Name: name })).Policies, `["${name}"]`);
  });
  await report.check(
    'CreateClientKey issues a Client Key that GetClientKey and ListClientKeys show',
    async () => {
      const Password = (await readFile(passwordFile, 'utf8')).trim();
      const issued = await call('CreateClientKey', { AapName: name, Password });
      const { ClientKeyId, PrivateKeyData } = issued;
      await writeFile(clientKeyFile, JSON.stringify({ KeyId: ClientKeyId, PrivateKeyData }), { mode: 0o600 });
      const described = await call('GetClientKey', { ClientKeyId });
      assert.equal(described.AapName, name);
      assert.match(described.PublicKeyData, /BEGIN CERTIFICATE/);
      const listed = await call('ListClientKeys', { AapName: name });
      assert.deepEqual(
        listed.ClientKeys.map((key) => key.ClientKeyId),
        [ClientKeyId],
      );
    },
  );
  await report.check('ListKmsInstances and GetKmsInstance show the instance and its CA', async () => {
    const [{ KmsInstanceId }] = (await call('ListKmsInstances', {})).KmsInstances.KmsInstance;
    const { KmsInstance } = await call('GetKmsInstance', { KmsInstanceId });
    assert.equal(KmsInstance.Status, 'Connected');
    assert.match(KmsInstance.CaCertificateChainPem, /BEGIN CERTIFICATE/);
  });
}

async function errors(report, { accessKey, denied, name }, connect, keyId) {
  const call = connect(accessKey);
  await report.check('a wrong secret is refused', async () => {
    const wrong = { id: accessKey.id, secret: `${accessKey.secret.slice(1)}x` };
    await refused('SignatureDoesNotMatch', connect(wrong)('ListKeys', {}));
  });
  await report.check('an old time is refused with InvalidTimeStamp.Expired', async () => {
    const time = `${new Date(Date.now() - 16 * 60_000).toISOString().slice(0, 19)}Z`;
    await refused('InvalidTimeStamp.Expired', call('ListKeys', {}, { time }));
  });
  await report.check('a nonce that was used is refused with SignatureNonceUsed', async () => {
    const nonce = `${name}-${Date.now()}`;
    await call('ListKeys', {}, { nonce });
    await refused('SignatureNonceUsed', call('ListKeys', {}, { nonce }));
  });
  await report.check('a RAM user without permission is refused with Forbidden.NoPermission', async () => {
    await refused('Forbidden.NoPermission', connect(denied)('DescribeKey', { KeyId: keyId }));
  });
  await report.check('an unknown key is refused with Forbidden.KeyNotFound', async () => {
    await refused('Forbidden.KeyNotFound', call('DescribeKey', { KeyId: 'key-of-nobody' }));
  });
  await report.check('an illegal transition is refused with Rejected.StateModifiedFailed', async () => {
    await refused('Rejected.StateModifiedFailed', call('CancelKeyDeletion', { KeyId: keyId }));
  });
}
