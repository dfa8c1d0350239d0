// The health file can be written while the disk is full, and is never half of one text.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AuditStatus } from '../../../appliance/core/ports/audit-status.ts';
import { openHealthFile, readHealth } from '../../../appliance/ops/health-file.ts';
import { fill, smallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const WORKING: AuditStatus = {
  state: 'working',
  reason: null,
  target: 'none',
  spoolBytes: 0,
  spoolSegments: 0,
  oldestUndelivered: null,
  lastDelivery: null,
  lastError: null,
  failedDeliveries: 0,
  freeBytes: 2 ** 40,
  watermarks: ['free-space', 'spool-size', 'spool-age'],
};
const FULL: AuditStatus = { ...WORKING, state: 'failing', reason: 'disk-full', watermarks: [] };

function opened(path: string, said: string[] = []) {
  const file = openHealthFile(path, { warn: (_details, message) => void said.push(message) });
  onTestFinished(() => file.close());
  return file;
}

test('a shorter text replaces a longer one', () => {
  const path = join(temporaryFolder(), 'health.json');
  const file = opened(path);
  file.write({ audit: WORKING });
  file.write({ audit: FULL });
  expect(readHealth(path)).toEqual({ audit: FULL });
});

test('a full disk can still be told', (context) => {
  const disk = smallDisk();
  if (disk === null) return context.skip('mounting is not permitted here');
  const path = join(disk, 'health.json');
  const said: string[] = [];
  const file = opened(path, said);
  file.write({ audit: WORKING });
  const filler = fill(disk);
  file.write({ audit: FULL });
  expect(readHealth(path)).toEqual({ audit: FULL });
  expect(said).toEqual([]);
  rmSync(filler);
});
