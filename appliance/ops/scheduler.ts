// Runs scheduled work: looks around every minute, does what is due in whichever process holds the lease, and nothing at
// all while the clock cannot be believed. What a job does is committed together with its audit record, which is written
// to the audit log right after, and by whoever comes next if the process dies in between: at least once, never not.

import type { ClockGuard } from '../core/clock-guard.ts';
import type { AuditLog, AuditRecord } from '../core/ports/audit-log.ts';
import type { Clock, Timer } from '../core/ports/clock.ts';
import type { Store, Transaction } from '../core/ports/store.ts';
import {
  claimLease,
  forgetDeeds,
  LeaseLost,
  recordDeed,
  releaseLease,
  schedulerState,
} from '../core/scheduler-state.ts';
import type { Logger } from './logger.ts';

const CHECK_MS = 60 * 1000;

/** What a job may do. */
export interface JobContext {
  readonly clock: Clock;
  /** What is destroyed goes by this, which no jump of the clock moves: at most the time of the clock. */
  readonly provenTime: number;
  /** Called in each transaction of a job, with what it does and to what. @throws LeaseLost: nothing is then committed */
  readonly deed: (transaction: Transaction, api: string, resource: string) => void;
  /** Writes the audit records of the deeds so far; to be called after each transaction. @throws when it cannot */
  readonly audit: () => Promise<void>;
}

export interface Job {
  readonly name: string;
  run(context: JobContext): Promise<void>;
}

export type SchedulerStatus =
  | { readonly state: 'starting' | 'working' | 'standby' | 'failing' }
  /** Nothing is done: the clock is so far ahead. */
  | { readonly state: 'clock-refused'; readonly aheadMs: number };

export interface Scheduler {
  /** Checks now and from then on. */
  start(): void;
  /** One check; joins one that is under way. Never rejects. */
  check(): Promise<void>;
  status(): SchedulerStatus;
  /** Finishes what is under way and gives the lease back. */
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  readonly store: Store;
  readonly auditLog: Pick<AuditLog, 'append' | 'flushed'>;
  readonly clock: Clock;
  readonly clockGuard: ClockGuard;
  readonly timer: Timer;
  readonly logger: Logger;
  /** Names this process among those of the instance. */
  readonly owner: string;
  readonly newRequestId: () => string;
  /** In this order, one after the other. */
  readonly jobs: readonly Job[];
  /** Called after every check in every process, to take over what others have done. Never throws. */
  readonly afterCheck?: () => void;
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { store, clock, clockGuard, timer, logger, owner } = options;
  let status: SchedulerStatus = { state: 'starting' };
  let underWay: Promise<void> | null = null;
  let cancel: (() => void) | null = null;
  let stopped = false;

  const setStatus = (next: SchedulerStatus): void => {
    if (next.state !== status.state) announce(logger, next);
    status = next;
  };

  const work = async (): Promise<SchedulerStatus> => {
    store.refresh();
    const now = clock();
    const seen = schedulerState(store.records);
    const aheadMs = clockGuard.jump(now, seen?.lastSeen ?? null);
    if (aheadMs > 0) return { state: 'clock-refused', aheadMs };
    const proven = clockGuard.proven(now, seen?.provenTime ?? seen?.lastSeen ?? null);
    const isOurs = await store.transact((transaction) => claimLease(transaction, owner, { now, proven }));
    if (!isOurs) return { state: 'standby' };
    return { state: (await runJobs(options, proven)) ? 'working' : 'failing' };
  };

  const checkOnce = async (): Promise<void> => {
    try {
      setStatus(await work());
    } catch (error) {
      const isLost = error instanceof LeaseLost;
      if (!isLost) logger.error({ err: error }, 'scheduled work failed');
      setStatus({ state: isLost ? 'standby' : 'failing' });
    } finally {
      options.afterCheck?.();
    }
  };

  const check = (): Promise<void> => {
    underWay ??= checkOnce().finally(() => {
      underWay = null;
    });
    return underWay;
  };

  const checkAgain = (): void => {
    void check().then(() => {
      if (!stopped) cancel = timer(checkAgain, CHECK_MS);
    });
  };

  return {
    start: checkAgain,
    check,
    status: () => status,
    async stop() {
      stopped = true;
      cancel?.();
      await underWay;
      try {
        await store.transact((transaction) => releaseLease(transaction, owner));
      } catch (error) {
        logger.warn({ err: error }, 'the lease of the scheduler was not given back');
      }
    },
  };
}

/** Whether all went well. What a job cannot do now it tries again at the next check. */
async function runJobs(options: SchedulerOptions, provenTime: number): Promise<boolean> {
  const context = jobContext(options, provenTime);
  // Left by a process that died, or from when the audit log could not be written.
  await context.audit();
  let succeeded = true;
  for (const job of options.jobs) {
    try {
      await job.run(context);
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      options.logger.error({ job: job.name, err: error }, 'a scheduled job failed');
      succeeded = false;
    }
  }
  return succeeded;
}

function jobContext(
  { store, auditLog, clock, owner, newRequestId }: SchedulerOptions,
  provenTime: number,
): JobContext {
  return {
    clock,
    provenTime,
    deed: (transaction, api, resource) =>
      recordDeed(transaction, owner, deedRecord({ api, resource, time: clock(), requestId: newRequestId() })),
    async audit() {
      store.refresh();
      const records = schedulerState(store.records)?.unaudited ?? [];
      if (records.length === 0) return;
      auditLog.append(records);
      await auditLog.flushed();
      await store.transact((transaction) => forgetDeeds(transaction, records));
    },
  };
}

function deedRecord(deed: Pick<AuditRecord, 'api' | 'resource' | 'time' | 'requestId'>): AuditRecord {
  return {
    ...deed,
    plane: 'control',
    clientAddress: '',
    userAgent: '',
    apiVersion: '',
    accessKeyId: '',
    identityType: 'system',
    principal: 'scheduler',
    fingerprint: '',
    durationMs: 0,
    status: 200,
    errorCode: '',
    errorMessage: '',
  };
}

function announce(logger: Logger, status: SchedulerStatus): void {
  if (status.state === 'clock-refused') {
    logger.error(
      { aheadMs: status.aheadMs },
      'the clock has jumped ahead: scheduled deletions, rotations and renewals wait until it is corrected, or accepted with scheduler.acceptClockUntil',
    );
  } else logger.info({ state: status.state }, 'scheduler');
}
