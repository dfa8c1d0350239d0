// The audit log of an instance: its key, its files, where the last checkpoint is kept apart from them, its delivery, and
// how all of that is doing.

import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { openAuditKey } from './audit/audit-key.ts';
import { createAuditWatch } from './audit/audit-watch.ts';
import { openFileAuditLog } from './audit/file-audit-log.ts';
import { openSpool } from './audit/spool.ts';
import { spoolStateFile } from './audit/spool-state.ts';
import type { Config } from './config.ts';
import type { RandomBytes } from './core/ids.ts';
import type { AuditLog } from './core/ports/audit-log.ts';
import type { AuditStatus } from './core/ports/audit-status.ts';
import type { Clock } from './core/ports/clock.ts';
import type { KeyStore } from './core/ports/key-store.ts';
import type { Store } from './core/ports/store.ts';
import { openDelivery, openHeadShipper } from './instance-audit-delivery.ts';
import { openHealthFile } from './ops/health-file.ts';
import type { Logger } from './ops/logger.ts';
import { writePrivateFile } from './ops/private-files.ts';
import { unrefTimer } from './ops/unref-timer.ts';

export interface InstanceAuditOptions {
  readonly config: Config;
  readonly store: Store;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly logger: Logger;
  /** Chain that this process writes: no other process that lives may have it. */
  readonly chain: ChainName;
}

/** `p0`: the primary, or an instance of one process. `p1` and on: its workers. */
export type ChainName = `p${number}`;

export const PRIMARY_CHAIN: ChainName = 'p0';

export interface InstanceAudit extends AuditLog {
  readonly health: () => AuditStatus;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;

/** @throws ConfigError when a target of delivery cannot be used at all */
export async function openInstanceAudit(options: InstanceAuditOptions): Promise<InstanceAudit> {
  const { config, store, clock, logger, chain } = options;
  const { directory, durability, checkpointRecords, checkpointSeconds, delivery: settings } = config.audit;
  const headFile = headFileOf(config.audit.headFile, chain);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const key = await openAuditKey(options);
  // One writer is enough, and it is there before there are workers.
  if (chain === PRIMARY_CHAIN) await writePrivateFile(join(directory, 'public-key.pem'), key.publicKeyPem);

  const timer = unrefTimer;
  const { instanceId } = store;
  const parts = { settings, instanceId, clock, timer, random: Math.random, logger };
  const spool = openSpool({
    directory,
    process: chain,
    closedThrough: () => log.closedThrough(),
    keepMs: settings.keepDays === null ? null : settings.keepDays * DAY_MS,
    clock,
    saveState: (text) => writePrivateFile(spoolStateFile(directory, chain), text),
  });
  const delivery = await openDelivery(parts, spool, () => void watch.look());
  const heads = await openHeadShipper(parts);
  const health = openHealthFile(join(config.dataDir, healthFileName(chain)), logger);
  const watch = createAuditWatch({
    directory,
    delivery:
      delivery && settings.target !== 'none'
        ? { target: settings.target, spool, progress: delivery.progress }
        : null,
    limits: {
      freeBytes: config.audit.warnFreeBytes,
      spoolBytes: settings.warnSpoolBytes,
      spoolMs: settings.warnSpoolHours * HOUR_MS,
    },
    clock,
    timer,
    logger,
    changed: (audit) => health.write({ audit }),
  });
  const log = openFileAuditLog({
    directory,
    origin: { instanceId, accountId: config.accountId },
    process: chain,
    clock,
    timer,
    durability,
    checkpoints: { everyRecords: checkpointRecords, everyMs: checkpointSeconds * 1000 },
    sign: key.sign,
    lastHead: readIfThere(headFile),
    saveHead: async (line) => {
      heads?.ship(line);
      await writePrivateFile(headFile, line);
    },
    logger,
    watcher: { ...watch, segmentClosed: () => delivery?.wake() },
  });
  await watch.look();
  delivery?.wake();
  return {
    ...log,
    health: watch.status,
    async close() {
      // Broken off, and not waited for: no target keeps the log from its closing checkpoint.
      const deliveryClosed = delivery?.close();
      await log.close();
      await deliveryClosed;
      await heads?.close();
      await watch.close();
      health.close();
    },
  };
}

/** Each chain has a head file of its own beside the configured one: `audit-head.json`, `audit-head-p1.json`, … */
export function headFileOf(headFile: string, chain: ChainName): string {
  if (chain === PRIMARY_CHAIN) return headFile;
  const { dir, name, ext } = parse(headFile);
  return join(dir, `${name}-${chain}${ext}`);
}

/** `health.json`, `health-p1.json`, … */
function healthFileName(chain: ChainName): string {
  return chain === PRIMARY_CHAIN ? 'health.json' : `health-${chain}.json`;
}

/** '' when there is no such file. */
export function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
