// What is known of one member, for operators: state, token, how it does each operation, load and faults.

import type { NodeClient } from './node-client.ts';
import type { NodeStatus, TokenStatus } from './node-status.ts';

/**
 * usable: does key operations. unsynchronised: has no domain key. foreign: has another cluster's. broken: connected, but
 * its token does not answer or its breaker is open. pin-rejected: waits for its operator. disconnected: not reached.
 */
export type MemberState =
  | 'usable'
  | 'unsynchronised'
  | 'foreign'
  | 'broken'
  | 'pin-rejected'
  | 'disconnected';

export interface MemberStatus {
  readonly name: string;
  readonly state: MemberState;
  readonly token: TokenStatus | null;
  readonly processes: NodeStatus['processes'];
  readonly inFlight: number;
  readonly latencyMs: number;
  readonly reconnects: number;
  /** Its signatures are verified before they are given out. */
  readonly distrusted: boolean;
  /** The sooner end of the certificates of its last connection, the client's and its own; null without any. */
  readonly certificateEnd: Date | null;
  readonly lastError: { readonly code: string; readonly message: string } | null;
}

export function memberStatus(member: NodeClient, checkValue: string | null): MemberStatus {
  const { lastError, status } = member;
  return {
    name: member.name,
    state: stateOf(member, checkValue),
    token: status?.token ?? null,
    processes: status?.processes ?? [],
    inFlight: member.inFlight,
    latencyMs: Math.round(member.latencyMs * 1000) / 1000,
    reconnects: member.reconnects,
    distrusted: member.distrusted,
    certificateEnd: member.certificateEnd,
    lastError: lastError === null ? null : { code: lastError.code, message: lastError.message },
  };
}

/** Whether the node's token has the cluster's domain key; never, before the cluster has one. */
export function usesDomainKey(status: NodeStatus | null, checkValue: string | null): boolean {
  return checkValue !== null && status?.token?.checkValue === checkValue;
}

function stateOf({ status, ready }: NodeClient, checkValue: string | null): MemberState {
  if (status === null) return 'disconnected';
  if (status.state === 'pin-rejected') return 'pin-rejected';
  if (!ready) return 'broken';
  if (usesDomainKey(status, checkValue)) return 'usable';
  return checkValue === null || status.token?.checkValue === null ? 'unsynchronised' : 'foreign';
}
