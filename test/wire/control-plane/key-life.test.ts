// The life of a key over the wire: what it can be created with, and every change of it, with good and bad input.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminCalls, type Texts } from '../../support/admin-calls.ts';
import { ACCOUNT, type ControlPlaneFixture, NOW, startControlPlane } from '../../support/control-plane.ts';

const ARN = `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:`;
const RequestId = expect.any(String) as string;
const DAY_MS = 24 * 60 * 60 * 1000;

let plane: ControlPlaneFixture;
const { answer, refusal, createKey } = adminCalls(() => plane);

beforeAll(async () => {
  plane = await startControlPlane();
});

afterAll(() => plane.close());

async function metadata(KeyId: string): Promise<object> {
  return (await answer('DescribeKey', { KeyId })).KeyMetadata;
}

function tagsOf(count: number): string {
  return JSON.stringify(
    Array.from({ length: count }, (_, index) => ({ TagKey: `k${index}`, TagValue: 'v' })),
  );
}

describe('CreateKey', () => {
  test('with tags and automatic rotation tells of both', async () => {
    const body = await answer('CreateKey', {
      Tags: '[{"TagKey":"Project","TagValue":"Apollo"},{"TagKey":"empty"}]',
      EnableAutomaticRotation: 'true',
      RotationInterval: '7d',
      KeyStorageMechanism: 'HsmEncryptedDatabase',
    });
    expect(body.KeyMetadata).toMatchObject({
      AutomaticRotation: 'Enabled',
      RotationInterval: '604800s',
      LastRotationDate: '2026-01-02T03:04:05Z',
      NextRotationDate: '2026-01-09T03:04:05Z',
    });
    expect(body.KeyMetadata).not.toHaveProperty('DeletionProtection');
    const { KeyId } = body.KeyMetadata;
    expect(await answer('ListResourceTags', { KeyId })).toEqual({
      RequestId,
      Tags: {
        Tag: [
          { KeyId, TagKey: 'Project', TagValue: 'Apollo' },
          { KeyId, TagKey: 'empty', TagValue: '' },
        ],
      },
    });
  });

  test.each<[Texts, number, string]>([
    [{ Tags: tagsOf(21) }, 400, 'InvalidParameter'],
    [{ Tags: '[{"TagKey":"a","TagValue":"b"}' }, 400, 'InvalidParameter'],
    [{ Tags: '{"TagKey":"a","TagValue":"b"}' }, 400, 'InvalidParameter'],
    [{ Tags: '["a"]' }, 400, 'InvalidParameter'],
    [{ Tags: '[{"TagValue":"b"}]' }, 400, 'InvalidParameter'],
    [{ Tags: '[{"TagKey":"a","TagValue":1}]' }, 400, 'InvalidParameter'],
    [{ Tags: '[{"TagKey":"a"},{"TagKey":"a"}]' }, 400, 'InvalidParameter'],
    [{ Tags: '[{"TagKey":"acs:x"}]' }, 400, 'InvalidParameter'],
    [{ Tags: '[{"TagKey":"aliyunx"}]' }, 400, 'InvalidParameter'],
    [{ EnableAutomaticRotation: 'yes' }, 400, 'InvalidParameter'],
    [{ EnableAutomaticRotation: 'true' }, 400, 'MissingParameter'],
    [{ EnableAutomaticRotation: 'true', RotationInterval: '6d' }, 400, 'InvalidParameter'],
    [{ EnableAutomaticRotation: 'false', RotationInterval: '8' }, 400, 'InvalidParameter'],
    [
      { EnableAutomaticRotation: 'true', RotationInterval: '7d', KeySpec: 'EC_P256' },
      400,
      'UnsupportedOperation',
    ],
    [
      { EnableAutomaticRotation: 'true', RotationInterval: '7d', Origin: 'EXTERNAL' },
      400,
      'UnsupportedOperation',
    ],
    [{ KeySpec: 'Aliyun_AES_512' }, 400, 'InvalidParameter'],
    [{ KeySpec: 'K'.repeat(257) }, 400, 'InvalidParameter'],
    [{ KeyUsage: 'BOTH' }, 400, 'InvalidParameter'],
    [{ Origin: 'external' }, 400, 'InvalidParameter'],
    [{ ProtectionLevel: 'NONE' }, 400, 'InvalidParameter'],
    [{ Description: 'd'.repeat(8193) }, 400, 'InvalidParameter'],
    [{ DKMSInstanceId: 'kst-other' }, 403, 'Forbidden.DKMSInstanceNotFound'],
  ])('with %o is refused and makes nothing', async (parameters, status, code) => {
    const before = plane.store.records.keys.count();
    expect(await refusal('CreateKey', parameters)).toEqual([status, code]);
    expect(plane.store.records.keys.count()).toBe(before);
  });

  test('with 20 tags is accepted', async () => {
    const KeyId = await createKey({ Tags: tagsOf(20) });
    expect(plane.store.records.keys.get(KeyId)?.tags).toHaveLength(20);
  });
});

describe('ListKeys', () => {
  test.each([
    '{}',
    '[',
    '[{"Key":"KeyState"}]',
    '[{"Key":"Unknown","Values":["a"]}]',
    '[{"Key":"KeyState","Values":"Enabled"}]',
    `[${Array.from({ length: 11 }, () => '{"Key":"KeyState","Values":[]}').join(',')}]`,
    `[{"Key":"KeyState","Values":[${Array.from({ length: 11 }, () => '"Enabled"').join(',')}]}]`,
  ])('with the filters %s is refused', async (Filters) => {
    expect(await refusal('ListKeys', { Filters })).toEqual([400, 'InvalidParameter']);
  });

  test('filters by state', async () => {
    const KeyId = await createKey({ KeySpec: 'EC_P256K' });
    await answer('DisableKey', { KeyId });
    const Filters = JSON.stringify([
      { Key: 'KeyState', Values: ['Disabled', 'PendingDeletion'] },
      { Key: 'KeySpec', Values: ['EC_P256K'] },
    ]);
    expect(await answer('ListKeys', { Filters })).toMatchObject({
      Keys: { Key: [{ KeyId }] },
      TotalCount: 1,
    });
  });
});

describe('UpdateKeyDescription', () => {
  test('sets it, also to nothing', async () => {
    const KeyId = await createKey({ Description: 'first' });
    for (const Description of ['second', '']) {
      expect(await answer('UpdateKeyDescription', { KeyId, Description })).toEqual({ RequestId });
      expect(await metadata(KeyId)).toMatchObject({ Description });
    }
    expect(await refusal('UpdateKeyDescription', { KeyId })).toEqual([400, 'MissingParameter']);
    const Description = 'd'.repeat(8193);
    expect(await refusal('UpdateKeyDescription', { KeyId, Description })).toEqual([400, 'InvalidParameter']);
  });
});

describe('deletion', () => {
  test('is scheduled with its date and called back to Enabled, though the key was disabled', async () => {
    plane.clock.now = NOW;
    const KeyId = await createKey();
    await answer('DisableKey', { KeyId });
    expect(await answer('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: '7' })).toEqual({ RequestId });
    const DeleteDate = '2026-01-09T03:04:05Z';
    expect(await metadata(KeyId)).toMatchObject({ KeyState: 'PendingDeletion', DeleteDate });
    expect(plane.store.records.keys.get(KeyId)?.deleteAt).toBe(NOW + 7 * DAY_MS);
    expect(await answer('CancelKeyDeletion', { KeyId })).toEqual({ RequestId });
    expect(await metadata(KeyId)).toMatchObject({ KeyState: 'Enabled' });
    expect(await metadata(KeyId)).not.toHaveProperty('DeleteDate');
    await answer('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: '366' });
    expect(await metadata(KeyId)).toMatchObject({ DeleteDate: '2027-01-03T03:04:05Z' });
  });

  test.each<[Texts, string]>([
    [{}, 'MissingParameter'],
    [{ PendingWindowInDays: '' }, 'MissingParameter'],
    [{ PendingWindowInDays: '6' }, 'InvalidParameter'],
    [{ PendingWindowInDays: '367' }, 'InvalidParameter'],
    [{ PendingWindowInDays: '0' }, 'InvalidParameter'],
    [{ PendingWindowInDays: '-7' }, 'InvalidParameter'],
    [{ PendingWindowInDays: '7.5' }, 'InvalidParameter'],
    [{ PendingWindowInDays: '7d' }, 'InvalidParameter'],
    [{ PendingWindowInDays: '9'.repeat(20) }, 'InvalidParameter'],
  ])('with the window %o is refused', async (window, code) => {
    const KeyId = await createKey();
    expect(await refusal('ScheduleKeyDeletion', { KeyId, ...window })).toEqual([400, code]);
    expect(await metadata(KeyId)).toMatchObject({ KeyState: 'Enabled' });
  });

  test('suspends automatic rotation', async () => {
    const KeyId = await createKey({ EnableAutomaticRotation: 'true', RotationInterval: '365d' });
    await answer('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: '30' });
    expect(await metadata(KeyId)).toMatchObject({
      AutomaticRotation: 'Suspended',
      RotationInterval: '31536000s',
    });
  });
});

describe('SetDeletionProtection', () => {
  const on = { EnableDeletionProtection: 'true', DeletionProtectionDescription: 'in use' };
  const off = { EnableDeletionProtection: 'false', DeletionProtectionDescription: 'ignored' };

  test('of a key, by id or ARN, keeps it from being deleted until it is taken away', async () => {
    const KeyId = await createKey();
    for (const target of [
      { KeyId },
      { KeyId: `${ARN}key/${KeyId}` },
      { ProtectedResourceArn: `${ARN}key/${KeyId}` },
    ]) {
      expect(await answer('SetDeletionProtection', { ...target, ...on })).toEqual({ RequestId });
      expect(await metadata(KeyId)).toMatchObject({
        DeletionProtection: 'Enabled',
        DeletionProtectionDescription: 'in use',
      });
      const schedule = { KeyId, PendingWindowInDays: '7' };
      expect(await refusal('ScheduleKeyDeletion', schedule)).toEqual([400, 'Rejected.UnsupportedOperation']);
      expect(await answer('SetDeletionProtection', { ...target, ...off })).toEqual({ RequestId });
      expect(await metadata(KeyId)).toMatchObject({
        DeletionProtection: 'Disabled',
        DeletionProtectionDescription: '',
      });
    }
    await answer('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: '7' });
  });

  test('of the instance, by id or ARN, is told by GetKmsInstance', async () => {
    const { instanceId } = plane.store;
    const protection = async () =>
      (await answer('GetKmsInstance', { KmsInstanceId: instanceId })).KmsInstance;
    for (const target of [
      { KmsInstanceId: instanceId },
      { ProtectedResourceArn: `${ARN}keystore/${instanceId}` },
    ]) {
      await answer('SetDeletionProtection', { ...target, EnableDeletionProtection: 'True' });
      expect(await protection()).toMatchObject({
        DeletionProtection: true,
        DeletionProtectionDescription: '',
      });
      await answer('SetDeletionProtection', { ...target, ...on });
      expect(await protection()).toMatchObject({ DeletionProtectionDescription: 'in use' });
      await answer('SetDeletionProtection', { ...target, ...off });
      expect(await protection()).toMatchObject({
        DeletionProtection: false,
        DeletionProtectionDescription: '',
      });
    }
  });

  test.each<[Texts, number, string]>([
    [{}, 400, 'InvalidParameter'],
    [{ KeyId: 'none' }, 404, 'Forbidden.KeyNotFound'],
    [{ KeyId: 'alias/none' }, 400, 'Unsupported.Alias'],
    [{ KmsInstanceId: 'kst-other' }, 403, 'Forbidden.DKMSInstanceNotFound'],
    [{ KmsInstanceId: 'kst-other', KeyId: 'none' }, 400, 'InvalidParameter'],
    [{ ProtectedResourceArn: `${ARN}secret/x` }, 400, 'InvalidParameter'],
    [{ ProtectedResourceArn: `${ARN}alias/x` }, 400, 'Unsupported.Alias'],
    [{ ProtectedResourceArn: `${ARN}keystore/kst-other` }, 403, 'Forbidden.DKMSInstanceNotFound'],
    [{ ProtectedResourceArn: 'acs:kms:elsewhere:1:keystore/x' }, 400, 'InvalidParameter'],
    [{ ProtectedResourceArn: 'acs:kms:elsewhere:1:key/x' }, 404, 'Forbidden.KeyNotFound'],
    [{ ProtectedResourceArn: 'key' }, 400, 'InvalidParameter'],
  ])('of %o is refused', async (target, status, code) => {
    expect(await refusal('SetDeletionProtection', { ...target, ...on })).toEqual([status, code]);
  });

  test('without saying whether, or with a reason too long, is refused', async () => {
    const KeyId = await createKey();
    const call = (fields: Texts) => refusal('SetDeletionProtection', { KeyId, ...fields });
    expect(await call({})).toEqual([400, 'MissingParameter']);
    expect(await call({ EnableDeletionProtection: '' })).toEqual([400, 'MissingParameter']);
    expect(await call({ EnableDeletionProtection: '1' })).toEqual([400, 'InvalidParameter']);
    const DeletionProtectionDescription = 'd'.repeat(8193);
    expect(await call({ ...on, DeletionProtectionDescription })).toEqual([400, 'InvalidParameter']);
  });
});

describe('UpdateRotationPolicy', () => {
  test('switches rotation on, changes the interval, keeps it when none is given, and switches off', async () => {
    plane.clock.now = NOW;
    const KeyId = await createKey();
    const update = (fields: Texts) => answer('UpdateRotationPolicy', { KeyId, ...fields });
    expect(await update({ EnableAutomaticRotation: 'true', RotationInterval: '168h' })).toEqual({
      RequestId,
    });
    expect(await metadata(KeyId)).toMatchObject({
      AutomaticRotation: 'Enabled',
      RotationInterval: '604800s',
      NextRotationDate: '2026-01-09T03:04:05Z',
    });
    await update({ EnableAutomaticRotation: 'true', RotationInterval: '525600m' });
    await update({ EnableAutomaticRotation: 'true' });
    expect(await metadata(KeyId)).toMatchObject({ RotationInterval: '31536000s' });
    await answer('DisableKey', { KeyId });
    expect(await metadata(KeyId)).toMatchObject({ AutomaticRotation: 'Suspended' });
    await answer('EnableKey', { KeyId });
    await update({ EnableAutomaticRotation: 'false' });
    const off = await metadata(KeyId);
    expect(off).toMatchObject({ AutomaticRotation: 'Disabled' });
    for (const name of ['RotationInterval', 'NextRotationDate']) expect(off).not.toHaveProperty(name);
    await update({ EnableAutomaticRotation: 'false' });
    await update({ EnableAutomaticRotation: 'true' });
    expect(await metadata(KeyId)).toMatchObject({ RotationInterval: '31536000s' });
  });

  test.each<[Texts, string]>([
    [{}, 'MissingParameter'],
    [{ EnableAutomaticRotation: 'on' }, 'InvalidParameter'],
    [{ EnableAutomaticRotation: 'true' }, 'InvalidParameter'],
    ...['7', '6d', '366d', '604799s', '31536001s', '-7d', '7D', '7 d', '1e9s', `${'9'.repeat(30)}s`].map(
      (RotationInterval): [Texts, string] => [
        { EnableAutomaticRotation: 'true', RotationInterval },
        'InvalidParameter',
      ],
    ),
  ])('with %o is refused', async (fields, code) => {
    const KeyId = await createKey();
    expect(await refusal('UpdateRotationPolicy', { KeyId, ...fields })).toEqual([400, code]);
    expect(plane.store.records.keys.get(KeyId)?.rotationInterval).toBeNull();
  });

  test('of an asymmetric key is refused', async () => {
    const KeyId = await createKey({ KeySpec: 'EC_P256' });
    const policy = { KeyId, EnableAutomaticRotation: 'true', RotationInterval: '7d' };
    expect(await refusal('UpdateRotationPolicy', policy)).toEqual([400, 'Rejected.UnsupportedOperation']);
  });
});

const NEEDS: Readonly<Record<string, Texts>> = {
  EnableKey: {},
  DisableKey: {},
  UpdateKeyDescription: { Description: '' },
  ScheduleKeyDeletion: { PendingWindowInDays: '7' },
  CancelKeyDeletion: {},
  UpdateRotationPolicy: { EnableAutomaticRotation: 'false' },
};

describe.each(Object.entries(NEEDS))('%s', (action, fields) => {
  test('wants the id of a key, not an alias', async () => {
    const call = (KeyId: string) => refusal(action, { ...fields, KeyId });
    expect(await call('none')).toEqual([404, 'Forbidden.KeyNotFound']);
    expect(await call(`${ARN}key/key-kms6957325a0000000000`)).toEqual([404, 'Forbidden.KeyNotFound']);
    expect(await call('alias/none')).toEqual([400, 'Unsupported.Alias']);
    expect(await call('')).toEqual([400, 'MissingParameter']);
    expect(await call('k'.repeat(257))).toEqual([400, 'InvalidParameter']);
    expect(await refusal(action, fields)).toEqual([400, 'MissingParameter']);
  });
});
