// Actions on the audit log: this instance's own for switching it and asking how it does, and ActionTrail's LookupEvents
// for what was done here. Sources: control-plane specification 2.7 and 5, ActionTrail API 2020-07-06.

import { z } from 'zod';
import { isoSeconds } from '../../core/ids.ts';
import { EVENT_ATTRIBUTES } from '../../core/ports/audit-events.ts';
import type { AuditStatus } from '../../core/ports/audit-status.ts';
import { KmsError } from '../../errors.ts';
import { type Action, type Answer, defineAction, type Json, type Services } from '../action.ts';
import { ACTIONTRAIL_API } from '../api.ts';
import { name, optionalInteger, optionalName, optionalOneOf, optionalTime } from '../parameter-types.ts';
import { type Access, onAll, onInstance } from '../permissions.ts';
import { done } from './answers.ts';
import { requireOwnInstance } from './instances.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_WINDOW_MS = 7 * DAY_MS;
const DEFAULT_EVENTS = 20;
const MAX_EVENTS = 50;
const MAX_CONDITIONS = 8;

const ofInstance = z.object({ KmsInstanceId: optionalName });

const onOwnInstance: Access<z.output<typeof ofInstance>> = ({ KmsInstanceId }, { instance }) =>
  onInstance({ KmsInstanceId: KmsInstanceId ?? instance.id });

export const AUDIT_ACTIONS: readonly Action[] = [
  switching('EnableAuditLog', true),
  switching('DisableAuditLog', false),
  defineAction({
    name: 'GetAuditLogStatus',
    write: false,
    access: onOwnInstance,
    resource: 'KmsInstanceId',
    parameters: ofInstance,
    async run({ KmsInstanceId }, services) {
      requireOwnInstance(services, KmsInstanceId);
      return { body: { AuditLog: await statusFields(services) }, resource: services.instance.id };
    },
  }),
  defineAction({
    api: ACTIONTRAIL_API,
    name: 'LookupEvents',
    write: false,
    access: onAll('*'),
    resource: null,
    parameters: z.object({
      StartTime: optionalTime,
      EndTime: optionalTime,
      LookupAttribute: z
        .array(z.object({ Key: z.enum(EVENT_ATTRIBUTES), Value: name }))
        .max(MAX_CONDITIONS)
        .optional(),
      EventRW: optionalOneOf(['Read', 'Write', 'All']),
      Direction: optionalOneOf(['FORWARD', 'BACKWARD']),
      MaxResults: optionalInteger(0, MAX_EVENTS),
      NextToken: optionalName,
    }),
    run: lookup,
  }),
];

interface LookupInput {
  readonly StartTime?: number | undefined;
  readonly EndTime?: number | undefined;
  readonly LookupAttribute?:
    | readonly { readonly Key: (typeof EVENT_ATTRIBUTES)[number]; readonly Value: string }[]
    | undefined;
  readonly EventRW?: 'Read' | 'Write' | 'All' | undefined;
  readonly Direction?: 'FORWARD' | 'BACKWARD' | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

async function lookup(input: LookupInput, { audit, clock }: Services): Promise<Answer> {
  const until = input.EndTime ?? clock();
  const since = input.StartTime ?? Math.max(0, until - DEFAULT_WINDOW_MS);
  if (since > until) throw new KmsError('InvalidParameter', 'StartTime is after EndTime.');
  const named = (input.LookupAttribute ?? []).map(({ Key, Value }) => ({ attribute: Key, value: Value }));
  const { EventRW = 'All' } = input;
  const { events, nextToken } = await audit.lookup({
    since,
    until,
    conditions: EventRW === 'All' ? named : [...named, { attribute: 'EventRW', value: EventRW }],
    order: input.Direction === 'FORWARD' ? 'forward' : 'backward',
    maxEvents: input.MaxResults ?? DEFAULT_EVENTS,
    token: input.NextToken ?? null,
  });
  const body = {
    StartTime: isoSeconds(since),
    EndTime: isoSeconds(until),
    Events: events,
    ...(nextToken !== null && { NextToken: nextToken }),
  };
  return { body, resource: '' };
}

function switching(actionName: string, enabled: boolean): Action {
  return defineAction({
    name: actionName,
    write: true,
    access: onOwnInstance,
    resource: 'KmsInstanceId',
    parameters: ofInstance,
    async run({ KmsInstanceId }, services) {
      requireOwnInstance(services, KmsInstanceId);
      await services.audit.setEnabled(enabled);
      return done(services.instance.id);
    },
  });
}

async function statusFields({ audit }: Services): Promise<{ readonly [name: string]: Json }> {
  const { durability, process, sequence, head, lastCheckpoint, storedBytes } = await audit.log();
  const health = audit.health();
  return {
    Enabled: audit.isEnabled(),
    Durability: durability,
    Process: process,
    Sequence: sequence,
    ChainHead: head,
    ...(lastCheckpoint !== null && {
      LastCheckpoint: { Sequence: lastCheckpoint.sequence, Time: lastCheckpoint.time },
    }),
    ...(storedBytes !== null && { StoredBytes: storedBytes }),
    ...(health !== null && { Health: healthFields(health) }),
  };
}

/** What there is nothing of is absent. */
function healthFields(health: AuditStatus): { readonly [name: string]: Json } {
  const { state, reason, target, spoolBytes, spoolSegments, oldestUndelivered, lastDelivery } = health;
  return {
    State: state,
    ...(reason !== null && { Reason: reason }),
    Target: target,
    SpoolBytes: spoolBytes,
    SpoolSegments: spoolSegments,
    ...(oldestUndelivered !== null && { OldestUndelivered: isoSeconds(oldestUndelivered) }),
    ...(lastDelivery !== null && { LastDelivery: isoSeconds(lastDelivery) }),
    ...(health.lastError !== null && { LastError: health.lastError }),
    ...(health.freeBytes !== null && { FreeBytes: health.freeBytes }),
    Watermarks: health.watermarks,
  };
}
