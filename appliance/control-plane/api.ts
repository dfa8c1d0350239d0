// The APIs of this listener. Their action names overlap, so an action is always one of a version; they differ further
// in how their resources are named and in what a refusal is called.
// Sources: control-plane specification 1.1 (rule 8) and 4.2, RAM API 2015-05-01, ActionTrail API 2020-07-06.

import { type Account, arn } from '../core/ids.ts';
import type { ErrorCode } from '../errors.ts';

export interface Api {
  readonly version: string;
  /** What the names of its permissions start with: `kms:CreateKey`. */
  readonly service: 'kms' | 'ram' | 'actiontrail';
  readonly noPermission: ErrorCode;
  /** The ARN of a relative id. */
  arnOf(account: Account, resource: string): string;
}

export const KMS_API: Api = {
  version: '2016-01-20',
  service: 'kms',
  noPermission: 'Forbidden.NoPermission',
  arnOf: arn,
};

/** RAM knows no region. Built-in policies belong to an account of their own, `system`. */
export const RAM_API: Api = {
  version: '2015-05-01',
  service: 'ram',
  noPermission: 'NoPermission',
  arnOf: ({ accountId }, resource) =>
    resource.startsWith(SYSTEM_PREFIX)
      ? `acs:ram::system:${resource.slice(SYSTEM_PREFIX.length)}`
      : `acs:ram::${accountId}:${resource}`,
};

const SYSTEM_PREFIX = 'system:';

/** Relative id of a policy of either type. */
export function ramPolicyResource(type: string, name: string): string {
  return `${type === 'System' ? SYSTEM_PREFIX : ''}policy/${name}`;
}

/** The trail of what was done here. */
export const ACTIONTRAIL_API: Api = {
  version: '2020-07-06',
  service: 'actiontrail',
  noPermission: 'NoPermission',
  arnOf: ({ accountId, region }, resource) => `acs:actiontrail:${region}:${accountId}:${resource}`,
};

export const APIS: readonly Api[] = [KMS_API, RAM_API, ACTIONTRAIL_API];
