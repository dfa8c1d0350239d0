// The actions on keys, aliases, tags and instances that the walk of all clients leaves out.

import assert from 'node:assert/strict';
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { refused } from './report.mjs';

export async function keys(report, { name }, call) {
  const { KeyMetadata: created } = await call('CreateKey', {});
  const { KeyId, Arn, PrimaryKeyVersion } = created;
  const described = async () => (await call('DescribeKey', { KeyId })).KeyMetadata;

  await report.check('aliases: UpdateAlias, ListAliases and DeleteAlias', async () => {
    const AliasName = `alias/${name}-moves`;
    const { KeyMetadata: other } = await call('CreateKey', {});
    await call('CreateAlias', { AliasName, KeyId: other.KeyId });
    await call('UpdateAlias', { AliasName, KeyId });
    const listed = await call('ListAliases', { PageSize: 100 });
    assert.equal(listed.Aliases.Alias.find((alias) => alias.AliasName === AliasName)?.KeyId, KeyId);
    await call('DeleteAlias', { AliasName });
    await refused('Forbidden.AliasNotFound', call('DescribeKey', { KeyId: AliasName }));
  });
  await report.check('versions: CreateKeyVersion, ListKeyVersions and DescribeKeyVersion', async () => {
    const { KeyVersion } = await call('CreateKeyVersion', { KeyId });
    const listed = await call('ListKeyVersions', { KeyId });
    const ids = listed.KeyVersions.KeyVersion.map(({ KeyVersionId }) => KeyVersionId);
    assert.deepEqual(ids, [PrimaryKeyVersion, KeyVersion.KeyVersionId]);
    const one = await call('DescribeKeyVersion', { KeyId, KeyVersionId: KeyVersion.KeyVersionId });
    assert.deepEqual(one.KeyVersion, KeyVersion);
  });
  await report.check('rotation: UpdateRotationPolicy', async () => {
    await call('UpdateRotationPolicy', { KeyId, EnableAutomaticRotation: true, RotationInterval: '30d' });
    const key = await described();
    assert.deepEqual([key.AutomaticRotation, key.RotationInterval], ['Enabled', '2592000s']);
  });
  await report.check('protection: SetDeletionProtection', async () => {
    await call('SetDeletionProtection', { ProtectedResourceArn: Arn, EnableDeletionProtection: true });
    assert.equal((await described()).DeletionProtection, 'Enabled');
    await refused(
      'Rejected.UnsupportedOperation',
      call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 }),
    );
    await call('SetDeletionProtection', { KeyId, EnableDeletionProtection: false });
  });
  await report.check('key policies: GetKeyPolicy and SetKeyPolicy', async () => {
    const { Policy } = await call('GetKeyPolicy', { KeyId });
    await call('SetKeyPolicy', { KeyId, Policy });
    assert.equal((await call('GetKeyPolicy', { KeyId, PolicyName: 'default' })).Policy, Policy);
  });
  await report.check('import: GetParametersForImport, ImportKeyMaterial and DeleteKeyMaterial', () =>
    imports(call),
  );
  await report.check('tags: both families', () => tags(KeyId, call));
  await report.check('instances: reading and naming them', () => instances(call));
  await report.check('the service: regions and status', async () => {
    assert.ok((await call('DescribeRegions', {})).Regions.Region[0].RegionId);
    assert.equal((await call('DescribeAccountKmsStatus', {})).AccountStatus, 'Enabled');
    await refused('Forbidden.Opened', call('OpenKmsService', {}));
  });
}

async function imports(call) {
  const { KeyMetadata: created } = await call('CreateKey', { Origin: 'EXTERNAL' });
  const { KeyId } = created;
  assert.equal(created.KeyState, 'PendingImport');
  const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
  const { ImportToken, PublicKey } = await call('GetParametersForImport', { KeyId, ...wrapping });
  const key = createPublicKey({ key: Buffer.from(PublicKey, 'base64'), format: 'der', type: 'spki' });
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  const EncryptedKeyMaterial = publicEncrypt({ key, ...padding }, randomBytes(32)).toString('base64');
  await call('ImportKeyMaterial', { KeyId, ImportToken, EncryptedKeyMaterial, KeyMaterialExpireUnix: 0 });
  assert.equal((await call('DescribeKey', { KeyId })).KeyMetadata.KeyState, 'Enabled');
  await refused('UnsupportedOperation', call('DeleteKeyMaterial', { KeyId }));
}

async function tags(KeyId, call) {
  const list = async () =>
    (await call('ListResourceTags', { KeyId })).Tags.Tag.map(
      ({ TagKey, TagValue }) => `${TagKey}=${TagValue}`,
    );
  await call('TagResource', { KeyId, Tags: '[{"TagKey":"a","TagValue":"1"}]' });
  const many = { RegionId: 'any', ResourceType: 'key', ResourceId: [KeyId] };
  await call('TagResources', { ...many, Tag: [{ Key: 'b', Value: '2' }] });
  assert.deepEqual(await list(), ['a=1', 'b=2']);
  const rows = (await call('ListTagResources', many)).TagResources.TagResource;
  assert.deepEqual(
    rows.map(({ TagKey }) => TagKey),
    ['a', 'b'],
  );
  await call('UntagResource', { KeyId, TagKeys: '["a"]' });
  await call('UntagResources', { ...many, TagKey: ['b'] });
  assert.deepEqual(await list(), []);
}

async function instances(call) {
  const { DefaultKmsInstanceId: KmsInstanceId } = await call('GetDefaultKmsInstance', {});
  const network = { VpcId: 'vpc-1', ZoneIds: 'zone-a,zone-b', VSwitchIds: 'vsw-1', KMProvider: 'Aliyun' };
  await call('ConnectKmsInstance', { KmsInstanceId, ...network });
  const BindVpcs = '[{"VpcId":"vpc-2","VSwitchId":"vsw-2","RegionId":"r","VpcOwnerId":1}]';
  await call('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs });
  await call('UpdateKmsInstance', { KmsInstanceId, InstanceName: 'walked' });
  const { KmsInstance } = await call('GetKmsInstance', { KmsInstanceId });
  assert.equal(KmsInstance.InstanceName, 'walked');
  assert.equal(JSON.stringify(KmsInstance.BindVpcs.BindVpc), BindVpcs);
  const { KmsInstanceQuotaInfos } = await call('GetKmsInstanceQuotaInfos', { ResourceType: 'key' });
  assert.equal(KmsInstanceQuotaInfos[0].ResourceType, 'key');
  await refused('UnsupportedOperation', call('ReleaseKmsInstance', { KmsInstanceId }));
}
