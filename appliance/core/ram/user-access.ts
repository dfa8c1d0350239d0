// What a RAM user may do now: the stored policies, parsed once for as long as their records stay the same, put to the
// evaluation together with what is known about the request. Source: control-plane specification 4.3 and 4.4.

import { KmsError } from '../../errors.ts';
import { isoSeconds } from '../ids.ts';
import type { Key } from '../key.ts';
import type { Snapshot } from '../ports/store.ts';
import { type ConditionContext, TAG_KEY_PREFIX } from './policy-conditions.ts';
import { type PolicyDocument, parsePolicy } from './policy-document.ts';
import { isAllowed } from './policy-evaluation.ts';
import { documentOf } from './ram-policies.ts';
import type { RamUser } from './records.ts';

export interface UserRequest {
  readonly accountId: string;
  readonly user: string;
  /** `kms:Encrypt` */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** The key that the resource is, when it is one that exists. */
  readonly key: Key | undefined;
  /** Plain. */
  readonly clientAddress: string;
  readonly now: number;
}

export type UserAccess = (request: UserRequest) => boolean;

/** Of every listener there is: they speak TLS and nothing else. */
const SECURE_TRANSPORT = 'true';
/** An AccessKey is no second factor. */
const MFA_PRESENT = 'false';

export function createUserAccess(records: Pick<Snapshot, 'ramUsers' | 'ramPolicies'>): UserAccess {
  // Records are shared objects that are replaced when the epoch moves, and what was parsed from them with them.
  const identityPolicies = new WeakMap<RamUser, readonly PolicyDocument[]>();
  const keyPolicies = new WeakMap<Key, PolicyDocument | null>();

  const identityOf = (user: RamUser): readonly PolicyDocument[] =>
    remembered(identityPolicies, user, ({ attachments }) =>
      attachments.map((each) => stored(() => parsePolicy(documentOf(records, each), 'identity'))),
    );
  const policyOf = (key: Key): PolicyDocument | null =>
    remembered(keyPolicies, key, ({ policy }) =>
      policy === null ? null : stored(() => parsePolicy(policy, 'key')),
    );

  return (request) => {
    const user = records.ramUsers.get(request.user);
    if (!user) return false;
    return isAllowed(
      { ...request, context: contextOf(request) },
      { identity: identityOf(user), key: request.key ? policyOf(request.key) : null },
    );
  };
}

function contextOf({ key, clientAddress, now }: UserRequest): ConditionContext {
  return new Map([
    ['acs:CurrentTime', isoSeconds(now)],
    ['acs:SourceIp', clientAddress],
    ['acs:SecureTransport', SECURE_TRANSPORT],
    ['acs:MFAPresent', MFA_PRESENT],
    ...(key?.tags ?? []).map((tag): [string, string] => [TAG_KEY_PREFIX + tag.key, tag.value]),
  ]);
}

function remembered<K extends object, V>(cache: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make(key);
  cache.set(key, made);
  return made;
}

/** A stored policy that cannot be understood may hold a Deny: it fails the request instead of being passed over. */
function stored(parse: () => PolicyDocument): PolicyDocument {
  try {
    return parse();
  } catch (error) {
    throw new KmsError('InternalFailure', undefined, { cause: error });
  }
}
