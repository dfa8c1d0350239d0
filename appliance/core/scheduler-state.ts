// What the processes of an instance share about scheduled work: who does it, when it was last looked after, and what
// has been done and not been audited yet. One record; a deed is recorded in the transaction that does it.

import type { AuditRecord } from './ports/audit-log.ts';
import type { Snapshot, Transaction } from './ports/store.ts';

export interface SchedulerState {
  /** The process that holds the lease; null: nobody. */
  readonly owner: string | null;
  /** End of the lease, milliseconds since the epoch. */
  readonly leaseUntil: number;
  /** The latest time that was believed. */
  readonly lastSeen: number;
  /** The time by which things were last destroyed; absent in stores of before: `lastSeen`. */
  readonly provenTime?: number;
  /** Deeds whose audit records may not have been written. */
  readonly unaudited: readonly AuditRecord[];
}

export const LEASE_MS = 3 * 60 * 1000;
const RECORD_ID = 'scheduler';

/** Thrown inside a transaction of a process that does not hold the lease any more. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Undefined before anything was ever scheduled. */
export function schedulerState({ scheduler }: Pick<Snapshot, 'scheduler'>): SchedulerState | undefined {
  return scheduler.get(RECORD_ID);
}

/** Takes or renews the lease, unless another process holds it. Whether it is ours. */
export function claimLease(
  transaction: Transaction,
  owner: string,
  { now, proven }: { readonly now: number; readonly proven: number },
): boolean {
  const state = schedulerState(transaction);
  if (state && isHeld(state, now) && state.owner !== owner) return false;
  transaction.scheduler.put(RECORD_ID, {
    owner,
    leaseUntil: now + LEASE_MS,
    lastSeen: now,
    provenTime: proven,
    unaudited: state?.unaudited ?? [],
  });
  return true;
}

/** Gives the lease back, so that the next process need not wait for its end. */
export function releaseLease(transaction: Transaction, owner: string): void {
  const state = schedulerState(transaction);
  if (state?.owner === owner) transaction.scheduler.put(RECORD_ID, { ...state, owner: null });
}

/** Records a deed of the holder of the lease, which it renews. @throws LeaseLost */
export function recordDeed(transaction: Transaction, owner: string, deed: AuditRecord): void {
  const state = requireLease(transaction, owner, deed.time);
  const unaudited = [...state.unaudited, deed];
  transaction.scheduler.put(RECORD_ID, { ...state, leaseUntil: deed.time + LEASE_MS, unaudited });
}

/** Forgets deeds that have been audited. */
export function forgetDeeds(transaction: Transaction, audited: readonly AuditRecord[]): void {
  const state = schedulerState(transaction);
  if (!state) return;
  const written = new Set(audited.map(({ requestId }) => requestId));
  const unaudited = state.unaudited.filter(({ requestId }) => !written.has(requestId));
  transaction.scheduler.put(RECORD_ID, { ...state, unaudited });
}

function requireLease(transaction: Transaction, owner: string, now: number): SchedulerState {
  const state = schedulerState(transaction);
  if (!state || state.owner !== owner || !isHeld(state, now)) throw new LeaseLost('the lease was lost');
  return state;
}

/** An end that lies further ahead than any lease reaches is from a time when the clock was wrong. */
function isHeld({ owner, leaseUntil }: SchedulerState, now: number): boolean {
  return owner !== null && now < leaseUntil && leaseUntil <= now + LEASE_MS;
}
