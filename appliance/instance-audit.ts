// The audit log of an instance: its key, its files, and where the last checkpoint is kept apart from them.

import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openAuditKey } from './audit/audit-key.ts';
import { openFileAuditLog } from './audit/file-audit-log.ts';
import type { Config } from './config.ts';
import type { RandomBytes } from './core/ids.ts';
import type { AuditLog } from './core/ports/audit-log.ts';
import type { Clock, Timer } from './core/ports/clock.ts';
import type { KeyStore } from './core/ports/key-store.ts';
import type { Store } from './core/ports/store.ts';
import type { Logger } from './ops/logger.ts';
import { writePrivateFile } from './ops/private-files.ts';

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

export async function openInstanceAudit(options: InstanceAuditOptions): Promise<AuditLog> {
  const { config, store, clock, logger } = options;
  const { directory, headFile, durability, checkpointRecords, checkpointSeconds } = config.audit;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const key = await openAuditKey(options);
  await writePrivateFile(join(directory, 'public-key.pem'), key.publicKeyPem);
  return openFileAuditLog({
    directory,
    origin: { instanceId: store.instanceId, accountId: config.accountId },
    process: PROCESS,
    clock,
    timer: unreferencedTimer,
    durability,
    checkpoints: { everyRecords: checkpointRecords, everyMs: checkpointSeconds * 1000 },
    sign: key.sign,
    lastHead: readIfThere(headFile),
    saveHead: (line) => writePrivateFile(headFile, line),
    logger,
  });
}

/** Does not keep the process running. */
const unreferencedTimer: Timer = (run, delayMs) => {
  const timeout = setTimeout(run, delayMs);
  timeout.unref();
  return () => clearTimeout(timeout);
};

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
