// The audit record of a data-plane call: names, ids and results, never a payload.

import type { AuditRecord } from '../core/ports/audit-log.ts';
import type { Call } from './call.ts';
import { wireCode } from './render-error.ts';

/** `tick` is the monotonic time now, in milliseconds. */
export function auditRecord(call: Call, tick: number): AuditRecord {
  const { headers, error, access } = call;
  const { peer } = call.incoming;
  return {
    time: call.startedAt,
    plane: 'data',
    clientAddress: peer.address,
    userAgent: headers.userAgent,
    requestId: call.requestId,
    api: call.operation?.api ?? '',
    apiVersion: headers.apiVersion,
    accessKeyId: headers.accessKeyId,
    identityType: call.authenticated ? 'aap' : '',
    principal: call.authenticated ? (access?.clientKey.accessPoint ?? '') : '',
    fingerprint: peer.certificateFingerprint === '' ? '' : `sha256-${peer.certificateFingerprint}`,
    resource: call.resource,
    durationMs: tick - call.startedTick,
    status: error?.status ?? 200,
    errorCode: error ? wireCode(error) : '',
    errorMessage: error?.message ?? '',
  };
}
