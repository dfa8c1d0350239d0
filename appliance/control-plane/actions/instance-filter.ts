// Filters of ListKmsInstances: values of one filter are alternatives, filters are all to be met. Those that are known
// are the texts that tell instances apart. Source: control-plane specification 2.7 and 2.1.3.

import { invalidParameter } from '../../core/fields.ts';
import type { Json } from '../action.ts';

interface Filter {
  readonly Key: string;
  readonly Values: readonly string[];
}

/** Names of filters, and the field of the instance that each compares. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['KmsInstanceId', 'InstanceId'],
  ['InstanceId', 'InstanceId'],
  ['InstanceName', 'InstanceName'],
  ['Status', 'Status'],
  ['ChargeType', 'ChargeType'],
  ['SaleStatus', 'SaleStatus'],
]);

/** A filter without values is met. @throws KmsError InvalidParameter for an unknown filter */
export function matchesInstance(
  filters: readonly Filter[],
  fields: { readonly [name: string]: Json },
): boolean {
  const names = filters.map(({ Key }) => FIELDS.get(Key));
  if (names.includes(undefined)) throw invalidParameter('Filters');
  return filters.every(
    ({ Values }, index) =>
      Values.length === 0 || Values.some((value) => value === fields[names[index] ?? '']),
  );
}
