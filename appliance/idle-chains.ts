// Delivers what is left of audit chains that no process writes: of workers that ended, whose slots nobody has taken again.
// A chain that is written is its own process's to deliver. Only what was closed when the chain became idle is looked at.

import type { Delivery } from './audit/delivery.ts';
import { segmentsOf } from './audit/segment-name.ts';
import { openSpool } from './audit/spool.ts';
import { spoolStateFile } from './audit/spool-state.ts';
import type { Config } from './config.ts';
import type { Clock } from './core/ports/clock.ts';
import type { ChainName } from './instance-audit.ts';
import { openDelivery } from './instance-audit-delivery.ts';
import type { Logger } from './ops/logger.ts';
import { writePrivateFile } from './ops/private-files.ts';
import { unrefTimer } from './ops/unref-timer.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How often it is looked for segments that have been kept for long enough. */
const LOOK_MS = 60 * 60 * 1000;

export interface IdleChains {
  /** No living process has the chain, and it was closed in order. */
  freed(chain: ChainName): void;
  /** A process is about to write it. Resolves when it is no longer touched here; never rejects. */
  taken(chain: ChainName): Promise<void>;
  close(): Promise<void>;
}

export interface IdleChainsOptions {
  readonly config: Config;
  readonly instanceId: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createIdleChains({ config, instanceId, clock, logger }: IdleChainsOptions): IdleChains {
  const { directory, delivery: settings } = config.audit;
  const parts = { settings, instanceId, clock, timer: unrefTimer, random: Math.random, logger };
  const idle = new Map<ChainName, Promise<Delivery | null>>();

  const start = async (chain: ChainName): Promise<Delivery | null> => {
    const last = segmentsOf(directory, chain).at(-1)?.number ?? 0;
    const spool = openSpool({
      directory,
      process: chain,
      closedThrough: () => last,
      keepMs: settings.keepDays === null ? null : settings.keepDays * DAY_MS,
      clock,
      saveState: (text) => writePrivateFile(spoolStateFile(directory, chain), text),
    });
    const delivery = await openDelivery(parts, spool, () => undefined);
    delivery?.wake();
    return delivery;
  };
  const stop = async (delivery: Promise<Delivery | null>): Promise<void> => {
    await (await delivery)?.close();
  };
  const reported = (error: unknown): null => {
    logger.error({ err: error }, 'an idle audit chain cannot be delivered');
    return null;
  };
  const look = (): void => {
    for (const delivery of idle.values()) void delivery.then((each) => each?.wake());
    cancel = unrefTimer(look, LOOK_MS);
  };
  let cancel = unrefTimer(look, LOOK_MS);
  return {
    freed(chain) {
      if (settings.target !== 'none') idle.set(chain, start(chain).catch(reported));
    },
    async taken(chain) {
      const delivery = idle.get(chain);
      idle.delete(chain);
      if (delivery) await stop(delivery).catch(reported);
    },
    async close() {
      cancel();
      await Promise.all(Array.from(idle.values(), stop));
    },
  };
}
