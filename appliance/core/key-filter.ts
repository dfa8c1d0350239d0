// Filters of ListKeys: values of one filter are alternatives, filters are all to be met.
// Source: control-plane specification 2.1.3.

import { invalidParameter } from './fields.ts';
import type { Key } from './key.ts';

export interface KeyFilter {
  readonly key: string;
  readonly values: readonly string[];
}

type Property = (key: Key, instanceId: string) => string;

const PROPERTIES: ReadonlyMap<string, Property> = new Map<string, Property>([
  ['KeyState', (key) => key.state],
  ['KeySpec', (key) => key.spec],
  ['KeyUsage', (key) => key.usage],
  ['ProtectionLevel', (key) => key.protectionLevel],
  // An instance has no service keys: all belong to the user.
  ['CreatorType', () => 'User'],
  ['DKMSInstanceId', (_key, instanceId) => instanceId],
]);

/** A filter without values is met by every key. @throws KmsError InvalidParameter for an unknown filter */
export function matchesFilters(filters: readonly KeyFilter[], instanceId: string): (key: Key) => boolean {
  const tests = filters.map(({ key: name, values }) => {
    const property = PROPERTIES.get(name);
    if (!property) throw invalidParameter('Filters');
    return (key: Key) => values.length === 0 || values.includes(property(key, instanceId));
  });
  return (key) => tests.every((test) => test(key));
}
