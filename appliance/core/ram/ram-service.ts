// Who may administer the instance, as its owner sets it up: users, their AccessKeys and policies, and the policies of
// keys. Every promise resolves after the change is durable; every change is one transaction.
// Sources: RAM API 2015-05-01, control-plane specification 2.6.4 and section 4.

import type { Account, RandomBytes } from '../ids.ts';
import type { Limits } from '../limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { type AccessKeyService, accessKeyService } from './access-keys.ts';
import { type KeyPolicyService, keyPolicyService } from './key-policies.ts';
import { type RamPolicyService, ramPolicyService } from './ram-policies.ts';
import { type RamUserService, ramUserService } from './ram-users.ts';

export interface RamServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly account: Account;
  readonly limits: Limits;
}

export interface RamService extends RamUserService, AccessKeyService, RamPolicyService, KeyPolicyService {}

export function createRamService(options: RamServiceOptions): RamService {
  return {
    ...ramUserService(options),
    ...accessKeyService(options),
    ...ramPolicyService(options),
    ...keyPolicyService(options),
  };
}
