// Aliases over the wire: moving, deleting and listing them, with good and bad input.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminCalls, type Texts } from '../../support/admin-calls.ts';
import { ACCOUNT, type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';

const ARN = `acs:kms:${ACCOUNT.region}:${ACCOUNT.accountId}:`;
const RequestId = expect.any(String) as string;

let plane: ControlPlaneFixture;
let one: string;
let other: string;
const { answer, refusal, createKey } = adminCalls(() => plane);

beforeAll(async () => {
  plane = await startControlPlane();
  [one, other] = [await createKey(), await createKey()];
  for (const AliasName of ['alias/a', 'alias/b']) await answer('CreateAlias', { AliasName, KeyId: one });
});

afterAll(() => plane.close());

describe('aliases', () => {
  test('are listed of one key', async () => {
    await answer('CreateAlias', { AliasName: 'alias/c', KeyId: `${ARN}key/${other}` });
    const entry = (AliasName: string, KeyId: string) => ({ KeyId, AliasName, AliasArn: ARN + AliasName });
    expect(await answer('ListAliasesByKeyId', { KeyId: one })).toEqual({
      RequestId,
      Aliases: { Alias: [entry('alias/a', one), entry('alias/b', one)] },
      TotalCount: 2,
      PageNumber: 1,
      PageSize: 10,
    });
    const second = { KeyId: `${ARN}key/${one}`, PageSize: '1', PageNumber: '2' };
    expect(await answer('ListAliasesByKeyId', second)).toMatchObject({
      Aliases: { Alias: [entry('alias/b', one)] },
      TotalCount: 2,
      PageNumber: 2,
      PageSize: 1,
    });
    expect(await answer('ListAliasesByKeyId', { KeyId: one, PageSize: '0' })).toMatchObject({
      Aliases: { Alias: [] },
    });
  });

  test('move to another key, which the next call by alias uses', async () => {
    expect(await answer('UpdateAlias', { AliasName: 'alias/a', KeyId: other })).toEqual({ RequestId });
    expect((await answer('DescribeKey', { KeyId: 'alias/a' })).KeyMetadata.KeyId).toBe(other);
    await answer('UpdateAlias', { AliasName: 'alias/a', KeyId: other });
    await answer('UpdateAlias', { AliasName: 'alias/a', KeyId: `${ARN}key/${one}` });
    expect((await answer('DescribeKey', { KeyId: 'alias/a' })).KeyMetadata.KeyId).toBe(one);
  });

  test('are deleted without the key', async () => {
    await answer('CreateAlias', { AliasName: 'alias/short-lived', KeyId: one });
    expect(await answer('DeleteAlias', { AliasName: 'alias/short-lived' })).toEqual({ RequestId });
    expect(await refusal('DescribeKey', { KeyId: 'alias/short-lived' })).toEqual([
      404,
      'Forbidden.AliasNotFound',
    ]);
    expect(await refusal('DeleteAlias', { AliasName: 'alias/short-lived' })).toEqual([
      404,
      'Forbidden.AliasNotFound',
    ]);
    expect((await answer('DescribeKey', { KeyId: one })).KeyMetadata.KeyState).toBe('Enabled');
  });

  test.each<[Texts, number, string]>([
    [{}, 400, 'MissingParameter'],
    [{ AliasName: '', KeyId: 'k' }, 400, 'MissingParameter'],
    [{ AliasName: 'alias/a' }, 400, 'MissingParameter'],
    [{ AliasName: 'alias/a', KeyId: 'none' }, 404, 'Forbidden.KeyNotFound'],
    [{ AliasName: 'alias/a', KeyId: 'alias/b' }, 400, 'Unsupported.Alias'],
    [{ AliasName: 'alias/none', KeyId: 'none' }, 404, 'Forbidden.AliasNotFound'],
    [{ AliasName: 'a', KeyId: 'none' }, 400, 'InvalidParameter'],
    [{ AliasName: 'alias/a b', KeyId: 'none' }, 400, 'InvalidParameter'],
    [{ AliasName: `alias/${'a'.repeat(250)}`, KeyId: 'none' }, 400, 'InvalidParameter'],
    [{ AliasName: 'a'.repeat(257), KeyId: 'none' }, 400, 'InvalidParameter'],
  ])('UpdateAlias with %o is refused', async (parameters, status, code) => {
    expect(await refusal('UpdateAlias', parameters)).toEqual([status, code]);
  });

  test.each<[Texts, number, string]>([
    [{}, 400, 'MissingParameter'],
    [{ AliasName: 'alias/' }, 400, 'InvalidParameter'],
    [{ AliasName: `${ARN}alias/a` }, 400, 'InvalidParameter'],
    [{ AliasName: 'alias/acs/kms' }, 404, 'Forbidden.AliasNotFound'],
  ])('DeleteAlias with %o is refused', async (parameters, status, code) => {
    expect(await refusal('DeleteAlias', parameters)).toEqual([status, code]);
  });

  test.each<[Texts, number, string]>([
    [{}, 400, 'MissingParameter'],
    [{ KeyId: 'none' }, 404, 'Forbidden.KeyNotFound'],
    [{ KeyId: 'alias/a' }, 400, 'Unsupported.Alias'],
    [{ KeyId: 'none', PageSize: '102' }, 400, 'InvalidParameter'],
    [{ KeyId: 'none', PageNumber: '0' }, 400, 'InvalidParameter'],
  ])('ListAliasesByKeyId with %o is refused', async (parameters, status, code) => {
    expect(await refusal('ListAliasesByKeyId', parameters)).toEqual([status, code]);
  });
});
