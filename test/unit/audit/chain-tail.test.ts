// Where a start finds the chain of a run that was killed, and that it is on disk before it goes on from there.

import { appendFileSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test, vi } from 'vitest';
import { chainTail } from '../../../appliance/audit/chain-tail.ts';
import { AuditFolder, auditRecord } from '../../support/audit-log.ts';
import { present } from '../../support/present.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('the last segments are handed to the disk, after what was torn is cut off', async () => {
  const log = new AuditFolder(temporaryFolder());
  const killed = log.open();
  await vi.waitFor(() => expect(log.checkpointsMade).toBe(1));
  for (const id of ['a', 'b', 'c']) {
    killed.append([auditRecord(id)]);
    log.now += 3_600_000;
  }
  const segments = log.segmentFiles();
  const last = present(segments.at(-1));
  appendFileSync(last, '{"torn');
  const synced = new Map<string, string>();
  chainTail(log.directory, 'p0', '', (path) => synced.set(basename(path), readFileSync(path, 'utf8')));
  expect([...synced.keys()]).toEqual(segments.slice(-2).map((path) => basename(path)));
  expect(synced.get(basename(last))).toMatch(/\}\n$/);
  await killed.close();
});
