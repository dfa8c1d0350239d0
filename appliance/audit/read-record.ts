// A record from its JSON line, for the other written forms of it. The line was found by its bytes; that it is the one
// that was written is for `verify` to say.

import type { AuditRecord } from '../core/ports/audit-log.ts';
import type { AuditOrigin } from './event.ts';

export interface WrittenRecord {
  readonly record: AuditRecord;
  readonly origin: AuditOrigin;
}

interface Fields {
  readonly [name: string]: unknown;
}

/** @throws SyntaxError when it is no JSON */
export function readRecord(line: string): WrittenRecord {
  const fields = JSON.parse(line) as Fields;
  const text = (name: string): string => textOf(fields[name]);
  const { request_parameters: parameters } = fields;
  return {
    record: {
      time: Date.parse(text('time')),
      plane: text('plane') as AuditRecord['plane'],
      clientAddress: text('client_ip'),
      userAgent: text('user_agent'),
      requestId: text('request_id'),
      api: text('api_name'),
      apiVersion: text('api_version'),
      accessKeyId: text('access_key_id'),
      identityType: text('identity_type') as AuditRecord['identityType'],
      principal: text('principal_id'),
      fingerprint: text('fingerprint'),
      resource: text('resource_id'),
      durationMs: Number(fields['duration_ms']),
      status: Number(fields['status_code']),
      errorCode: text('error_code'),
      errorMessage: text('error_message'),
      ...(typeof parameters === 'object' &&
        parameters !== null && {
          request: { host: text('host'), region: text('region'), parameters: parameters as Texts },
        }),
    },
    origin: { instanceId: text('instance_id'), accountId: text('account_id') },
  };
}

type Texts = Readonly<Record<string, string>>;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
