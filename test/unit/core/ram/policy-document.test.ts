import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../../appliance/core/ram/policy-document.ts';
import { SYSTEM_POLICIES } from '../../../../appliance/core/ram/system-policies.ts';
import { codeOf } from '../../../support/core-services.ts';

const ALLOW = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
const identity = (Statement: unknown, more: object = {}): string =>
  JSON.stringify({ Version: '1', Statement, ...more });
const codeOfIdentity = (text: string) => codeOf(() => parsePolicy(text, 'identity'));
const codeOfKey = (statement: object) =>
  codeOf(() => parsePolicy(JSON.stringify({ Version: '1', Statement: [statement] }), 'key'));

describe('an identity policy', () => {
  test.each([
    ['a single statement', ALLOW],
    ['lists', [{ ...ALLOW, Action: ['kms:List*', '*', 'ram:Get?ser'], Resource: ['acs:kms:*:*:key/*'] }]],
    ['a Sid', [{ ...ALLOW, Sid: 'the first one' }]],
    ['a Deny', [ALLOW, { ...ALLOW, Effect: 'Deny' }]],
    ['a condition', [{ ...ALLOW, Condition: { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8', '::1'] } } }]],
    ['a boolean as a boolean', [{ ...ALLOW, Condition: { Bool: { 'acs:SecureTransport': true } } }]],
    ['a number as a number', [{ ...ALLOW, Condition: { NumericLessThan: { 'kms:tag/level': 3 } } }]],
    ['an ARN whose relative id has colons', [{ ...ALLOW, Resource: 'acs:kms:cn-hangzhou:1:secret/a:b' }]],
  ])('may have %s', async (_what, statement) => {
    expect(await codeOfIdentity(identity(statement))).toBe('none');
  });

  test.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['another version', JSON.stringify({ Version: '2', Statement: [ALLOW] })],
    ['no version', JSON.stringify({ Statement: [ALLOW] })],
    ['no statement', JSON.stringify({ Version: '1' })],
    ['an empty list of statements', identity([])],
    ['an unknown element', identity([ALLOW], { Id: 'x' })],
    ['an unknown element in a statement', identity([{ ...ALLOW, action: 'kms:*' }])],
    ['NotAction', identity([{ Effect: 'Allow', NotAction: 'kms:*', Resource: '*' }])],
    ['NotResource', identity([{ Effect: 'Allow', Action: 'kms:*', NotResource: '*' }])],
    ['a principal', identity([{ ...ALLOW, Principal: { RAM: ['acs:ram::1:*'] } }])],
    ['an effect in another case', identity([{ ...ALLOW, Effect: 'allow' }])],
    ['no action', identity([{ Effect: 'Allow', Resource: '*' }])],
    ['an action without a service', identity([{ ...ALLOW, Action: 'Encrypt' }])],
    ['no resource', identity([{ Effect: 'Allow', Action: '*' }])],
    ['a resource that is no ARN', identity([{ ...ALLOW, Resource: 'key/*' }])],
    ['an unknown operator', identity([{ ...ALLOW, Condition: { StringIs: { 'acs:SourceIp': 'a' } } }])],
    [
      'an unknown condition key',
      identity([{ ...ALLOW, Condition: { StringEquals: { 'acs:SourceVpc': 'a' } } }]),
    ],
    ['a value of another type', identity([{ ...ALLOW, Condition: { IpAddress: { 'acs:SourceIp': 'a' } } }])],
    ['no value', identity([{ ...ALLOW, Condition: { IpAddress: { 'acs:SourceIp': [] } } }])],
    ['null for a condition', identity([{ ...ALLOW, Condition: null }])],
  ])('with %s is refused', async (_what, text) => {
    expect(await codeOfIdentity(text)).toBe('MalformedPolicyDocument');
  });

  test('is at most 6144 bytes long', async () => {
    const padded = (length: number): string => identity(ALLOW).padEnd(length);
    expect(await codeOfIdentity(padded(6144))).toBe('none');
    expect(await codeOfIdentity(padded(6145))).toBe('InvalidParameter.PolicyDocument.Length');
  });

  test('is refused with its place and without its text', () => {
    const text = identity([ALLOW, { ...ALLOW, Action: ['kms:*', 'top-secret'] }]);
    expect(() => parsePolicy(text, 'identity')).toThrow('The policy is not valid at Statement.1.Action.1.');
  });

  test.each([...SYSTEM_POLICIES.values()])('$name is well-formed', ({ document }) => {
    expect(parsePolicy(document, 'identity').statements).toHaveLength(1);
  });
});

describe('a key policy', () => {
  const STATEMENT = { ...ALLOW, Principal: { RAM: ['acs:ram::1000000000000001:*'] } };

  test.each([
    'acs:ram::1000000000000001:root',
    'acs:ram::1000000000000001:*',
    'acs:ram::1000000000000001:user/alice',
    'acs:ram::1000000000000001:role/auditor',
  ])('may name %s', async (principal) => {
    expect(await codeOfKey({ ...STATEMENT, Principal: { RAM: principal } })).toBe('none');
  });

  test.each([
    ['no principal', ALLOW],
    ['a principal of another kind', { ...STATEMENT, Principal: { Service: ['x'] } }],
    ['everybody', { ...STATEMENT, Principal: '*' }],
    ['a pattern of users', { ...STATEMENT, Principal: { RAM: ['acs:ram::1000000000000001:user/*'] } }],
    ['another resource', { ...STATEMENT, Resource: ['acs:kms:*:*:key/*'] }],
  ])('with %s is refused', async (_what, statement) => {
    expect(await codeOfKey(statement)).toBe('InvalidParameter');
  });

  test('is at most 32768 bytes long', async () => {
    const padded = (length: number): string =>
      JSON.stringify({ Version: '1', Statement: [STATEMENT] }).padEnd(length);
    expect(await codeOf(() => parsePolicy(padded(32_768), 'key'))).toBe('none');
    expect(await codeOf(() => parsePolicy(padded(32_769), 'key'))).toBe('InvalidParameter');
  });
});
