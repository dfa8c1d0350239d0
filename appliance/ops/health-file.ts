// `health.json` of the data directory: what the health check and tools on the machine read of a running instance. Its
// blocks are taken when it is made and only ever overwritten, so that it can still say that the disk is full.

import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditStatus } from '../core/ports/audit-status.ts';

const FILE_BYTES = 4096;

export interface Health {
  readonly audit: AuditStatus;
}

export interface HealthFile {
  /** Never throws: it is what tells of failures. */
  write(health: Health): void;
  /** Removes it: nobody writes it any more. */
  close(): void;
}

export function openHealthFile(path: string, logger: HealthLogger): HealthFile {
  const file = openSync(path, 'w', 0o600);
  return {
    write(health) {
      try {
        const text = JSON.stringify(health);
        writeSync(file, `${text.padEnd(FILE_BYTES - 1)}\n`, 0, 'utf8');
      } catch (error) {
        logger.warn({ err: error }, 'the health file could not be written');
      }
    },
    close() {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}

export interface HealthLogger {
  warn(details: object, message: string): void;
}

/** @throws when there is none, or half of one */
export function readHealth(path: string): Health {
  return JSON.parse(readFileSync(path, 'utf8')) as Health;
}

/** Those of workers; what a killed one said last must not outlive its instance. */
export function workerHealthFiles(dataDir: string): string[] {
  return readdirSync(dataDir)
    .filter((name) => /^health-p\d+\.json$/.test(name))
    .map((name) => join(dataDir, name));
}
