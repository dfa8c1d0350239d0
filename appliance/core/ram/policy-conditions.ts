// The conditions of a policy statement: operators as a table, each value compiled once into a test of the actual one.
// Values of a key are alternatives; for a negative operator none of them may match. A key that the request does not
// have fails every positive operator and passes every negative one. Source: control-plane specification 4.3.

import { addressList, plainSource } from '../address-list.ts';
import { globMatches } from './glob.ts';

/** What is known about a request, by condition key. */
export type ConditionContext = ReadonlyMap<string, string>;

export type Condition = (context: ConditionContext) => boolean;

type Test = (actual: string) => boolean;
/** Undefined when the policy's value is not of the operator's type. */
type Compile = (value: string) => Test | undefined;

interface Operator {
  readonly negated: boolean;
  readonly compile: Compile;
}

type Comparison = (actual: number, value: number) => boolean;

const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

const COMPARISONS: readonly (readonly [suffix: string, Comparison])[] = [
  ['Equals', (actual, value) => actual === value],
  ['LessThan', (actual, value) => actual < value],
  ['LessThanEquals', (actual, value) => actual <= value],
  ['GreaterThan', (actual, value) => actual > value],
  ['GreaterThanEquals', (actual, value) => actual >= value],
];

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...positiveAndNegative('StringEquals', 'StringNotEquals', (value) => (actual) => actual === value),
  ...positiveAndNegative('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', (value) => {
    const folded = value.toLowerCase();
    return (actual) => actual.toLowerCase() === folded;
  }),
  ...positiveAndNegative('StringLike', 'StringNotLike', (value) => (actual) => globMatches(value, actual)),
  ...comparing('Numeric', numberOf),
  ...comparing('Date', instantOf),
  ['Bool', { negated: false, compile: booleanTest }],
  ...positiveAndNegative('IpAddress', 'NotIpAddress', addressTest),
]);

/** Keys the instance knows a value for; every other one is refused, so that no restriction is silently void. */
const KEYS: ReadonlySet<string> = new Set([
  'acs:CurrentTime',
  'acs:SourceIp',
  'acs:SecureTransport',
  'acs:MFAPresent',
]);
export const TAG_KEY_PREFIX = 'kms:tag/';

export function isConditionOperator(name: string): boolean {
  return OPERATORS.has(name);
}

export function isConditionKey(name: string): boolean {
  return KEYS.has(name) || (name.startsWith(TAG_KEY_PREFIX) && name.length > TAG_KEY_PREFIX.length);
}

/** Undefined when the operator is unknown or one of the values is not of its type. */
export function compileCondition(
  operatorName: string,
  key: string,
  values: readonly string[],
): Condition | undefined {
  const operator = OPERATORS.get(operatorName);
  if (!operator) return undefined;
  const tests = values.map(operator.compile).filter((test) => test !== undefined);
  if (tests.length < values.length) return undefined;
  return (context) => {
    const actual = context.get(key);
    const matched = actual !== undefined && tests.some((test) => test(actual));
    return matched !== operator.negated;
  };
}

function positiveAndNegative(positive: string, negative: string, compile: Compile): [string, Operator][] {
  return [
    [positive, { negated: false, compile }],
    [negative, { negated: true, compile }],
  ];
}

function comparing(family: string, parse: (text: string) => number): [string, Operator][] {
  const compileWith =
    (holds: Comparison): Compile =>
    (text) => {
      const value = parse(text);
      return Number.isNaN(value) ? undefined : (actual) => holds(parse(actual), value);
    };
  const [[, equals]] = COMPARISONS as [(typeof COMPARISONS)[number]];
  return [
    ...COMPARISONS.map(([suffix, holds]): [string, Operator] => [
      family + suffix,
      { negated: false, compile: compileWith(holds) },
    ]),
    [`${family}NotEquals`, { negated: true, compile: compileWith(equals) }],
  ];
}

function numberOf(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** To the second, as the API writes times. */
function instantOf(text: string): number {
  return INSTANT.test(text) ? Math.floor(Date.parse(text) / 1000) : Number.NaN;
}

function booleanTest(value: string): Test | undefined {
  const expected = value.toLowerCase();
  return expected === 'true' || expected === 'false' ? (actual) => actual === expected : undefined;
}

function addressTest(value: string): Test | undefined {
  if (plainSource(value) === undefined) return undefined;
  const list = addressList([value]);
  return (actual) => list.contains(actual);
}
