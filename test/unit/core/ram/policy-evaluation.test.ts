import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../../appliance/core/ram/policy-document.ts';
import { isAllowed } from '../../../../appliance/core/ram/policy-evaluation.ts';

const ACCOUNT = '1000000000000001';
const KEY = `acs:kms:cn-hangzhou:${ACCOUNT}:key/key-1`;

interface Given {
  readonly identity?: readonly object[];
  readonly key?: readonly object[];
  readonly action?: string;
  readonly resource?: string;
}

function decide({ identity = [], key, action = 'kms:Encrypt', resource = KEY }: Given): boolean {
  const document = (Statement: readonly object[]): string => JSON.stringify({ Version: '1', Statement });
  return isAllowed(
    { accountId: ACCOUNT, user: 'alice', action, resource, context: new Map() },
    {
      identity: identity.map((statement) => parsePolicy(document([statement]), 'identity')),
      key: key ? parsePolicy(document(key), 'key') : null,
    },
  );
}

const allow = (Action: string, Resource = '*') => ({ Effect: 'Allow', Action, Resource });
const deny = (Action: string, Resource = '*') => ({ Effect: 'Deny', Action, Resource });
const forPrincipal = (name: string, statement: object, account = ACCOUNT) => ({
  ...statement,
  Principal: { RAM: [`acs:ram::${account}:${name}`] },
});

describe('identity policies', () => {
  test('allow nothing unless one of them does', () => {
    expect(decide({})).toBe(false);
    expect(decide({ identity: [allow('kms:Decrypt')] })).toBe(false);
    expect(decide({ identity: [allow('kms:Decrypt'), allow('kms:Encrypt')] })).toBe(true);
  });

  test('deny whatever the order and whatever else allows', () => {
    expect(decide({ identity: [deny('kms:Enc*'), allow('*')] })).toBe(false);
    expect(decide({ identity: [allow('*'), deny('kms:Enc*')] })).toBe(false);
    expect(decide({ identity: [allow('*'), deny('kms:Decrypt')] })).toBe(true);
  });

  test.each([
    ['kms:encrypt', '*', true],
    ['KMS:EN?RYPT', '*', true],
    ['ram:*', '*', false],
    ['*', `acs:kms:*:*:key/*`, true],
    ['*', `acs:*:*:*:*`, true],
    ['*', `acs:kms:cn-*:${ACCOUNT}:key/key-1`, true],
    ['*', 'acs:kms:cn-beijing:*:key/*', false],
    ['*', 'acs:kms:*:2000000000000002:key/*', false],
    ['*', 'acs:ram:*:*:*', false],
    ['*', 'acs:kms:*:*:key', false],
    ['*', 'acs:kms:*:*:key/key-2', false],
    ['*', 'acs:kms:*:*:KEY/key-1', false],
    ['*', 'acs:kms:*:key/key-1:*', false],
  ])('compare %s on %s: %s', (action, resource, allowed) => {
    expect(decide({ identity: [allow(action, resource)] })).toBe(allowed);
  });

  test('compare every field of a resource, also of one that a caller made up', () => {
    const resource = `acs:kms:cn-hangzhou:${ACCOUNT}:key/a\nb`;
    expect(decide({ identity: [allow('*', 'acs:kms:*:*:key/a*')], resource })).toBe(true);
    expect(decide({ identity: [allow('*', 'acs:ram:*:*:*')], resource })).toBe(false);
    expect(decide({ identity: [allow('*'), deny('*', 'acs:kms:*:*:key/*')], resource })).toBe(false);
  });
});

describe('a key policy', () => {
  test('that names the user allows what its identity policies do not', () => {
    expect(decide({ key: [forPrincipal('user/alice', allow('kms:Encrypt'))] })).toBe(true);
    expect(decide({ key: [forPrincipal('user/alice', allow('kms:Decrypt'))] })).toBe(false);
  });

  test.each(['user/bob', 'user/alice2', 'role/alice', 'root', '*'])(
    'for %s alone allows the user nothing',
    (name) => {
      expect(decide({ key: [forPrincipal(name, allow('kms:*'))] })).toBe(false);
    },
  );

  test('for the user of another account says nothing about this one', () => {
    const elsewhere = forPrincipal('user/alice', allow('*'), '2000000000000002');
    expect(decide({ key: [elsewhere] })).toBe(false);
    const deniedElsewhere = forPrincipal('user/alice', deny('*'), '2000000000000002');
    expect(decide({ identity: [allow('*')], key: [deniedElsewhere] })).toBe(true);
  });

  test('for the whole account leaves the decision to the identity policies', () => {
    const key = [forPrincipal('*', allow('kms:*'))];
    expect(decide({ identity: [allow('kms:Encrypt')], key })).toBe(true);
    expect(decide({ identity: [], key })).toBe(false);
  });

  test.each(['user/alice', '*'])('that denies %s wins over every Allow', (name) => {
    const key = [forPrincipal('user/alice', allow('kms:*')), forPrincipal(name, deny('kms:Encrypt'))];
    expect(decide({ identity: [allow('*')], key })).toBe(false);
    expect(decide({ identity: [allow('*')], key, action: 'kms:Decrypt' })).toBe(true);
  });

  test('does not lift what an identity policy denies', () => {
    const key = [forPrincipal('user/alice', allow('kms:*'))];
    expect(decide({ identity: [deny('kms:Encrypt')], key })).toBe(false);
  });
});
