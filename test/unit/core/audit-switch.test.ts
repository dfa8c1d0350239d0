// The log as the data plane has it, while administrators switch it off and on.

import { beforeEach, expect, test } from 'vitest';
import { dataPlaneAuditLog, isAuditEnabled, setAuditEnabled } from '../../../appliance/core/audit-switch.ts';
import type { AuditRecord } from '../../../appliance/core/ports/audit-log.ts';
import type { Store } from '../../../appliance/core/ports/store.ts';
import { MemoryStore } from '../../../appliance/storage/memory-store.ts';
import { recordStore } from '../../../appliance/storage/repositories.ts';
import { auditRecord } from '../../support/audit-log.ts';

let store: Store;
/** Request ids, and what was said about recording, in the order of the chain. */
let chain: (string | boolean)[];
let broken: boolean;
let flushes: Promise<void>[];

const append = (records: readonly AuditRecord[]): void => {
  if (broken) throw new Error('the disk is full');
  chain.push(...records.map(({ requestId }) => requestId));
};
const log = {
  append,
  flushed: () => flushes.shift() ?? Promise.resolve(),
  noteRecording(on: boolean) {
    if (broken) throw new Error('the disk is full');
    chain.push(on);
  },
};

beforeEach(() => {
  store = recordStore({ bytes: new MemoryStore(), instanceId: 'kst-kms00000000000000000' });
  [chain, broken, flushes] = [[], false, []];
});

async function change(enabled: boolean): Promise<void> {
  await setAuditEnabled(store, enabled);
  store.refresh();
}

test('records are kept until it is switched off, and again from when it is switched on, and the chain says where', async () => {
  const audit = dataPlaneAuditLog(log, store);
  expect(isAuditEnabled(store)).toBe(true);
  audit.append([auditRecord('a')]);
  await change(false);
  audit.append([auditRecord('b')]);
  audit.append([auditRecord('c')]);
  await change(true);
  audit.append([auditRecord('d')]);
  expect(chain).toEqual(['a', false, true, 'd']);
});

test('a process that starts while it is off says so before its first request', async () => {
  await change(false);
  const audit = dataPlaneAuditLog(log, store);
  audit.append([auditRecord('a')]);
  expect(chain).toEqual([false]);
});

test('the first request without a record waits until that is on disk, the next do not wait', async () => {
  const audit = dataPlaneAuditLog(log, store);
  await change(false);
  audit.append([auditRecord('a')]);
  flushes.push(Promise.reject(new Error('the disk is gone')));
  await expect(audit.flushed()).rejects.toThrow('the disk is gone');
  audit.append([auditRecord('b')]);
  await audit.flushed();
  audit.append([auditRecord('c')]);
  expect(audit.flushed()).toBeNull();
});

test('while the chain cannot say so, no request goes unrecorded', async () => {
  const audit = dataPlaneAuditLog(log, store);
  await change(false);
  broken = true;
  expect(() => audit.append([auditRecord('a')])).toThrow('the disk is full');
  broken = false;
  audit.append([auditRecord('b')]);
  expect(chain).toEqual([false]);
});
