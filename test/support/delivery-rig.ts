// An audit log with the delivery of its closed segments, on a clock and with timers that tests drive.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { onTestFinished } from 'vitest';
import { createDelivery, type Delivery } from '../../appliance/audit/delivery.ts';
import type { DeliveryTarget } from '../../appliance/audit/delivery-target.ts';
import type { FileAuditLog } from '../../appliance/audit/file-audit-log.ts';
import { openSpool, type Spool } from '../../appliance/audit/spool.ts';
import { spoolStateFile } from '../../appliance/audit/spool-state.ts';
import { type AuditFolder, auditRecord, ORIGIN } from './audit-log.ts';

export const ROOT = `audit/${ORIGIN.instanceId}`;
const HOUR_MS = 3_600_000;

export interface DeliveryRigOptions {
  readonly keepMs?: number | null;
}

export class DeliveryRig {
  readonly files: AuditFolder;
  readonly log: FileAuditLog;
  readonly spool: Spool;
  readonly delivery: Delivery;
  /** Lines of the operator's log. */
  readonly said: string[] = [];
  readonly details: unknown[] = [];
  /** How long each back-off was. */
  readonly backOffs: number[] = [];
  #retry: (() => void) | null = null;

  constructor(files: AuditFolder, target: DeliveryTarget, { keepMs = null }: DeliveryRigOptions = {}) {
    this.files = files;
    this.spool = openSpool({
      directory: files.directory,
      process: 'p0',
      closedThrough: () => this.log.closedThrough(),
      keepMs,
      clock: () => files.now,
      saveState: (text) => {
        writeFileSync(spoolStateFile(files.directory, 'p0'), text);
        return Promise.resolve();
      },
    });
    const say = (details: object, message: string): void => {
      this.said.push(message);
      this.details.push(details, inspect(details));
    };
    this.delivery = createDelivery({
      spool: this.spool,
      target,
      root: ROOT,
      clock: () => files.now,
      timer: (run, delayMs) => {
        this.backOffs.push(delayMs);
        this.#retry = run;
        return () => {
          this.#retry = null;
        };
      },
      random: () => 0.5,
      logger: { info: say, warn: say },
    });
    this.log = files.open({
      watcher: {
        written: () => undefined,
        failed: () => undefined,
        segmentClosed: () => this.delivery.wake(),
      },
    });
    this.delivery.wake();
    onTestFinished(() => this.delivery.close());
  }

  /** Whether a back-off is being waited out. */
  get waits(): boolean {
    return this.#retry !== null;
  }

  /** Lets the back-off be over. */
  retry(): void {
    const run = this.#retry;
    this.#retry = null;
    run?.();
  }

  /** Records of an hour, whose segment then ends. */
  async hour(...requestIds: readonly string[]): Promise<void> {
    for (const id of requestIds) this.log.append([auditRecord(id)]);
    this.files.now += HOUR_MS;
    this.log.append([auditRecord(`after-${requestIds.join('-')}`)]);
    await this.log.flushed();
  }

  async close(): Promise<void> {
    const deliveryClosed = this.delivery.close();
    await this.log.close();
    await deliveryClosed;
  }
}

export const objectOf = (hour: number, segment: number): string =>
  join(ROOT, '2026/01/02', `${hour}-p0-${String(segment).padStart(8, '0')}.log.gz`);
