// What is known about a request so far, gathered by the steps of the pipeline, and its audit record: names, ids and
// results, never a payload. Source: control-plane specification 5.2.

import type { Account } from '../core/ids.ts';
import type { AuditRecord } from '../core/ports/audit-log.ts';
import { ERROR_TABLE, type ErrorCode, type KmsError } from '../errors.ts';
import type { Caller } from './authenticate.ts';
import type { Format } from './render.ts';

export interface Trail {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly clientAddress: string;
  readonly userAgent: string;
  readonly host: string;
  /** `sha256-<hex>` of the client's certificate; '' when it presented none. */
  readonly fingerprint: string;
  format: Format;
  /** '' until the request has named an action that is known. */
  action: string;
  apiVersion: string;
  /** As presented. */
  accessKeyId: string;
  /** Null until authenticated. */
  caller: Caller | null;
  resource: string;
  /** Those that are recorded; none before the caller is known. */
  parameters: Readonly<Record<string, string>>;
  /** Whether something was changed: from then on the answer is a success whatever happens. */
  committed: boolean;
}

/** The text of these is for the caller alone: it repeats the parameters of the request. */
const REPEATS_REQUEST: ReadonlySet<ErrorCode> = new Set(['SignatureDoesNotMatch']);

export function auditRecord(
  trail: Trail,
  { accountId, region }: Account,
  error: KmsError | null,
  now: number,
): AuditRecord {
  return {
    time: trail.startedAt,
    plane: 'control',
    clientAddress: trail.clientAddress,
    userAgent: trail.userAgent,
    requestId: trail.requestId,
    api: trail.action,
    apiVersion: trail.apiVersion,
    accessKeyId: trail.accessKeyId,
    ...identityOf(trail.caller, accountId),
    fingerprint: trail.fingerprint,
    resource: trail.resource,
    durationMs: Math.max(0, now - trail.startedAt),
    status: error?.status ?? 200,
    errorCode: error?.code ?? '',
    errorMessage: error === null ? '' : auditText(error),
    request: { host: trail.host, region, parameters: trail.parameters },
  };
}

function identityOf(
  caller: Caller | null,
  accountId: string,
): Pick<AuditRecord, 'identityType' | 'principal'> {
  if (caller === null) return { identityType: '', principal: '' };
  return caller.user === null
    ? { identityType: 'cloud-account', principal: accountId }
    : { identityType: 'ram-user', principal: caller.user };
}

function auditText({ code, message }: KmsError): string {
  return REPEATS_REQUEST.has(code) ? ERROR_TABLE[code].message : message;
}
