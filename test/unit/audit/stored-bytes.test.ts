// How much the log takes on disk: no failure is kept, and what cannot be told is left out.

import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createStoredBytes } from '../../../appliance/audit/stored-bytes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const segment = (number: number, suffix = 'jsonl'): string =>
  `audit-2026-01-02T15-p0-${String(number).padStart(8, '0')}.${suffix}`;

test('the figure is absent while the directory is, and there as soon as it is', async () => {
  const directory = join(temporaryFolder(), 'audit');
  const storedBytes = createStoredBytes(directory, () => 0);
  expect(await storedBytes()).toBeNull();
  mkdirSync(directory);
  writeFileSync(join(directory, segment(1)), '12345');
  expect(await storedBytes()).toBe(5);
});

test('what grows is looked at again after a minute, and what is gone no longer counts', async () => {
  const directory = temporaryFolder();
  const write = (name: string, length: number) => writeFileSync(join(directory, name), 'x'.repeat(length));
  let now = 0;
  const storedBytes = createStoredBytes(directory, () => now);
  for (const number of [1, 2, 3]) write(segment(number), 10);
  write(segment(3, 'log'), 1);
  write('spool-p0.json', 2);
  expect(await storedBytes()).toBe(33);
  write(segment(3), 1000);
  write('spool-p0.json', 3);
  expect(await storedBytes()).toBe(33);
  now = 60_000;
  expect(await storedBytes()).toBe(1024);
  rmSync(join(directory, segment(1)));
  write(segment(4), 5);
  now = 120_000;
  expect(await storedBytes()).toBe(1019);
  expect(statSync(join(directory, segment(3))).size).toBe(1000);
});
