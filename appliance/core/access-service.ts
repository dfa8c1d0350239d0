// Who may use the data plane, as administrators set it up: network rules, policies, application access points and
// Client Keys. One service of four groups of rules; every reference between records is checked in the transaction
// that writes it, so nothing ever points at a record that is not there. Source: control-plane specification 2.6.

import { type AccessPointService, accessPointService } from './access-points.ts';
import { type ClientKeyService, clientKeyService } from './client-keys.ts';
import type { Account, RandomBytes } from './ids.ts';
import type { Limits } from './limits.ts';
import { type NetworkRuleService, networkRuleService } from './network-rules.ts';
import { type PolicyService, policyService } from './policies.ts';
import type { ClientKeyIssuer } from './ports/client-key-issuer.ts';
import type { Clock } from './ports/clock.ts';
import type { Store } from './ports/store.ts';

export interface AccessServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly account: Account;
  readonly limits: Limits;
  readonly issueClientKey: ClientKeyIssuer;
}

/**
 * Every promise resolves after the change is durable. Errors are KmsErrors: InvalidParameter, Rejected.ResourceExist,
 * Rejected.ResourceInUse, Rejected.LimitExceeded, and Forbidden.ResourceNotFound for any name that is not there.
 */
export interface AccessService
  extends NetworkRuleService,
    PolicyService,
    AccessPointService,
    ClientKeyService {}

export function createAccessService(options: AccessServiceOptions): AccessService {
  return {
    ...networkRuleService(options),
    ...policyService(options),
    ...accessPointService(options),
    ...clientKeyService(options),
  };
}
