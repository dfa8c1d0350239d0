// Port: looking up what was done on the control plane, as events of the cloud's trail service.
// Source: control-plane specification 5.1; ActionTrail API 2020-07-06, LookupEvents.

export type EventValue =
  | string
  | number
  | boolean
  | readonly EventValue[]
  | { readonly [name: string]: EventValue };

export interface AuditEvent {
  readonly [name: string]: EventValue;
}

export const EVENT_ATTRIBUTES = [
  'ServiceName',
  'EventName',
  'User',
  'EventId',
  'ResourceType',
  'ResourceName',
  'EventRW',
  'EventAccessKeyId',
] as const;

export interface EventCondition {
  readonly attribute: (typeof EVENT_ATTRIBUTES)[number];
  readonly value: string;
}

export interface EventsRequest {
  /** Milliseconds since the epoch, from inclusive to exclusive. */
  readonly since: number;
  readonly until: number;
  /** All must hold. */
  readonly conditions: readonly EventCondition[];
  readonly order: 'forward' | 'backward';
  readonly maxEvents: number;
  /** Of the page before; null for the first. */
  readonly token: string | null;
}

export interface EventsPage {
  readonly events: readonly AuditEvent[];
  /** Null when there is nothing more. A page may be empty and still have one: a call does a bounded amount of work. */
  readonly nextToken: string | null;
}

export interface AuditEvents {
  /** @throws KmsError InvalidParameter for a token that is none, Throttling while others are looking */
  lookup(request: EventsRequest): Promise<EventsPage>;
}
