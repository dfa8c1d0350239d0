// Ships heads of checkpoints to a second target, so that what is cut off behind them shows even when log and head file are
// in the same hands: one object each, never replaced, the latest at the most so often. What fails is dropped: the next
// head says more.

import type { Clock } from '../core/ports/clock.ts';
import { attempt } from './attempt.ts';
import { readCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { type DeliveredObject, DeliveryError, type DeliveryTarget } from './delivery-target.ts';
import { headObjectName } from './object-name.ts';

const ATTEMPT_MS = 30_000;
/** How long an orderly end waits for the last head. */
const CLOSE_MS = 3000;

export interface HeadShipper {
  /** `line` is that of a checkpoint. Waits for nothing. */
  ship(line: string): void;
  /** Waits for what is under way, and not for long. */
  close(): Promise<void>;
}

export interface HeadShipperOptions {
  readonly target: DeliveryTarget;
  /** First parts of the names of objects. */
  readonly root: string;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly logger: {
    warn(details: object, message: string): void;
    info(details: object, message: string): void;
  };
}

export function createHeadShipper({ target, root, everyMs, clock, logger }: HeadShipperOptions): HeadShipper {
  const stop = new AbortController();
  let nextAt = 0;
  let underWay: Promise<void> | null = null;
  let failing = false;

  const put = async (line: string, checkpoint: SignedCheckpoint): Promise<void> => {
    try {
      const object = headObject(headObjectName(root, checkpoint), line);
      await attempt(ATTEMPT_MS, stop.signal, (signal) => target.put(object, signal));
      if (failing) logger.info({}, 'audit heads are shipped again');
      failing = false;
    } catch (error) {
      nextAt = 0;
      if (stop.signal.aborted) return;
      const failure = error instanceof DeliveryError ? error.failure : 'other';
      if (!failing) logger.warn({ failure, err: error }, 'audit head could not be shipped');
      failing = true;
    }
  };
  return {
    ship(line) {
      const checkpoint = readCheckpoint(line);
      const now = clock();
      if (!checkpoint || underWay !== null || stop.signal.aborted) return;
      if (now < nextAt && !checkpoint.closing) return;
      nextAt = now + everyMs;
      underWay = put(line, checkpoint).finally(() => {
        underWay = null;
      });
    },
    async close() {
      const limit = setTimeout(() => stop.abort(), CLOSE_MS);
      await underWay;
      clearTimeout(limit);
      stop.abort();
      target.close();
    },
  };
}

function headObject(name: string, line: string): DeliveredObject {
  const body = Buffer.from(line, 'utf8');
  return {
    name,
    body,
    contentType: 'application/json',
    isSame: (existing) => Promise.resolve(existing.equals(body)),
  };
}
