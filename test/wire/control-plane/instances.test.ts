// Actions on the instance and the service over the wire. GetKmsInstance's fixed fields are in actions.test.ts.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCOUNT, type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';
import { callsOf, type Fields } from '../../support/openapi-crypto.ts';

const RequestId = expect.any(String) as string;

let plane: ControlPlaneFixture;
let KmsInstanceId: string;
const { answer, refusal, newKey } = callsOf(() => plane);
const instance = async () => (await answer('GetKmsInstance', { KmsInstanceId })).KmsInstance;

beforeAll(async () => {
  plane = await startControlPlane();
  KmsInstanceId = plane.store.instanceId;
});

afterAll(() => plane.close());

const CONNECTION = { VpcId: 'vpc-1', ZoneIds: 'zone-a,zone-b', VSwitchIds: 'vsw-1', KMProvider: 'Aliyun' };

describe('instance', () => {
  test('ConnectKmsInstance of the connected instance succeeds and keeps the texts', async () => {
    const before = await instance();
    expect(before).toMatchObject({ Status: 'Connected', VpcId: '', VpcNum: 0 });
    // An empty list would make the SDKs fail whose models have a text here.
    expect(before).not.toHaveProperty('ZoneIds');
    expect(before).not.toHaveProperty('VswitchIds');
    expect(await answer('ConnectKmsInstance', { KmsInstanceId, ...CONNECTION })).toEqual({ RequestId });
    expect(await instance()).toMatchObject({
      Status: 'Connected',
      VpcId: 'vpc-1',
      ZoneIds: ['zone-a', 'zone-b'],
      VswitchIds: ['vsw-1'],
      VpcNum: 1,
    });
  });

  test.each<[Fields, string]>([
    [{ KMProvider: 'Other' }, 'InvalidParameter'],
    [{ ZoneIds: 'zone-a' }, 'InvalidParameter'],
    [{ ZoneIds: 'a,b,c' }, 'InvalidParameter'],
    [{ ZoneIds: 'a,' }, 'InvalidParameter'],
    [{ VSwitchIds: 'a,b,c' }, 'InvalidParameter'],
    [{ VSwitchIds: '' }, 'MissingParameter'],
    [{ VpcId: '' }, 'MissingParameter'],
  ])('ConnectKmsInstance with %o is refused', async (fields, code) => {
    expect(await refusal('ConnectKmsInstance', { KmsInstanceId, ...CONNECTION, ...fields })).toEqual([
      400,
      code,
    ]);
  });

  test.each(['V1 GET', 'V1 POST form', 'V3 query'] as const)(
    'UpdateKmsInstanceBindVpc by %s keeps what is bound',
    async (form) => {
      const bound = [
        { VpcId: form, VSwitchId: 'vsw-2', RegionId: 'cn-hangzhou', VpcOwnerId: 1000000000000001 },
        { VpcId: 'vpc-3', VSwitchId: 'vsw-3', RegionId: 'cn-beijing', VpcOwnerId: 2 },
      ];
      const fields = { KmsInstanceId, BindVpcs: JSON.stringify(bound) };
      const { status } = await plane.client.call('UpdateKmsInstanceBindVpc', fields, { form });
      expect(status).toBe(200);
      expect(await instance()).toMatchObject({ BindVpcs: { BindVpc: bound }, VpcId: 'vpc-1', VpcNum: 3 });
    },
  );

  test('UpdateKmsInstanceBindVpc takes an owner as text, and what Terraform leaves out', async () => {
    const BindVpcs = '[{"VpcId":"v","VpcOwnerId":"12"},{"VpcId":"w"}]';
    await answer('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs });
    expect(await instance()).toMatchObject({
      BindVpcs: {
        BindVpc: [
          { VpcId: 'v', VSwitchId: '', RegionId: '', VpcOwnerId: 12 },
          { VpcId: 'w', VSwitchId: '', RegionId: '', VpcOwnerId: 0 },
        ],
      },
    });
    await answer('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs: '[]' });
    expect(await instance()).toMatchObject({ BindVpcs: { BindVpc: [] } });
  });

  test.each(['{}', '[1]', '[{}]', '[{"VpcId":""}]', '[{"VpcId":"v","VpcOwnerId":-1}]', '[{"VpcId":"v"'])(
    'BindVpcs of %s are refused',
    async (BindVpcs) => {
      expect(await refusal('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs })).toEqual([
        400,
        'InvalidParameter',
      ]);
    },
  );

  test('more networks than the limit are refused', async () => {
    const many = (count: number) => JSON.stringify(Array.from({ length: count }, () => ({ VpcId: 'v' })));
    await answer('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs: many(20) });
    expect(await refusal('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs: many(21) })).toEqual([
      400,
      'InvalidParameter',
    ]);
  });

  test('UpdateKmsInstance renames, and without a name changes nothing', async () => {
    await answer('UpdateKmsInstance', { KmsInstanceId, InstanceName: 'Währung 生产' });
    await answer('UpdateKmsInstance', { KmsInstanceId });
    expect(await instance()).toMatchObject({ InstanceName: 'Währung 生产', VpcId: 'vpc-1' });
    const InstanceName = 'x'.repeat(129);
    expect(await refusal('UpdateKmsInstance', { KmsInstanceId, InstanceName })).toEqual([
      400,
      'InvalidParameter',
    ]);
  });

  test('ReleaseKmsInstance is not supported, forced or not', async () => {
    for (const fields of [{}, { ForceDeleteWithoutBackup: 'true' }]) {
      expect(await refusal('ReleaseKmsInstance', { KmsInstanceId, ...fields })).toEqual([
        400,
        'UnsupportedOperation',
      ]);
    }
  });

  test.each<[string, Fields]>([
    ['ConnectKmsInstance', CONNECTION],
    ['GetKmsInstance', {}],
    ['UpdateKmsInstanceBindVpc', { BindVpcs: '[]' }],
    ['UpdateKmsInstance', { InstanceName: 'n' }],
    ['ReleaseKmsInstance', {}],
    ['GetKmsInstanceQuotaInfos', {}],
  ])('%s of another instance is not found', async (action, fields) => {
    expect(await refusal(action, { KmsInstanceId: 'kst-other', ...fields })).toEqual([
      403,
      'Forbidden.DKMSInstanceNotFound',
    ]);
  });

  test('GetDefaultKmsInstance names the one instance', async () => {
    expect(await answer('GetDefaultKmsInstance')).toEqual({ RequestId, DefaultKmsInstanceId: KmsInstanceId });
  });
});

describe('ListKmsInstances', () => {
  const count = async (Filters: string) => (await answer('ListKmsInstances', { Filters })).TotalCount;

  test('filters by the texts of the instance: values are alternatives, filters are all to be met', async () => {
    const own = JSON.stringify([{ Key: 'KmsInstanceId', Values: ['kst-other', KmsInstanceId] }]);
    expect(await count(own)).toBe(1);
    expect(await count('[{"Key":"Status","Values":["Connected"]}]')).toBe(1);
    expect(
      await count('[{"Key":"Status","Values":["Connected"]},{"Key":"InstanceName","Values":["x"]}]'),
    ).toBe(0);
    expect(await count('[{"Key":"Status","Values":[]}]')).toBe(1);
    expect(await count('[]')).toBe(1);
    expect(await count('')).toBe(1);
  });

  test.each(['{}', '[{"Key":"Color","Values":["red"]}]', '[{"Key":"Status"}]'])(
    'filters of %s are refused',
    async (Filters) => {
      expect(await refusal('ListKmsInstances', { Filters })).toEqual([400, 'InvalidParameter']);
    },
  );
});

describe('GetKmsInstanceQuotaInfos', () => {
  const quotas = async (fields: Fields = {}) =>
    (await answer('GetKmsInstanceQuotaInfos', fields)).KmsInstanceQuotaInfos;

  test('tells how many keys there are', async () => {
    const used = plane.store.records.keys.count();
    const key = (UsedQuantity: number) => [{ ResourceType: 'key', ResourceQuota: 1000, UsedQuantity }];
    expect(await quotas({ KmsInstanceId, ResourceType: 'key' })).toEqual(key(used));
    await newKey();
    expect(await quotas({ ResourceType: 'key' })).toEqual(key(used + 1));
  });

  test('tells the quota of every kind when none is named', async () => {
    const all = await answer('GetKmsInstanceQuotaInfos');
    expect(all).toEqual({ RequestId, KmsInstanceId, KmsInstanceQuotaInfos: all.KmsInstanceQuotaInfos });
    expect(all.KmsInstanceQuotaInfos).toMatchObject([
      { ResourceType: 'key', ResourceQuota: 1000 },
      { ResourceType: 'secret', ResourceQuota: 0, UsedQuantity: 0 },
      { ResourceType: 'qps', ResourceQuota: 1000 },
      { ResourceType: 'vpc', ResourceQuota: 21, UsedQuantity: 21 },
    ]);
    expect(await refusal('GetKmsInstanceQuotaInfos', { ResourceType: 'disk' })).toEqual([
      400,
      'InvalidParameter',
    ]);
  });
});

describe('service', () => {
  test('DescribeRegions names the region, and leaves an audit record like every call', async () => {
    expect(await answer('DescribeRegions')).toEqual({
      RequestId,
      Regions: { Region: [{ RegionId: ACCOUNT.region }] },
    });
    expect(plane.audit.last).toMatchObject({ api: 'DescribeRegions', status: 200 });
    const { body } = await plane.client.call('DescribeRegions', {}, { secret: 'wrong' });
    expect(body.Code).toBe('SignatureDoesNotMatch');
  });

  test('DescribeAccountKmsStatus is Enabled, and OpenKmsService says that it is open', async () => {
    expect(await answer('DescribeAccountKmsStatus')).toEqual({ RequestId, AccountStatus: 'Enabled' });
    expect(await refusal('OpenKmsService')).toEqual([400, 'Forbidden.Opened']);
  });

  test('DescribeService is no action', async () => {
    expect(await refusal('DescribeService')).toEqual([404, 'InvalidAction.NotFound']);
  });
});
