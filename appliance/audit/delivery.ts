// Delivers closed segments, one after the other and in order, for as long as any waits: a failure is tried again after a
// back-off, for ever. Off the request path: nothing waits for it, and what is not delivered stays in the spool.

import type { DeliveryFailure } from '../core/ports/audit-status.ts';
import type { Clock, Timer } from '../core/ports/clock.ts';
import { attempt } from './attempt.ts';
import { backOffMs } from './back-off.ts';
import { DeliveryError, type DeliveryTarget } from './delivery-target.ts';
import { segmentObjectName } from './object-name.ts';
import { packSegment } from './packed-segment.ts';
import type { SegmentName } from './segment-name.ts';
import type { Spool } from './spool.ts';

const ATTEMPT_MS = 2 * 60 * 1000;

export interface DeliveryProgress {
  /** When the last segment was acknowledged; null: not since the start. */
  readonly lastDelivery: number | null;
  /** Of the last attempt; null when it succeeded. */
  readonly lastError: DeliveryFailure | null;
  /** Attempts that failed since the start. */
  readonly failedDeliveries: number;
}

export interface Delivery {
  /** Looks for segments that wait; harmless at any time. */
  wake(): void;
  readonly progress: () => DeliveryProgress;
  /** Breaks off what is under way, at once: it is taken up by the next start. */
  close(): Promise<void>;
}

export interface DeliveryOptions {
  readonly spool: Spool;
  readonly target: DeliveryTarget;
  /** First parts of the names of objects. */
  readonly root: string;
  readonly clock: Clock;
  readonly timer: Timer;
  /** Of [0, 1). */
  readonly random: () => number;
  readonly logger: DeliveryLogger;
  /** Called after every attempt. Never throws. */
  readonly attempted?: () => void;
}

export interface DeliveryLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { spool, target, root, clock, timer, random, logger } = options;
  const stop = new AbortController();
  let progress: DeliveryProgress = { lastDelivery: null, lastError: null, failedDeliveries: 0 };
  let failures = 0;
  let busy = false;
  let again = false;
  let underWay = Promise.resolve();
  let cancelRetry: (() => void) | null = null;

  const deliver = async (segment: SegmentName): Promise<void> => {
    const name = segmentObjectName(root, segment);
    await attempt(ATTEMPT_MS, stop.signal, async (signal) =>
      target.put(await packSegment(spool.path(segment), name, signal), signal),
    );
    await spool.acknowledge(segment);
    logger.info({ object: name }, 'audit segment delivered');
  };

  const succeeded = (): void => {
    if (failures > 0) logger.info({ failures }, 'audit delivery works again');
    failures = 0;
    progress = { ...progress, lastDelivery: clock(), lastError: null };
    options.attempted?.();
  };
  const failed = (error: unknown): void => {
    const lastError = error instanceof DeliveryError ? error.failure : 'other';
    failures += 1;
    if (lastError !== progress.lastError) {
      logger.warn(
        { failure: lastError, err: error },
        'audit segment could not be delivered; tried again later',
      );
    }
    progress = { ...progress, lastError, failedDeliveries: progress.failedDeliveries + 1 };
    options.attempted?.();
    cancelRetry = timer(
      () => {
        cancelRetry = null;
        wake();
      },
      backOffMs(failures, random),
    );
  };

  const deliverAll = async (): Promise<void> => {
    try {
      while (again && !stop.signal.aborted) {
        again = false;
        for (const segment of spool.waiting()) {
          await deliver(segment);
          succeeded();
        }
        await spool.removeOld(stop.signal);
      }
    } catch (error) {
      if (!stop.signal.aborted) failed(error);
    } finally {
      busy = false;
    }
  };

  const wake = (): void => {
    again = true;
    if (busy || cancelRetry !== null || stop.signal.aborted) return;
    busy = true;
    underWay = deliverAll();
  };

  return {
    wake,
    progress: () => progress,
    async close() {
      stop.abort();
      cancelRetry?.();
      await underWay;
      target.close();
    },
  };
}
