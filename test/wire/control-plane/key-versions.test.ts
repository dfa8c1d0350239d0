// Key versions over the wire: creating, describing and listing them.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminCalls } from '../../support/admin-calls.ts';
import { ACCOUNT, type ControlPlaneFixture, NOW, startControlPlane } from '../../support/control-plane.ts';

const ARN = `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:`;
const RequestId = expect.any(String) as string;

let plane: ControlPlaneFixture;
const { answer, refusal, createKey } = adminCalls(() => plane);

beforeAll(async () => {
  plane = await startControlPlane({ limits: { keyVersions: 3 } });
});

afterAll(() => plane.close());

interface VersionBody {
  readonly KeyVersion: {
    readonly KeyId: string;
    readonly KeyVersionId: string;
    readonly CreationDate: string;
  };
}

async function createVersion(KeyId: string): Promise<string> {
  return ((await answer('CreateKeyVersion', { KeyId })) as unknown as VersionBody).KeyVersion.KeyVersionId;
}

describe('key versions', () => {
  test('a new one becomes the primary version, the others stay, oldest first', async () => {
    plane.clock.now = NOW;
    const KeyId = await createKey();
    await answer('CreateAlias', { AliasName: 'alias/versions', KeyId });
    const { KeyMetadata } = await answer('DescribeKey', { KeyId });
    const initial = (KeyMetadata as unknown as { PrimaryKeyVersion: string }).PrimaryKeyVersion;
    plane.clock.now = NOW + 1000;
    const created = await answer('CreateKeyVersion', { KeyId: 'alias/versions' });
    const { KeyVersion } = created as unknown as VersionBody;
    expect(created).toEqual({ RequestId, KeyVersion });
    expect(KeyVersion).toEqual({
      KeyId,
      KeyVersionId: expect.stringMatching(new RegExp(`^${KeyId}-[0-9a-z]{10}$`)) as string,
      CreationDate: '2026-01-02T03:04:06Z',
    });
    expect((await answer('DescribeKey', { KeyId })).KeyMetadata).toMatchObject({
      PrimaryKeyVersion: KeyVersion.KeyVersionId,
      LastRotationDate: '2026-01-02T03:04:06Z',
      CreationDate: '2026-01-02T03:04:05Z',
    });
    const first = { KeyId, KeyVersionId: initial, CreationDate: '2026-01-02T03:04:05Z' };
    for (const reference of [KeyId, 'alias/versions', `${ARN}key/${KeyId}`, `${ARN}alias/versions`]) {
      expect(await answer('ListKeyVersions', { KeyId: reference })).toEqual({
        RequestId,
        KeyVersions: { KeyVersion: [first, KeyVersion] },
        TotalCount: 2,
        PageNumber: 1,
        PageSize: 10,
      });
      expect(await answer('DescribeKeyVersion', { KeyId: reference, KeyVersionId: initial })).toEqual({
        RequestId,
        KeyVersion: first,
      });
    }
    expect(await answer('ListKeyVersions', { KeyId, PageNumber: '2', PageSize: '1' })).toMatchObject({
      KeyVersions: { KeyVersion: [KeyVersion] },
      TotalCount: 2,
    });
    for (const PageSize of ['0', '101']) await answer('ListKeyVersions', { KeyId, PageSize });
  });

  test('over the limit is refused and leaves nothing behind', async () => {
    const KeyId = await createKey();
    await createVersion(KeyId);
    const last = await createVersion(KeyId);
    expect(await refusal('CreateKeyVersion', { KeyId })).toEqual([400, 'Rejected.LimitExceeded']);
    expect((await answer('DescribeKey', { KeyId })).KeyMetadata).toMatchObject({ PrimaryKeyVersion: last });
    expect((await answer('ListKeyVersions', { KeyId })).TotalCount).toBe(3);
  });

  test('asymmetric keys get none', async () => {
    const KeyId = await createKey({ KeySpec: 'EC_P256' });
    expect(await refusal('CreateKeyVersion', { KeyId })).toEqual([400, 'Rejected.UnsupportedOperation']);
    expect((await answer('ListKeyVersions', { KeyId })).TotalCount).toBe(1);
  });

  test('a version of another key is not found', async () => {
    const [one, other] = [await createKey(), await createKey()];
    const KeyVersionId = await createVersion(other);
    const notFound = [404, 'Forbidden.KeyVersionNotFound'];
    expect(await refusal('DescribeKeyVersion', { KeyId: one, KeyVersionId })).toEqual(notFound);
    expect(await refusal('DescribeKeyVersion', { KeyId: one, KeyVersionId: 'none' })).toEqual(notFound);
    expect(await refusal('DescribeKeyVersion', { KeyId: one, KeyVersionId: `${one}-0000000000` })).toEqual(
      notFound,
    );
  });

  test.each(['CreateKeyVersion', 'DescribeKeyVersion', 'ListKeyVersions'])(
    '%s refuses references that lead nowhere or are no references',
    async (action) => {
      const call = (KeyId: string) => refusal(action, { KeyId, KeyVersionId: 'v' });
      expect(await call('none')).toEqual([404, 'Forbidden.KeyNotFound']);
      expect(await call('key-kms6957325a0000000000')).toEqual([404, 'Forbidden.KeyNotFound']);
      expect(await call('alias/none')).toEqual([404, 'Forbidden.AliasNotFound']);
      expect(await call('')).toEqual([400, 'MissingParameter']);
      expect(await call('k'.repeat(257))).toEqual([400, 'InvalidParameter']);
      expect(await refusal(action)).toEqual([400, 'MissingParameter']);
    },
  );

  test('bad paging and a missing version id are refused', async () => {
    const KeyId = await createKey();
    for (const bad of [{ PageSize: '102' }, { PageSize: '-1' }, { PageNumber: '0' }, { PageNumber: 'x' }]) {
      expect(await refusal('ListKeyVersions', { KeyId, ...bad })).toEqual([400, 'InvalidParameter']);
    }
    expect(await refusal('DescribeKeyVersion', { KeyId })).toEqual([400, 'MissingParameter']);
    const KeyVersionId = 'v'.repeat(257);
    expect(await refusal('DescribeKeyVersion', { KeyId, KeyVersionId })).toEqual([400, 'InvalidParameter']);
  });
});
