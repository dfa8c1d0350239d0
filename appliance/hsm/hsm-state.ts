// The state of the connection as one word and a reason, from what is known of the members.

import type { HsmClusterStatus, MemberState, MemberStatus } from '../../hsm-adapter/index.ts';
import type { HsmState } from '../core/ports/hsm-administration.ts';

/** States that do not pass by themselves, and what an operator can do. */
const NEEDS_OPERATOR: Partial<Record<MemberState, string>> = {
  'pin-rejected': 'its token refused the PIN: correct the PIN file and start the node again',
  foreign: "its token has another cluster's domain key",
  unsynchronised: 'its token has no domain key: kms hsm sync',
};

export interface StateAndReason {
  readonly state: HsmState;
  /** '' when Connected. */
  readonly reason: string;
}

/** What the cluster itself works with. */
export function isUsable({ state }: MemberStatus): boolean {
  return state === 'usable';
}

function stateOfMembers(members: readonly MemberStatus[], domainKnown: boolean): StateAndReason {
  if (members.some(isUsable)) return { state: 'Connected', reason: '' };
  const reason = members.map(memberReason).join('; ');
  // Before the cluster has a domain key, a member without one is as it should be.
  const stuck = domainKnown && members.every(({ state }) => NEEDS_OPERATOR[state] !== undefined);
  return { state: stuck ? 'Error' : 'Connecting', reason };
}

export interface ConnectionFacts {
  /** False after an administrator disconnected. */
  readonly connect: boolean;
  /** Null without a cluster. */
  readonly status: HsmClusterStatus | null;
  /** Why there is none although there should be one, or why its domain key could not be found; '' otherwise. */
  readonly problem: string;
}

export function stateOfConnection({ connect, status, problem }: ConnectionFacts): StateAndReason {
  if (!connect) return { state: 'Disconnected', reason: 'an administrator disconnected it' };
  if (status === null) {
    return problem === ''
      ? { state: 'Uninitialized', reason: 'no HSM cluster is named: kms hsm connect' }
      : { state: 'Error', reason: problem };
  }
  const found = stateOfMembers(status.members, status.domainCheckValue !== null);
  if (problem === '') return found;
  // One member could be used, but the domain key must first be in all.
  if (found.state === 'Connected') return { state: 'Connecting', reason: problem };
  return { ...found, reason: `${problem}; ${found.reason}` };
}

function memberReason({ name, state, lastError }: MemberStatus): string {
  const why = NEEDS_OPERATOR[state] ?? lastError?.message ?? 'no answer yet';
  return `${name}: ${state}, ${why}`;
}
