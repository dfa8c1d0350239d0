// The metrics file: when it is written, who may read it, and that a full disk can still be told.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openMetricsFile } from '../../../appliance/ops/metrics-file.ts';
import { fill, smallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let text: string;
let state: string;
let said: string[];
let due: (() => void) | null;

async function opened(path: string) {
  const file = await openMetricsFile({
    path,
    text: () => text,
    state: () => state,
    timer: (run) => {
      due = run;
      return () => {
        due = null;
      };
    },
    logger: { warn: (_details, message) => void said.push(message) },
  });
  onTestFinished(() => file.close());
  return file;
}

/** The next look, done with. */
async function look(): Promise<void> {
  const run = due;
  due = null;
  run?.();
  await vi.waitFor(() => expect(due).not.toBeNull());
}

const shown = (path: string): string => readFileSync(path, 'utf8').trimEnd();

beforeEach(() => {
  text = 'a 1';
  state = 'working';
  said = [];
  due = null;
});

test('it is there when it is opened, every user may read it, and it goes with its writer', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'metrics.prom');
  const file = await opened(path);
  expect(shown(path)).toBe('a 1');
  expect(statSync(path).mode & 0o777).toBe(0o644);
  await file.close();
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

test('it is written every fifteenth second, and in the next one when a state changed', async () => {
  const path = join(temporaryFolder(), 'metrics.prom');
  await opened(path);
  text = 'a 2';
  for (let second = 1; second < 15; second += 1) await look();
  expect(shown(path)).toBe('a 1');
  await look();
  expect(shown(path)).toBe('a 2');
  text = 'a 3';
  await look();
  expect(shown(path)).toBe('a 2');
  state = 'failing';
  await look();
  expect(shown(path)).toBe('a 3');
});

test('a text shorter than those before leaves nothing of them, and a collector finds one name', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'metrics.prom');
  text = 'b 1\n'.repeat(10_000);
  await opened(path);
  for (state of ['one', 'two', 'three']) {
    await look();
    text = 'a 1';
  }
  expect(shown(path)).toBe('a 1');
  expect(readdirSync(folder).filter((name) => name.endsWith('.prom'))).toEqual(['metrics.prom']);
});

test('a full disk can still be told, again and again', async (context) => {
  const disk = smallDisk();
  if (disk === null) return context.skip('mounting is not permitted here');
  const path = join(disk, 'metrics.prom');
  await opened(path);
  fill(disk);
  for (state of ['full', 'fuller', 'fullest']) {
    text = `a ${state}`;
    await look();
    expect(shown(path)).toBe(`a ${state}`);
  }
  expect(said).toEqual([]);
});

test('a folder that is not there is said once, and waited for', async () => {
  const folder = join(temporaryFolder(), 'collector');
  const path = join(folder, 'kms.prom');
  await opened(path);
  for (state of ['one', 'two']) await look();
  expect(said).toEqual(['the metrics file could not be written']);
  mkdirSync(folder);
  state = 'three';
  await look();
  expect(shown(path)).toBe('a 1');
  rmSync(folder, { recursive: true });
});

test('what a killed writer left is taken over', async () => {
  const path = join(temporaryFolder(), 'metrics.prom');
  await opened(path);
  state = 'spare and shown';
  await look();
  const second = await opened(path);
  text = 'a 2';
  state = 'again';
  await look();
  expect(shown(path)).toBe('a 2');
  await second.close();
});

test('a link that somebody else put in its place is not followed', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'metrics.prom');
  await opened(path);
  const secret = join(folder, 'root.key');
  writeFileSync(secret, 'secret', { mode: 0o600 });
  rmSync(`${path}.spare`);
  symlinkSync(secret, `${path}.spare`);
  state = 'failing';
  await look();
  expect(readFileSync(secret, 'utf8')).toBe('secret');
  expect(statSync(secret).mode & 0o777).toBe(0o600);
  expect(said).toHaveLength(1);
});
