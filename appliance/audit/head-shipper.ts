// Ships heads of checkpoints to a second target, so that what is cut off behind them shows even when log and head file are
// in the same hands: one object each, never replaced, the latest at the most so often. What fails is dropped: a later
// head says more.

import type { Clock } from '../core/ports/clock.ts';
import { attempt } from './attempt.ts';
import { backOffMs } from './back-off.ts';
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
  /** Of [0, 1). */
  readonly random: () => number;
  readonly logger: {
    warn(details: object, message: string): void;
    info(details: object, message: string): void;
  };
}

export function createHeadShipper(options: HeadShipperOptions): HeadShipper {
  const { target, root, everyMs, clock, random, logger } = options;
  const stop = new AbortController();
  let nextAt = 0;
  let underWay: Promise<void> | null = null;
  let failures = 0;
  /** The last one of an orderly end, while another is under way. */
  let closing: string | null = null;

  const put = async (line: string, checkpoint: SignedCheckpoint): Promise<void> => {
    try {
      const object = headObject(headObjectName(root, checkpoint), line);
      await attempt(ATTEMPT_MS, stop.signal, (signal) => target.put(object, signal));
      if (failures > 0) logger.info({}, 'audit heads are shipped again');
      failures = 0;
    } catch (error) {
      if (stop.signal.aborted) return;
      const failure = error instanceof DeliveryError ? error.failure : 'other';
      if (failures === 0) logger.warn({ failure, err: error }, 'audit head could not be shipped');
      failures += 1;
      nextAt = clock() + Math.min(backOffMs(failures, random), everyMs);
    }
  };
  const begin = (line: string, checkpoint: SignedCheckpoint): void => {
    nextAt = clock() + everyMs;
    underWay = put(line, checkpoint).finally(() => {
      underWay = null;
      const last = closing;
      closing = null;
      if (last !== null) ship(last);
    });
  };
  const ship = (line: string): void => {
    const checkpoint = readCheckpoint(line);
    if (!checkpoint || stop.signal.aborted) return;
    if (underWay !== null) {
      if (checkpoint.closing) closing = line;
    } else if (checkpoint.closing || clock() >= nextAt) begin(line, checkpoint);
  };
  return {
    ship,
    async close() {
      const limit = setTimeout(() => stop.abort(), CLOSE_MS);
      // That of the end may begin when another is done.
      while (underWay !== null) await underWay;
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
