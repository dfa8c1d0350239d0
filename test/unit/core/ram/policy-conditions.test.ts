// Every operator with values that match and values that do not, and with a key that the request does not have.

import { describe, expect, test } from 'vitest';
import { compileCondition, isConditionKey } from '../../../../appliance/core/ram/policy-conditions.ts';

type Row = readonly [operator: string, values: readonly string[], actual: string, holds: boolean];

const POSITIVE: readonly Row[] = [
  ['StringEquals', ['Apollo'], 'Apollo', true],
  ['StringEquals', ['Apollo'], 'apollo', false],
  ['StringEquals', ['a', 'b'], 'b', true],
  ['StringEqualsIgnoreCase', ['Apollo'], 'aPOLLO', true],
  ['StringEqualsIgnoreCase', ['Apollo'], 'Apollo 11', false],
  ['StringLike', ['Ap*o'], 'Apollo', true],
  ['StringLike', ['Apoll?'], 'Apollo', true],
  ['StringLike', ['apollo*'], 'Apollo', false],
  ['NumericEquals', ['1'], '1.0', true],
  ['NumericEquals', ['1'], '2', false],
  ['NumericEquals', ['1'], 'one', false],
  ['NumericLessThan', ['10'], '9', true],
  ['NumericLessThan', ['10'], '10', false],
  ['NumericLessThanEquals', ['10'], '10', true],
  ['NumericLessThanEquals', ['10'], '11', false],
  ['NumericGreaterThan', ['-1.5'], '-1', true],
  ['NumericGreaterThan', ['10'], '10', false],
  ['NumericGreaterThanEquals', ['10'], '10', true],
  ['NumericGreaterThanEquals', ['10'], '9', false],
  ['DateEquals', ['2026-01-02T11:04:05+08:00'], '2026-01-02T03:04:05Z', true],
  ['DateEquals', ['2026-01-02T03:04:05Z'], '2026-01-02T03:04:06Z', false],
  ['DateLessThan', ['2026-01-02T03:04:05Z'], '2026-01-02T03:04:04Z', true],
  ['DateLessThan', ['2026-01-02T03:04:05Z'], '2026-01-02T03:04:05Z', false],
  ['DateLessThanEquals', ['2026-01-02T03:04:05Z'], '2026-01-02T03:04:05Z', true],
  ['DateLessThanEquals', ['2026-01-02T03:04:05Z'], '2026-01-02T03:04:06Z', false],
  ['DateGreaterThan', ['2026-01-02T03:04Z'], '2026-01-02T03:04:05Z', true],
  ['DateGreaterThan', ['2026-01-02T03:04:05Z'], '2026-01-02T03:04:05Z', false],
  ['DateGreaterThanEquals', ['2026-01-02T03:04:05Z'], '2026-01-02T03:04:05Z', true],
  ['DateGreaterThanEquals', ['2026-01-02T03:04:05Z'], '2026-01-02T03:04:04Z', false],
  ['Bool', ['true'], 'true', true],
  ['Bool', ['True'], 'false', false],
  ['IpAddress', ['192.168.0.0/16', '172.16.215.218'], '192.168.255.1', true],
  ['IpAddress', ['192.168.0.0/16', '172.16.215.218'], '172.16.215.218', true],
  ['IpAddress', ['192.168.0.0/16', '172.16.215.218'], '172.16.215.219', false],
  ['IpAddress', ['::ffff:10.0.0.0/104'], '10.1.2.3', true],
  ['IpAddress', ['::ffff:10.0.0.1'], '10.0.0.1', true],
  ['IpAddress', ['2001:db8::/32'], '2001:db8:1::1', true],
  ['IpAddress', ['2001:db8::/32'], '10.0.0.1', false],
  ['IpAddress', ['0.0.0.0/0'], '::1', false],
  ['IpAddress', ['::/0'], '10.0.0.1', false],
];

const OPPOSITES: Readonly<Record<string, string>> = {
  StringEquals: 'StringNotEquals',
  StringEqualsIgnoreCase: 'StringNotEqualsIgnoreCase',
  StringLike: 'StringNotLike',
  NumericEquals: 'NumericNotEquals',
  DateEquals: 'DateNotEquals',
  IpAddress: 'NotIpAddress',
};

function decide(
  operator: string,
  values: readonly string[],
  actual: string | undefined,
): boolean | undefined {
  const context = new Map(actual === undefined ? [] : [['key', actual]]);
  return compileCondition(operator, 'key', values)?.(context);
}

describe('a condition', () => {
  test.each(POSITIVE)('%s %j of %j: %s', (operator, values, actual, holds) => {
    expect(decide(operator, values, actual)).toBe(holds);
  });

  const negative = POSITIVE.flatMap(([operator, values, actual, holds]): Row[] => {
    const opposite = OPPOSITES[operator];
    return opposite === undefined ? [] : [[opposite, values, actual, !holds]];
  });
  test.each(negative)('%s %j of %j: %s, none of the values may match', (operator, values, actual, holds) => {
    expect(decide(operator, values, actual)).toBe(holds);
  });

  test.each([...new Set(POSITIVE.map(([operator, values]) => [operator, values] as const))])(
    '%s %j of a key that is missing does not hold, and its opposite does',
    (operator, values) => {
      expect(decide(operator, values, undefined)).toBe(false);
      const opposite = OPPOSITES[operator];
      if (opposite !== undefined) expect(decide(opposite, values, undefined)).toBe(true);
    },
  );

  test.each([
    ['NumericEquals', '0x10'],
    ['NumericLessThan', 'ten'],
    ['DateLessThan', '2026-01-02'],
    ['DateLessThan', '2026-13-02T03:04:05Z'],
    ['DateLessThan', '1767323045'],
    ['Bool', 'yes'],
    ['IpAddress', '10.0.0.0/33'],
    ['IpAddress', '10.0.0'],
    ['NotIpAddress', '10.*'],
    ['IpAddress', '::ffff:10.0.0.0/95'],
    ['BinaryEquals', 'a'],
    ['StringEqualsIfExists', 'a'],
    ['constructor', 'a'],
  ])('%s %j is refused', (operator, value) => {
    expect(compileCondition(operator, 'key', [value])).toBeUndefined();
  });

  test('knows the keys of the specification and no others', () => {
    for (const key of [
      'acs:CurrentTime',
      'acs:SourceIp',
      'acs:SecureTransport',
      'acs:MFAPresent',
      'kms:tag/a/b',
    ])
      expect(isConditionKey(key)).toBe(true);
    for (const key of ['acs:sourceip', 'acs:SourceVpc', 'kms:tag/', 'tag/a', '__proto__'])
      expect(isConditionKey(key)).toBe(false);
  });
});
