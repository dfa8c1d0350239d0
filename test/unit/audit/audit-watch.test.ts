// What operators are told of the log: failures at once, watermarks before them, each change once.

import { mkdirSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { type AuditWatchOptions, createAuditWatch } from '../../../appliance/audit/audit-watch.ts';
import type { DeliveryProgress } from '../../../appliance/audit/delivery.ts';
import type { AuditStatus } from '../../../appliance/core/ports/audit-status.ts';
import { AUDIT_NOW } from '../../support/audit-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
const WAITING = { process: 'p0', number: 7, hour: '2026-01-02T15' };
const GENEROUS = { freeBytes: 0, spoolBytes: 1000, spoolMs: 2 * HOUR_MS };

let said: string[];
let told: AuditStatus[];
let now: number;
let spoolBytes: number;
let progress: DeliveryProgress;

function watch(options: Partial<AuditWatchOptions> = {}) {
  const directory = temporaryFolder();
  mkdirSync(directory, { recursive: true });
  const say =
    (level: string) =>
    (_details: object, message: string): void =>
      void said.push(`${level}: ${message}`);
  return createAuditWatch({
    directory,
    delivery: {
      target: 's3',
      spool: { waiting: () => [WAITING], bytes: () => Promise.resolve(spoolBytes) },
      progress: () => progress,
    },
    limits: GENEROUS,
    clock: () => now,
    timer: () => () => undefined,
    logger: { info: say('info'), warn: say('warn'), error: say('error') },
    changed: (status) => void told.push(status),
    ...options,
  });
}

beforeEach(() => {
  said = [];
  told = [];
  now = AUDIT_NOW;
  spoolBytes = 10;
  progress = { lastDelivery: null, lastError: null, failedDeliveries: 0 };
});

test('a log that works says what waits and how much room there is', async () => {
  const audit = watch();
  await audit.look();
  expect(audit.status()).toEqual({
    state: 'working',
    reason: null,
    target: 's3',
    spoolBytes: 10,
    spoolSegments: 1,
    oldestUndelivered: Date.UTC(2026, 0, 2, 15),
    lastDelivery: null,
    lastError: null,
    failedDeliveries: 0,
    freeBytes: expect.any(Number) as number,
    watermarks: [],
  });
  expect(said).toEqual([]);
});

test.each([
  ['free-space', { freeBytes: 2 ** 60 }],
  ['spool-size', { spoolBytes: 9 }],
  ['spool-age', { spoolMs: HOUR_MS / 4 }],
] as const)('the watermark %s warns once, and once when it is over', async (watermark, limit) => {
  const limits = { ...GENEROUS, ...limit };
  const audit = watch({ limits });
  await audit.look();
  await audit.look();
  expect(audit.status()).toMatchObject({ state: 'warning', reason: watermark, watermarks: [watermark] });
  expect(said).toEqual(['warn: audit watermark passed']);
  Object.assign(limits, GENEROUS);
  await audit.look();
  expect(audit.status()).toMatchObject({ state: 'working', reason: null });
  expect(said.at(-1)).toBe('info: audit watermark no longer passed');
});

test.each([
  ['ENOSPC', 'disk-full'],
  ['EACCES', 'not-permitted'],
  ['EROFS', 'not-permitted'],
  ['ENOENT', 'directory-missing'],
  ['EIO', 'disk-error'],
])(
  '%s of a write is told at once as %s, graver than any warning, and over with the next write',
  (code, reason) => {
    progress = { lastDelivery: null, lastError: 'unreachable', failedDeliveries: 1 };
    const audit = watch();
    expect(audit.status()).toMatchObject({ state: 'warning', reason: 'delivery-failing' });
    audit.failed(Object.assign(new Error(code), { code }));
    audit.failed(Object.assign(new Error(code), { code }));
    expect(told).toMatchObject([{ state: 'failing', reason }]);
    audit.written();
    audit.written();
    expect(told).toMatchObject([{ state: 'failing' }, { state: 'warning' }]);
    expect(said).toEqual([
      'error: audit records cannot be written: operations are refused',
      'info: audit records can be written again',
    ]);
  },
);

test('a log without delivery has nothing that waits', async () => {
  const audit = watch({ delivery: null });
  await audit.look();
  expect(audit.status()).toMatchObject({ target: 'none', spoolBytes: 0, oldestUndelivered: null });
});

test('a directory that is gone is no reason to stop looking', async () => {
  const audit = watch({ directory: '/nowhere/at/all' });
  await audit.look();
  expect(audit.status().freeBytes).toBeNull();
});
