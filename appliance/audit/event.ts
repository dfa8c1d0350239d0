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
const UNESCAPED = /^[ !#-[\]-~]*$/;

/** Sixteen space-separated columns: an empty one is `-`, and all but printable ASCII is percent-encoded. */
export function textLine(record: AuditRecord, origin: AuditOrigin): string {
  const columns = [
    isoTime(record.time).slice(0, 19),
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

/** The same with named fields, times with milliseconds. Written out, because JSON.stringify costs four times as much. */
export function jsonLine(record: AuditRecord, origin: AuditOrigin): string {
  return (
    `{"time":"${isoTime(record.time)}","level":"${LEVEL}","plane":"${record.plane}"` +
    `,"client_ip":${json(record.clientAddress)}` +
    `,"user_agent":${json(record.userAgent)}` +
    `,"request_id":${json(record.requestId)}` +
    `,"api_name":${json(record.api)}` +
    `,"api_version":${json(record.apiVersion)}` +
    `,"access_key_id":${json(record.accessKeyId)}` +
    `,"identity_type":"${record.identityType}"` +
    `,"account_id":${json(origin.accountId)}` +
    `,"principal_id":${json(record.principal)}` +
    `,"fingerprint":${json(record.fingerprint)}` +
    `,"instance_id":${json(origin.instanceId)}` +
    `,"resource_id":${json(record.resource)}` +
    `,"duration_ms":${Math.round(record.durationMs * 1000) / 1000}` +
    `,"status_code":${record.status}` +
    `,"error_code":${json(record.errorCode)}` +
    `,"error_message":${json(record.errorMessage)}${requestFields(record.request)}}\n`
  );
}

/** Only the lines of the control plane have these. Source: control-plane specification 5.1. */
function requestFields(request: AuditRecord['request']): string {
  if (!request) return '';
  const { host, region, parameters } = request;
  const members = Object.entries(parameters).map(([name, value]) => `${json(name)}:${json(value)}`);
  return `,"region":${json(region)},"host":${json(host)},"request_parameters":{${members.join(',')}}`;
}

/** The last time that was written: most records of a batch began in the same millisecond. */
let lastTime = { milliseconds: Number.NaN, text: '' };

function isoTime(milliseconds: number): string {
  if (milliseconds !== lastTime.milliseconds) {
    lastTime = { milliseconds, text: new Date(milliseconds).toISOString() };
  }
  return lastTime.text;
}

/** A bounded JSON string; what needs no escape, which is nearly everything, is quoted at once. */
function json(text: string): string {
  const field = bounded(text);
  return UNESCAPED.test(field) ? `"${field}"` : JSON.stringify(field);
}

function bounded(text: string): string {
  return text.length > MAX_FIELD_LENGTH ? text.slice(0, MAX_FIELD_LENGTH) : text;
}

function column(text: string): string {
  if (text === '') return '-';
  if (text === '-') return '%2D';
  const field = bounded(text);
  if (PLAIN.test(field)) return field;
  return ASCII.test(field)
    ? field.replace(/[^!-$&-~]/g, (character) => ENCODED[character.charCodeAt(0)] ?? '')
    : field.replace(/[^!-$&-~]/gu, percentEncoded);
}

const ASCII = /^[^\u0080-\uffff]*$/;
/** What each ASCII character becomes: user agents are full of spaces, and written with every record. */
const ENCODED = Array.from({ length: 128 }, (_, code) => percentEncoded(String.fromCharCode(code)));

function percentEncoded(character: string): string {
  const bytes = Buffer.from(character, 'utf8');
  return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
