// The rules of tags, whatever they are on. Source: control-plane specification 2.5.

import { type ErrorCode, KmsError } from '../errors.ts';
import type { Tag } from './key.ts';

/** Of one resource. */
export const MAX_TAGS = 20;
const KEY = /^(?!aliyun|acs:)[A-Za-z0-9/\\_.+=:@-]{1,128}$/;
const VALUE = /^[A-Za-z0-9/\\_.+=:@-]{0,128}$/;

/** What is said of each fault: the older actions have one code for all, the newer ones a code for each. */
export type TagFaults = Readonly<Record<'key' | 'value' | 'repeated', ErrorCode>>;

export const PLAIN_FAULTS: TagFaults = {
  key: 'InvalidParameter',
  value: 'InvalidParameter',
  repeated: 'InvalidParameter',
};

export const NAMED_FAULTS: TagFaults = {
  key: 'InvalidParameter.TagKey',
  value: 'InvalidParameter.TagValue',
  repeated: 'Duplicate.TagKey',
};

/** @throws KmsError with the codes of `faults` */
export function requireTags(tags: readonly Tag[], faults: TagFaults): void {
  requireTagKeys(
    tags.map(({ key }) => key),
    faults,
  );
  if (!tags.every(({ value }) => VALUE.test(value))) throw new KmsError(faults.value);
}

/** @throws KmsError with the codes of `faults` */
export function requireTagKeys(keys: readonly string[], faults: TagFaults): void {
  if (!keys.every((key) => KEY.test(key))) throw new KmsError(faults.key);
  if (new Set(keys).size !== keys.length) throw new KmsError(faults.repeated);
}

/** The tags with those set or added. @throws KmsError Rejected.LimitExceeded over 20 */
export function withTags(tags: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const values = new Map([...tags, ...added].map(({ key, value }) => [key, value]));
  if (values.size > MAX_TAGS) throw new KmsError('Rejected.LimitExceeded');
  return [...values].map(([key, value]) => ({ key, value }));
}

/** The tags without those of the keys. */
export function withoutTags(tags: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  return tags.filter(({ key }) => !keys.includes(key));
}
