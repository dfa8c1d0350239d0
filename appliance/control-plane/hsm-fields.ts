// How the connection to the HSM cluster looks in answers; the command line shows the same of an instance that waits for
// its cluster and cannot answer yet.

import type { HsmDescription } from '../core/ports/hsm-administration.ts';
import type { Json } from './action.ts';

export function clusterFields(description: HsmDescription): { readonly [name: string]: Json } {
  const { state, reason, domainCheckValue, usableMembers, members, operations, inFlight } = description;
  return {
    State: state,
    Reason: reason,
    DomainKeyCheckValue: domainCheckValue,
    UsableMembers: usableMembers,
    TotalMembers: members.length,
    InFlight: inFlight,
    Members: { Member: members.map(memberFields) },
    Operations: {
      Operation: operations.map(({ operation, where }) => ({ Name: operation, Where: where })),
    },
  };
}

function memberFields(member: HsmDescription['members'][number]): { readonly [name: string]: Json } {
  return {
    Name: member.name,
    Zone: member.zone,
    Address: member.address,
    State: member.state,
    TokenLabel: member.tokenLabel,
    TokenSerial: member.tokenSerial,
    Product: member.product,
    Processes: member.processes,
    Restarts: member.restarts,
    InFlight: member.inFlight,
    LatencyMs: member.latencyMs,
    Reconnects: member.reconnects,
    CertificateEnd: member.certificateEnd,
    LastError: member.lastError,
  };
}
