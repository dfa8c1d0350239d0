// The two written forms of an audit record, whatever a client puts into its fields.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLine, textLine } from '../../../appliance/audit/event.ts';
import type { AuditRecord } from '../../../appliance/core/ports/audit-log.ts';

const ORIGIN = { instanceId: 'kst-abc', accountId: '1000000000000001' };
const RECORD: AuditRecord = {
  time: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  plane: 'data',
  clientAddress: '127.0.0.1',
  userAgent: 'sdk/1.0',
  requestId: 'b6a1c6ea-90c4-4b8c-9d0a-32e0fb8ac9e9',
  api: 'Encrypt',
  apiVersion: 'dkms-gcs-0.2',
  accessKeyId: 'KAAP.1',
  identityType: 'aap',
  principal: 'orders',
  fingerprint: '',
  resource: 'key-1',
  durationMs: 1.23456,
  status: 200,
  errorCode: '',
  errorMessage: '',
};
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom('"', '\\', '\n', '\ud800'),
);

describe('the JSON line', () => {
  it('holds every field by name', () => {
    expect(JSON.parse(jsonLine(RECORD, ORIGIN))).toEqual({
      time: '2026-01-02T03:04:05.678Z',
      level: 'INFO',
      plane: 'data',
      client_ip: '127.0.0.1',
      user_agent: 'sdk/1.0',
      request_id: RECORD.requestId,
      api_name: 'Encrypt',
      api_version: 'dkms-gcs-0.2',
      access_key_id: 'KAAP.1',
      identity_type: 'aap',
      account_id: ORIGIN.accountId,
      principal_id: 'orders',
      fingerprint: '',
      instance_id: ORIGIN.instanceId,
      resource_id: 'key-1',
      duration_ms: 1.235,
      status_code: 200,
      error_code: '',
      error_message: '',
    });
  });

  it('is one line that gives back what a client sent, whatever that was', () => {
    fc.assert(
      fc.property(anyText, anyText, (userAgent, accessKeyId) => {
        const line = jsonLine({ ...RECORD, userAgent, accessKeyId }, ORIGIN);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(JSON.parse(line)).toMatchObject({ user_agent: userAgent, access_key_id: accessKeyId });
      }),
    );
  });

  it('cuts a field that is too long', () => {
    const { user_agent } = JSON.parse(jsonLine({ ...RECORD, userAgent: 'a'.repeat(5000) }, ORIGIN)) as {
      user_agent: string;
    };
    expect(user_agent).toHaveLength(1024);
  });

  it('has the time of its own record', () => {
    const times = [RECORD.time, RECORD.time + 1, RECORD.time].map(
      (time) => (JSON.parse(jsonLine({ ...RECORD, time }, ORIGIN)) as { time: string }).time,
    );
    expect(times).toEqual([
      '2026-01-02T03:04:05.678Z',
      '2026-01-02T03:04:05.679Z',
      '2026-01-02T03:04:05.678Z',
    ]);
  });
});

describe('the text line', () => {
  it('has sixteen columns whatever a client sent', () => {
    fc.assert(
      fc.property(anyText, (userAgent) => {
        const line = textLine({ ...RECORD, userAgent }, ORIGIN);
        expect(line.endsWith('\n')).toBe(true);
        expect(line.slice(0, -1).split(/\s/)).toHaveLength(16);
      }),
    );
  });

  it('begins with the time in seconds and shows an empty column as a dash', () => {
    expect(textLine(RECORD, ORIGIN)).toBe(
      '2026-01-02T03:04:05 [INFO] 127.0.0.1 sdk/1.0 b6a1c6ea-90c4-4b8c-9d0a-32e0fb8ac9e9 Encrypt dkms-gcs-0.2 ' +
        'KAAP.1 1000000000000001 orders - kst-abc key-1 1.235 - -\n',
    );
  });
});
