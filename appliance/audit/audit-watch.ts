// How the log is doing (AuditStatus): what its writer reports at once, and what is looked up every few seconds: free space
// and what waits for delivery. Each change is a line of the operator's log, once, and is handed on.

import { statfs } from 'node:fs/promises';
import type { AuditFailure, AuditStatus, AuditWatermark } from '../core/ports/audit-status.ts';
import type { Clock, Timer } from '../core/ports/clock.ts';
import type { DeliveryProgress } from './delivery.ts';
import { hourStart } from './segment-name.ts';
import type { Spool } from './spool.ts';
import { type Levels, passedWatermarks, type WatermarkLimits } from './watermarks.ts';
import { auditFailure } from './write-failure.ts';

const LOOK_MS = 10_000;

export interface AuditWatch {
  written(): void;
  failed(error: unknown): void;
  readonly status: () => AuditStatus;
  /** Looks now, and from then on. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export interface DeliveryView {
  readonly target: 'directory' | 's3';
  readonly spool: Pick<Spool, 'waiting' | 'bytes'>;
  readonly progress: () => DeliveryProgress;
}

export interface AuditWatchOptions {
  readonly directory: string;
  /** Null: nothing is delivered. */
  readonly delivery: DeliveryView | null;
  readonly limits: WatermarkLimits;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly logger: WatchLogger;
  /** Called with every status that may differ from the one before. Never throws. */
  readonly changed: (status: AuditStatus) => void;
}

export interface WatchLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

interface Looked {
  readonly freeBytes: number | null;
  readonly spoolBytes: number;
  readonly spoolSegments: number;
  readonly oldestUndelivered: number | null;
}

const NO_DELIVERY: DeliveryProgress = { lastDelivery: null, lastError: null, failedDeliveries: 0 };
const NOTHING_WAITS = { spoolBytes: 0, spoolSegments: 0, oldestUndelivered: null };

export function createAuditWatch(options: AuditWatchOptions): AuditWatch {
  const { delivery, limits, clock, timer, logger, changed } = options;
  let failure: AuditFailure | null = null;
  let looked: Looked = { freeBytes: null, ...NOTHING_WAITS };
  let watermarks: readonly AuditWatermark[] = [];
  let cancel = (): void => undefined;
  let underWay = Promise.resolve();
  let closed = false;

  const status = (): AuditStatus => {
    const progress = delivery?.progress() ?? NO_DELIVERY;
    const warning = watermarks[0] ?? (progress.lastError === null ? null : 'delivery-failing');
    return {
      state: failure ? 'failing' : warning ? 'warning' : 'working',
      reason: failure ?? warning,
      target: delivery?.target ?? 'none',
      ...looked,
      ...progress,
      watermarks,
    };
  };
  const lookOnce = async (): Promise<void> => {
    looked = { freeBytes: await freeBytes(options.directory), ...(await waitingIn(delivery)) };
    const next = passedWatermarks(levels(looked, clock()), limits);
    announce(logger, { before: watermarks, after: next }, looked);
    watermarks = next;
    changed(status());
  };
  const look = (): Promise<void> => {
    cancel();
    underWay = lookOnce()
      .catch((error: unknown) => logger.error({ err: error }, 'the audit log could not be looked at'))
      .finally(() => {
        if (!closed) cancel = timer(() => void look(), LOOK_MS);
      });
    return underWay;
  };

  return {
    written() {
      if (failure === null) return;
      logger.info({ failure }, 'audit records can be written again');
      failure = null;
      changed(status());
    },
    failed(error) {
      const next = auditFailure(error);
      if (failure === next) return;
      failure = next;
      logger.error({ failure, err: error }, 'audit records cannot be written: operations are refused');
      changed(status());
    },
    status,
    look,
    async close() {
      closed = true;
      cancel();
      await underWay;
    },
  };
}

async function freeBytes(directory: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return null;
  }
}

async function waitingIn(delivery: DeliveryView | null): Promise<Omit<Looked, 'freeBytes'>> {
  if (delivery === null) return NOTHING_WAITS;
  const waiting = delivery.spool.waiting();
  const [oldest] = waiting;
  return {
    spoolBytes: await delivery.spool.bytes(waiting),
    spoolSegments: waiting.length,
    oldestUndelivered: oldest ? hourStart(oldest.hour) : null,
  };
}

function levels({ freeBytes, spoolBytes, oldestUndelivered }: Looked, now: number): Levels {
  return { freeBytes, spoolBytes, spoolMs: oldestUndelivered === null ? 0 : now - oldestUndelivered };
}

interface Change {
  readonly before: readonly AuditWatermark[];
  readonly after: readonly AuditWatermark[];
}

function announce(logger: WatchLogger, { before, after }: Change, looked: Looked): void {
  for (const watermark of after) {
    if (!before.includes(watermark)) logger.warn({ watermark, ...looked }, 'audit watermark passed');
  }
  for (const watermark of before) {
    if (!after.includes(watermark)) logger.info({ watermark, ...looked }, 'audit watermark no longer passed');
  }
}
