// The connection as administrators see it: settings, status of the members and what they can do, put side by side.

import type { HsmCapabilities, HsmClusterStatus, MemberStatus } from '../../hsm-adapter/index.ts';
import type { HsmDescription, HsmMemberDescription } from '../core/ports/hsm-administration.ts';
import type { StateAndReason } from './hsm-state.ts';
import type { Member, MemberAddress } from './members.ts';

export interface ConnectionFacts extends StateAndReason {
  readonly members: readonly Member[];
  /** Null without a cluster. */
  readonly status: HsmClusterStatus | null;
  readonly domainCheckValue: string | null;
  readonly capabilities: HsmCapabilities;
}

export function describeConnection(facts: ConnectionFacts): HsmDescription {
  const { state, reason, status } = facts;
  const members = facts.members.map((member) => {
    return describeMember(
      member,
      status?.members.find(({ name }) => name === member.name),
    );
  });
  return {
    state,
    reason,
    domainCheckValue: facts.domainCheckValue ?? '',
    usableMembers: members.filter((member) => member.state === 'usable').length,
    members,
    operations: facts.capabilities.operations.map(({ operation, where }) => ({ operation, where })),
    inFlight: status?.inFlight ?? 0,
  };
}

function describeMember(
  { name, zone, address }: Member,
  status: MemberStatus | undefined,
): HsmMemberDescription {
  const { token, processes = [], lastError } = status ?? {};
  return {
    name,
    zone: zone ?? '',
    address: addressText(address),
    state: status?.state ?? 'disconnected',
    tokenLabel: token?.label ?? '',
    tokenSerial: token?.serial ?? '',
    product: token ? `${token.manufacturer} ${token.model}`.trim() : '',
    inFlight: status?.inFlight ?? 0,
    latencyMs: status?.latencyMs ?? 0,
    reconnects: status?.reconnects ?? 0,
    processes: processes.filter(({ ready }) => ready).length,
    restarts: processes.reduce((sum, { restarts }) => sum + restarts, 0),
    certificateEnd: status?.certificateEnd?.toISOString() ?? '',
    lastError: lastError ? `${lastError.code}: ${lastError.message}` : '',
  };
}

function addressText(address: MemberAddress): string {
  if (address.type === 'unix') return `unix:${address.path}`;
  if (address.type === 'module') return address.module;
  return `${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
}
