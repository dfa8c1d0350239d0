// The two written forms of an audit record: the 16-column text line and its JSON twin, one line each whatever the
// fields hold. Source: control-plane specification 5.2.

import type { AuditRecord } from '../core/ports/audit-log.ts';

export interface AuditOrigin {
  readonly instanceId: string;
  readonly accountId: string;
}

const LEVEL = 'INFO';
const MAX_FIELD_LENGTH = 1024;
const PLAIN = /^[!-$&-~]+$/;

/** Sixteen space-separated columns: an empty one is `-`, and all but printable ASCII is percent-encoded. */
export function textLine(record: AuditRecord, origin: AuditOrigin): string {
  const columns = [
    column(new Date(record.time).toISOString().slice(0, 19)),
    `[${LEVEL}]`,
    column(record.clientAddress),
    column(record.userAgent),
    column(record.requestId),
    column(record.api),
    column(record.apiVersion),
    column(record.accessKeyId),
    column(origin.accountId),
    column(record.principal),
    column(record.fingerprint),
    column(origin.instanceId),
    column(record.resource),
    record.durationMs.toFixed(3),
    column(record.errorCode),
    column(record.errorMessage),
  ];
  return `${columns.join(' ')}\n`;
}

/** The same with named fields, times with milliseconds. */
export function jsonLine(record: AuditRecord, origin: AuditOrigin): string {
  const fields = {
    time: new Date(record.time).toISOString(),
    level: LEVEL,
    plane: record.plane,
    client_ip: record.clientAddress,
    user_agent: bounded(record.userAgent),
    request_id: record.requestId,
    api_name: record.api,
    api_version: bounded(record.apiVersion),
    access_key_id: bounded(record.accessKeyId),
    identity_type: record.identityType,
    account_id: origin.accountId,
    principal_id: record.principal,
    fingerprint: record.fingerprint,
    instance_id: origin.instanceId,
    resource_id: bounded(record.resource),
    duration_ms: Math.round(record.durationMs * 1000) / 1000,
    status_code: record.status,
    error_code: record.errorCode,
    error_message: bounded(record.errorMessage),
  };
  return `${JSON.stringify(fields)}\n`;
}

function bounded(text: string): string {
  return text.length > MAX_FIELD_LENGTH ? text.slice(0, MAX_FIELD_LENGTH) : text;
}

function column(text: string): string {
  if (text === '') return '-';
  if (text === '-') return '%2D';
  const field = bounded(text);
  return PLAIN.test(field) ? field : field.replace(/[^!-$&-~]/gu, percentEncoded);
}

function percentEncoded(character: string): string {
  const bytes = Buffer.from(character, 'utf8');
  return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
