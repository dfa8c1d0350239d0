// From the words of a command line to the texts the API wants: one encoder a kind of parameter.
// Source: control-plane specification 1.1 (value encodings) and 2.6.2.

import { usageError } from './failures.ts';
import type { Host } from './host.ts';
import { readText } from './input.ts';

const PERMISSION_PREFIX = 'RbacPermission/Template/';
const ALIAS_PREFIX = 'alias/';

type Encoder = (values: readonly string[], host: Host) => string | Promise<string>;

const ENCODERS = {
  text: ([value = '']) => value,
  /** JSON array of strings. */
  list: (values) => JSON.stringify(values),
  /** `key=value` as tags. */
  tags: (values) => JSON.stringify(values.map(tag)),
  /** The content of a file, `-` for standard input. */
  file: ([file = ''], host) => readText(file, host),
  /** The prefix may be left out. */
  alias: ([name = '']) => aliasName(name),
  wholeNumber: ([value = '']) => wholeNumber(value),
  roles: (values) => JSON.stringify(values.map((role) => PERMISSION_PREFIX + role)),
  networkRules: (values) => JSON.stringify({ NetworkRules: values }),
  /** A switch that lifts the restriction to network rules. */
  anyNetwork: () => JSON.stringify({ NetworkRules: [] }),
} as const satisfies Record<string, Encoder>;

export type FieldKind = keyof typeof ENCODERS;

export function encodeField(
  kind: FieldKind,
  values: readonly string[],
  host: Host,
): string | Promise<string> {
  return (ENCODERS[kind] as Encoder)(values, host);
}

export function aliasName(name: string): string {
  return name.startsWith(ALIAS_PREFIX) ? name : ALIAS_PREFIX + name;
}

function tag(text: string): { TagKey: string; TagValue: string } {
  const at = text.indexOf('=');
  if (at < 1) throw usageError(`${text}: a tag is key=value`);
  return { TagKey: text.slice(0, at), TagValue: text.slice(at + 1) };
}

function wholeNumber(text: string): string {
  if (!/^\d{1,9}$/.test(text)) throw usageError(`${text}: not a whole number`);
  return text;
}
