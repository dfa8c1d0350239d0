// The metrics of an instance: the text format, what each says, and that the documentation names every one.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { AuditLog } from '../../../appliance/core/ports/audit-log.ts';
import type { AuditStatus } from '../../../appliance/core/ports/audit-status.ts';
import type {
  HsmDescription,
  HsmMemberDescription,
} from '../../../appliance/core/ports/hsm-administration.ts';
import { type InstanceView, METRICS, metricsText } from '../../../appliance/ops/metrics.ts';
import { countingAuditLog, createRequestCounts } from '../../../appliance/ops/request-counts.ts';
import { auditRecord } from '../../support/audit-log.ts';

const NOW = Date.UTC(2026, 0, 2, 15);
const AUDIT: AuditStatus = {
  state: 'warning',
  reason: 'spool-age',
  target: 's3',
  spoolBytes: 4096,
  spoolSegments: 2,
  oldestUndelivered: NOW - 90_000,
  lastDelivery: NOW - 1500,
  lastError: 'unreachable',
  failedDeliveries: 7,
  freeBytes: 2 ** 40,
  watermarks: ['spool-age'],
};
const VIEW: InstanceView = {
  instanceId: 'kst-example',
  edition: 'basic',
  now: NOW,
  uptimeMs: 2500,
  residentBytes: 1_000_000,
  requests: createRequestCounts(),
  audit: AUDIT,
  scheduler: { state: 'working' },
  clientKeysEnding: 3,
  hsm: null,
};

/** The samples of a text, which must be in the format. */
function samplesOf(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  let current = '';
  for (const line of text.trimEnd().split('\n')) {
    const [, name] = /^# HELP ([a-z_]+) [^\n\\]+$/.exec(line) ?? [];
    if (name !== undefined) current = name;
    if (line.startsWith('#')) {
      expect(line).toMatch(new RegExp(`^# (?:HELP ${current} .+|TYPE ${current} (?:gauge|counter))$`));
      continue;
    }
    expect(line).toMatch(new RegExp(`^${current}\\{[a-z]+="[\\w.-]+"(?:,[a-z]+="[\\w.-]+")*\\} [\\d.]+$`));
    const series = line.slice(0, line.lastIndexOf(' '));
    expect(samples.has(series)).toBe(false);
    samples.set(
      series.replace('kms="kst-example",', '').replace('{kms="kst-example"}', ''),
      Number(line.split(' ').at(-1)),
    );
  }
  return samples;
}

test('the states, sizes and counts of an instance become samples', () => {
  const samples = samplesOf(metricsText(VIEW));
  expect(Object.fromEntries(samples)).toMatchObject({
    'kms_info{edition="basic"}': 1,
    kms_uptime_seconds: 2.5,
    kms_resident_memory_bytes: 1_000_000,
    'kms_requests_total{plane="control",class="5xx"}': 0,
    kms_audit_state: 1,
    'kms_audit_reason{reason="spool-age"}': 1,
    kms_audit_free_bytes: 2 ** 40,
    kms_audit_spool_bytes: 4096,
    kms_audit_spool_segments: 2,
    kms_audit_oldest_undelivered_seconds: 90,
    kms_audit_delivery_failures_total: 7,
    kms_audit_last_delivery_timestamp_seconds: (NOW - 1500) / 1000,
    'kms_scheduler_state{state="working"}': 1,
    'kms_scheduler_state{state="failing"}': 0,
    kms_scheduler_clock_ahead_seconds: 0,
    kms_client_keys_ending: 3,
  });
  expect([...samples.keys()].filter((name) => name.startsWith('kms_hsm'))).toEqual([]);
});

test('what is not known is absent, and what does not wait is 0', () => {
  const nothing = { oldestUndelivered: null, lastDelivery: null, freeBytes: null, reason: null } as const;
  const samples = samplesOf(metricsText({ ...VIEW, audit: { ...AUDIT, ...nothing } }));
  expect(samples.get('kms_audit_oldest_undelivered_seconds')).toBe(0);
  const absent = /^kms_audit_(?:free|last|reason)/;
  expect([...samples.keys()].filter((name) => absent.test(name))).toEqual([]);
});

test.each([
  ['working', 0],
  ['warning', 1],
  ['failing', 2],
] as const)('an audit log that is %s is %i', (state, value) => {
  expect(samplesOf(metricsText({ ...VIEW, audit: { ...AUDIT, state } })).get('kms_audit_state')).toBe(value);
});

test('a clock that is refused says how far it is ahead', () => {
  const samples = samplesOf(
    metricsText({ ...VIEW, scheduler: { state: 'clock-refused', aheadMs: 86_400_000 } }),
  );
  expect(samples.get('kms_scheduler_state{state="clock-refused"}')).toBe(1);
  expect(samples.get('kms_scheduler_clock_ahead_seconds')).toBe(86_400);
});

test('members of the HSM cluster are counted by state, and not named', () => {
  const member = (state: string) =>
    ({ name: 'rack-7', address: 'hsm.internal:7443', state }) as HsmMemberDescription;
  const hsm = {
    state: 'Connected',
    inFlight: 3,
    members: [member('usable'), member('usable'), member('disconnected')],
  } as unknown as HsmDescription;
  const text = metricsText({ ...VIEW, edition: 'standard', hsm });
  expect(Object.fromEntries(samplesOf(text))).toMatchObject({
    'kms_hsm_state{state="Connected"}': 1,
    'kms_hsm_state{state="Error"}': 0,
    'kms_hsm_members{state="usable"}': 2,
    'kms_hsm_members{state="disconnected"}': 1,
    'kms_hsm_members{state="pin-rejected"}': 0,
    kms_hsm_in_flight: 3,
  });
  expect(text).not.toMatch(/rack-7|hsm\.internal/);
});

test('requests are counted by what their records say, and those without a record as 503', () => {
  const counts = createRequestCounts();
  let full = false;
  const disk: Pick<AuditLog, 'append'> = {
    append() {
      if (full) throw new Error('ENOSPC');
    },
  };
  const log = countingAuditLog(disk, counts);
  log.append([auditRecord('a'), auditRecord('b', { status: 403 })]);
  full = true;
  expect(() => log.append([auditRecord('c'), auditRecord('d', { plane: 'control' })])).toThrow('ENOSPC');
  // Another process answers requests, too.
  counts.add('data', 200, 40);
  const samples = samplesOf(metricsText({ ...VIEW, requests: counts }));
  const requests = [...samples].filter(([name, value]) => name.startsWith('kms_requests') && value > 0);
  expect(requests).toEqual([
    ['kms_requests_total{plane="data",class="2xx"}', 41],
    ['kms_requests_total{plane="data",class="4xx"}', 1],
    ['kms_requests_total{plane="data",class="5xx"}', 1],
    ['kms_requests_total{plane="control",class="5xx"}', 1],
  ]);
});

test('what was taken from a counter is there once, for another to add', () => {
  const counts = createRequestCounts();
  counts.add('data', 200);
  counts.add('data', 201);
  counts.add('control', 404);
  expect(counts.take()).toEqual([
    { plane: 'data', status: 200, requests: 2 },
    { plane: 'control', status: 400, requests: 1 },
  ]);
  expect(counts.take()).toEqual([]);
});

test('docs/administration.md names every metric with its type, and no other', () => {
  const document = readFileSync(new URL('../../../docs/administration.md', import.meta.url), 'utf8');
  const documented = [...document.matchAll(/^\| (kms_\w+)\S* \| (gauge|counter) \|/gm)].map(
    ([, ...row]) => row,
  );
  expect(documented).toEqual(METRICS.map(({ name, type }) => [name, type]));
});
