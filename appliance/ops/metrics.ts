// The metrics of an instance as a table, and the table as text (Prometheus text exposition format 0.0.4). Names of keys,
// access points and users are no labels: who can read metrics learns how much is done, and not with what.

import type { AuditStatus } from '../core/ports/audit-status.ts';
import type { HsmDescription, HsmState } from '../core/ports/hsm-administration.ts';
import { PLANES, type RequestCounts, STATUS_CLASSES } from './request-counts.ts';
import type { SchedulerStatus } from './scheduler.ts';

export interface InstanceView {
  readonly instanceId: string;
  readonly edition: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly uptimeMs: number;
  readonly residentBytes: number;
  readonly requests: Pick<RequestCounts, 'of'>;
  readonly audit: AuditStatus;
  readonly scheduler: SchedulerStatus;
  /** Client Keys that end soon. */
  readonly clientKeysEnding: number;
  /** Null in the basic edition. */
  readonly hsm: HsmDescription | null;
}

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

export interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  /** Null: there is nothing to say. */
  readonly value: (view: InstanceView) => number | null | readonly Sample[];
}

const AUDIT_STATES: readonly AuditStatus['state'][] = ['working', 'warning', 'failing'];
const SCHEDULER_STATES: readonly SchedulerStatus['state'][] = [
  'starting',
  'working',
  'standby',
  'failing',
  'clock-refused',
];
const HSM_STATES: readonly HsmState[] = ['Uninitialized', 'Connecting', 'Connected', 'Disconnected', 'Error'];
const MEMBER_STATES = ['usable', 'unsynchronised', 'foreign', 'broken', 'pin-rejected', 'disconnected'];

export const METRICS: readonly Metric[] = [
  {
    name: 'kms_info',
    type: 'gauge',
    help: 'Edition of the instance, always 1.',
    value: ({ edition }) => [[{ edition }, 1]],
  },
  {
    name: 'kms_uptime_seconds',
    type: 'gauge',
    help: 'Seconds since the start.',
    value: ({ uptimeMs }) => uptimeMs / 1000,
  },
  {
    name: 'kms_resident_memory_bytes',
    type: 'gauge',
    help: 'Memory that the process holds.',
    value: ({ residentBytes }) => residentBytes,
  },
  {
    name: 'kms_requests_total',
    type: 'counter',
    help: 'Requests since the start, by plane and class of their HTTP status.',
    value: ({ requests }) =>
      PLANES.flatMap((plane) =>
        STATUS_CLASSES.map((each): Sample => [{ plane, class: `${each}xx` }, requests.of(plane, each)]),
      ),
  },
  {
    name: 'kms_audit_state',
    type: 'gauge',
    help: 'Audit log: 0 working, 1 warning, 2 failing (records cannot be written and nothing is done).',
    value: ({ audit }) => AUDIT_STATES.indexOf(audit.state),
  },
  {
    name: 'kms_audit_reason',
    type: 'gauge',
    help: 'Reason of a state other than working, 1 while it holds.',
    value: ({ audit: { reason } }) => (reason === null ? null : [[{ reason }, 1]]),
  },
  {
    name: 'kms_audit_free_bytes',
    type: 'gauge',
    help: 'Free space on the file system of the audit log.',
    value: ({ audit }) => audit.freeBytes,
  },
  {
    name: 'kms_audit_spool_bytes',
    type: 'gauge',
    help: 'Size of closed audit segments that wait for delivery.',
    value: ({ audit }) => audit.spoolBytes,
  },
  {
    name: 'kms_audit_spool_segments',
    type: 'gauge',
    help: 'Number of closed audit segments that wait for delivery.',
    value: ({ audit }) => audit.spoolSegments,
  },
  {
    name: 'kms_audit_oldest_undelivered_seconds',
    type: 'gauge',
    help: 'Seconds since the hour of the oldest audit segment that waits for delivery began; 0 when none waits.',
    value: ({ audit: { oldestUndelivered }, now }) =>
      oldestUndelivered === null ? 0 : Math.max(0, now - oldestUndelivered) / 1000,
  },
  {
    name: 'kms_audit_delivery_failures_total',
    type: 'counter',
    help: 'Attempts to deliver an audit segment that failed, since the start.',
    value: ({ audit }) => audit.failedDeliveries,
  },
  {
    name: 'kms_audit_last_delivery_timestamp_seconds',
    type: 'gauge',
    help: 'When the last audit segment was delivered, since the epoch; absent before the first of this run.',
    value: ({ audit: { lastDelivery } }) => (lastDelivery === null ? null : lastDelivery / 1000),
  },
  {
    name: 'kms_scheduler_state',
    type: 'gauge',
    help: 'Scheduled deletion, rotation and renewal: 1 for the state that holds.',
    value: ({ scheduler }) => oneOf(SCHEDULER_STATES, scheduler.state),
  },
  {
    name: 'kms_scheduler_clock_ahead_seconds',
    type: 'gauge',
    help: 'How far the clock is ahead of what is believed; 0 while it is believed.',
    value: ({ scheduler }) => (scheduler.state === 'clock-refused' ? scheduler.aheadMs / 1000 : 0),
  },
  {
    name: 'kms_client_keys_ending',
    type: 'gauge',
    help: 'Client Keys that end within 60 days, or within the last quarter of a shorter life; the log names them.',
    value: ({ clientKeysEnding }) => clientKeysEnding,
  },
  {
    name: 'kms_hsm_state',
    type: 'gauge',
    help: 'Connection to the HSM cluster: 1 for the state that holds.',
    value: ({ hsm }) => hsm && oneOf(HSM_STATES, hsm.state),
  },
  {
    name: 'kms_hsm_members',
    type: 'gauge',
    help: 'Members of the HSM cluster by state.',
    value: ({ hsm }) =>
      hsm &&
      MEMBER_STATES.map(
        (state): Sample => [{ state }, hsm.members.filter((member) => member.state === state).length],
      ),
  },
  {
    name: 'kms_hsm_in_flight',
    type: 'gauge',
    help: 'Calls that the HSM cluster has under way.',
    value: ({ hsm }) => hsm?.inFlight ?? null,
  },
];

function oneOf(states: readonly string[], now: string): Sample[] {
  return states.map((state): Sample => [{ state }, state === now ? 1 : 0]);
}

export function metricsText(view: InstanceView): string {
  return METRICS.map((metric) => metricText(metric, view)).join('');
}

function metricText({ name, type, help, value }: Metric, view: InstanceView): string {
  const found = value(view);
  const samples = typeof found === 'number' ? [[{}, found] as const] : (found ?? []);
  if (samples.length === 0) return '';
  // Several instances may write for one collector, which refuses a series that comes twice.
  const lines = samples.map(
    ([labels, number]) => `${name}{${labelText({ kms: view.instanceId, ...labels })}} ${number}\n`,
  );
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

/** Values are ids and states: none needs an escape, and what would is refused by the collector. */
function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');
}
