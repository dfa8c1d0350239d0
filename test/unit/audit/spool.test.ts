// What the spool does, and does not, with the files of the log.

import { readdirSync, rmSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { openSpool } from '../../../appliance/audit/spool.ts';
import { AuditFolder, auditRecord } from '../../support/audit-log.ts';
import { present } from '../../support/present.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let files: AuditFolder;

const spoolOf = () =>
  openSpool({
    directory: files.directory,
    process: 'p0',
    closedThrough: () => 3,
    keepMs: 0,
    clock: () => files.now,
    saveState: () => Promise.resolve(),
  });

beforeEach(async () => {
  files = new AuditFolder(temporaryFolder());
  await files.writeHours([auditRecord('a')], [auditRecord('b')]);
});

test('a removal ends when it is stopped, before it touches the next file', async () => {
  const spool = spoolOf();
  await spool.acknowledge(present(spool.waiting().at(-1)));
  const before = readdirSync(files.directory);
  await spool.removeOld(AbortSignal.abort());
  expect(readdirSync(files.directory)).toEqual(before);
  await spool.removeOld(new AbortController().signal);
  expect(readdirSync(files.directory).length).toBeLessThan(before.length);
});

test('while nothing waits the directory is not read', async () => {
  const spool = spoolOf();
  await vi.waitFor(() => expect(spool.waiting()).toHaveLength(3));
  await spool.acknowledge(present(spool.waiting().at(-1)));
  rmSync(files.directory, { recursive: true });
  expect(spool.waiting()).toEqual([]);
});
