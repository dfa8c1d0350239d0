// The audit log of an instance: its key, its files, where the last checkpoint is kept apart from them, its delivery, and
// how all of that is doing.

import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
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

/** The chain of the one process that an instance has. */
const PROCESS = 'p0';

export interface InstanceAuditOptions {
  readonly config: Config;
  readonly store: Store;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly logger: Logger;
}

export interface InstanceAudit extends AuditLog {
  readonly health: () => AuditStatus;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;

/** @throws ConfigError when a target of delivery cannot be used at all */
export async function openInstanceAudit(options: InstanceAuditOptions): Promise<InstanceAudit> {
  const { config, store, clock, logger } = options;
  const {
    directory,
    headFile,
    durability,
    checkpointRecords,
    checkpointSeconds,
    delivery: settings,
  } = config.audit;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const key = await openAuditKey(options);
  await writePrivateFile(join(directory, 'public-key.pem'), key.publicKeyPem);

  const timer = unrefTimer;
  const { instanceId } = store;
  const parts = { settings, instanceId, clock, timer, random: Math.random, logger };
  const spool = openSpool({
    directory,
    process: PROCESS,
    closedThrough: () => log.closedThrough(),
    keepMs: settings.keepDays === null ? null : settings.keepDays * DAY_MS,
    clock,
    saveState: (text) => writePrivateFile(spoolStateFile(directory, PROCESS), text),
  });
  const delivery = await openDelivery(parts, spool, () => void watch.look());
  const heads = await openHeadShipper(parts);
  const health = openHealthFile(join(config.dataDir, 'health.json'), logger);
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
    process: PROCESS,
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
      await delivery?.close();
      await log.close();
      await heads?.close();
      await watch.close();
      health.close();
    },
  };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
