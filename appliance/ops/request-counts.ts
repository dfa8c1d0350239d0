// How many requests were answered, by plane and class of HTTP status: counted where every request passes, beside its
// audit record, and fed from elsewhere when another process answers requests.

import type { AuditLog, AuditRecord } from '../core/ports/audit-log.ts';

export type Plane = AuditRecord['plane'];
export const PLANES: readonly Plane[] = ['data', 'control'];
/** First digits of the statuses that are given. */
export const STATUS_CLASSES = [2, 4, 5] as const;

const UNAVAILABLE = 503;

export interface CountedRequests {
  readonly plane: Plane;
  /** Of the same class. */
  readonly status: number;
  readonly requests: number;
}

export interface RequestCounts {
  add(plane: Plane, status: number, requests?: number): void;
  of(plane: Plane, statusClass: number): number;
  /** All that was counted since the last call, for another process to add; counted from 0 again. */
  take(): CountedRequests[];
}

export function createRequestCounts(): RequestCounts {
  const counts = { data: new Float64Array(10), control: new Float64Array(10) };
  const classOf = (status: number): number => Math.min(9, Math.trunc(status / 100));
  return {
    add(plane, status, requests = 1) {
      const index = classOf(status);
      counts[plane][index] = (counts[plane][index] ?? 0) + requests;
    },
    of: (plane, statusClass) => counts[plane][statusClass] ?? 0,
    take() {
      const taken = PLANES.flatMap((plane) =>
        Array.from(counts[plane], (requests, index) => ({ plane, status: index * 100, requests })),
      );
      for (const plane of PLANES) counts[plane].fill(0);
      return taken.filter(({ requests }) => requests > 0);
    },
  };
}

/** The log that counts what it is given. What it cannot take is answered with ServiceUnavailableTemporary. */
export function countingAuditLog<Log extends Pick<AuditLog, 'append'>>(log: Log, counts: RequestCounts): Log {
  return {
    ...log,
    append(records: readonly AuditRecord[]) {
      try {
        log.append(records);
      } catch (error) {
        for (const { plane } of records) counts.add(plane, UNAVAILABLE);
        throw error;
      }
      for (const { plane, status } of records) counts.add(plane, status);
    },
  };
}
