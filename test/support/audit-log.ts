// An audit log on a folder, with an audit key of its own, a clock and a timer that tests drive.

import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { type FileAuditLogOptions, openFileAuditLog } from '../../appliance/audit/file-audit-log.ts';
import { type Verification, verifyAuditLog } from '../../appliance/audit/verify.ts';
import type { AuditRecord } from '../../appliance/core/ports/audit-log.ts';
import { present } from './present.ts';

const HOUR_MS = 3_600_000;

export const AUDIT_NOW = Date.UTC(2026, 0, 2, 15, 30);
export const AUDIT_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const ORIGIN = { instanceId: 'kst-kms00000000000000000', accountId: '1000000000000001' };

export function auditRecord(requestId: string, fields: Partial<AuditRecord> = {}): AuditRecord {
  return {
    time: AUDIT_NOW,
    plane: 'data',
    clientAddress: '127.0.0.1',
    userAgent: 'test',
    requestId,
    api: 'Encrypt',
    apiVersion: 'dkms-gcs-0.2',
    accessKeyId: 'KAAP.1',
    identityType: 'aap',
    principal: 'app',
    fingerprint: '',
    resource: 'key-1',
    durationMs: 1,
    status: 200,
    errorCode: '',
    errorMessage: '',
    ...fields,
  };
}

export class AuditFolder {
  readonly directory: string;
  readonly headFile: string;
  readonly logged: string[] = [];
  now = AUDIT_NOW;
  privateKey: KeyObject = AUDIT_KEY.privateKey;
  #due: (() => void) | null = null;
  #savedHeads = 0;

  constructor(folder: string) {
    this.directory = join(folder, 'audit');
    this.headFile = join(folder, 'head.json');
  }

  open(options: Partial<FileAuditLogOptions> = {}) {
    return openFileAuditLog({
      directory: this.directory,
      origin: ORIGIN,
      process: 'p0',
      clock: () => this.now,
      timer: (run) => {
        this.#due = run;
        return () => undefined;
      },
      durability: 'group',
      checkpoints: { everyRecords: 1000, everyMs: 30_000 },
      sign: (text) => Promise.resolve(sign('sha256', text, this.privateKey)),
      lastHead: this.head(),
      saveHead: (line) => {
        writeFileSync(this.headFile, line);
        this.#savedHeads += 1;
        return Promise.resolve();
      },
      logger: { error: (_details, message) => void this.logged.push(message) },
      ...options,
    });
  }

  head(): string {
    return existsSync(this.headFile) ? readFileSync(this.headFile, 'utf8') : '';
  }

  /** Paths of the segments, oldest first. */
  segmentFiles(): string[] {
    return readdirSync(this.directory)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(this.directory, name));
  }

  get checkpointsMade(): number {
    return this.#savedHeads;
  }

  /** Lets the time of the next checkpoint come. */
  tick(): void {
    present(this.#due)();
  }

  /** Each hour's records in a segment of their own. */
  async writeHours(...hours: readonly (readonly AuditRecord[])[]): Promise<void> {
    const audit = this.open();
    await vi.waitFor(() => expect(this.checkpointsMade).toBeGreaterThan(0));
    for (const records of hours) {
      audit.append(records);
      this.now += HOUR_MS;
    }
    await audit.close();
  }

  async verify(options: Partial<Parameters<typeof verifyAuditLog>[0]> = {}): Promise<Verification> {
    const [verification] = await verifyAuditLog({
      directory: this.directory,
      publicKey: AUDIT_KEY.publicKey,
      head: '',
      asOf: this.now,
      maxAgeMs: 300_000,
      ...options,
    });
    return present(verification);
  }
}
