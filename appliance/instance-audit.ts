// The audit log of an instance: its key, its files, and where the last checkpoint is kept apart from them.

import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { openAuditKey } from './audit/audit-key.ts';
import { openFileAuditLog } from './audit/file-audit-log.ts';
import type { Config } from './config.ts';
import type { RandomBytes } from './core/ids.ts';
import type { AuditLog } from './core/ports/audit-log.ts';
import type { Clock } from './core/ports/clock.ts';
import type { KeyStore } from './core/ports/key-store.ts';
import type { Store } from './core/ports/store.ts';
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

export async function openInstanceAudit(options: InstanceAuditOptions): Promise<AuditLog> {
  const { config, store, clock, logger, chain } = options;
  const { directory, durability, checkpointRecords, checkpointSeconds } = config.audit;
  const headFile = headFileOf(config.audit.headFile, chain);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const key = await openAuditKey(options);
  // One writer is enough, and it is there before there are workers.
  if (chain === PRIMARY_CHAIN) await writePrivateFile(join(directory, 'public-key.pem'), key.publicKeyPem);
  return openFileAuditLog({
    directory,
    origin: { instanceId: store.instanceId, accountId: config.accountId },
    process: chain,
    clock,
    timer: unrefTimer,
    durability,
    checkpoints: { everyRecords: checkpointRecords, everyMs: checkpointSeconds * 1000 },
    sign: key.sign,
    lastHead: readIfThere(headFile),
    saveHead: (line) => writePrivateFile(headFile, line),
    logger,
  });
}

/** Each chain has a head file of its own beside the configured one: `audit-head.json`, `audit-head-p1.json`, … */
export function headFileOf(headFile: string, chain: ChainName): string {
  if (chain === PRIMARY_CHAIN) return headFile;
  const { dir, name, ext } = parse(headFile);
  return join(dir, `${name}-${chain}${ext}`);
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
