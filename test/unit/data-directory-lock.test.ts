// The lock of a data directory: one holder, none after its end however it ends, and commands to the one that holds it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import {
  commandInstance,
  type DataDirectoryLock,
  InUseError,
  lockDataDirectory,
} from '../../appliance/ops/data-directory-lock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const HOLDER = fileURLToPath(new URL('../support/lock-process.ts', import.meta.url));
const DEADLINE_MS = 10_000;

async function lock(dataDir: string, patienceMs = 300): Promise<DataDirectoryLock> {
  const held = await lockDataDirectory({ dataDir, patienceMs });
  onTestFinished(() => held.release());
  return held;
}

/** A process that holds the lock, and a child of it that has inherited it. */
async function holder(dataDir: string): Promise<{ child: ChildProcess; heir: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', HOLDER, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const heir = Number(chunk.toString());
  onTestFinished(() => {
    child.kill('SIGKILL');
    kill(heir);
  });
  return { child, heir };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

test('a second lock of a data directory is refused, and names the process that has the first', async () => {
  const dataDir = temporaryFolder();
  await lock(dataDir);
  await expect(lock(dataDir)).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_IN_USE',
    message: expect.stringContaining(String(process.pid)) as string,
  });
  expect(readdirSync(join(dataDir, 'run'))).toHaveLength(1);
});

test('a released lock can be had again, and leaves nothing behind', async () => {
  const dataDir = temporaryFolder();
  await (await lockDataDirectory({ dataDir })).release();
  expect(readdirSync(join(dataDir, 'run'))).toEqual([]);
  await lock(dataDir);
});

test('of many that start together at most one has the lock, and one that comes later finds it free', async () => {
  const dataDir = temporaryFolder();
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataDirectory({ dataDir })));
  const held = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  expect(held.length).toBeLessThanOrEqual(1);
  for (const { release } of held) await release();
  await lock(dataDir);
});

test('a killed holder leaves no lock, once the processes that inherited it have ended, too', {
  timeout: 60_000,
}, async () => {
  const dataDir = temporaryFolder();
  const { child, heir } = await holder(dataDir);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await expect(lock(dataDir)).rejects.toBeInstanceOf(InUseError);
  kill(heir);
  await lock(dataDir, DEADLINE_MS);
  expect(readdirSync(join(dataDir, 'run'))).toHaveLength(1);
});

test('a command reaches whoever has the lock, and its answer comes back', async () => {
  const dataDir = temporaryFolder();
  expect(await commandInstance(dataDir, 'reload', DEADLINE_MS)).toBeNull();
  const held = await lock(dataDir);
  const asked: string[] = [];
  held.handle((command) => {
    asked.push(command);
    return command === 'reload' ? Promise.resolve('') : Promise.reject(new Error('two\nlines'));
  });
  expect(await commandInstance(dataDir, 'reload', DEADLINE_MS)).toEqual({ state: 'answered', text: '' });
  expect(await commandInstance(dataDir, 'other', DEADLINE_MS)).toMatchObject({ text: 'two; lines' });
  expect(asked).toEqual(['reload', 'other']);
  expect(await commandInstance(dataDir, 'x'.repeat(100), DEADLINE_MS)).toMatchObject({ state: 'silent' });
});

test('the path of a data directory may be longer than that of a socket', async () => {
  const dataDir = join(temporaryFolder(), 'long'.repeat(30));
  mkdirSync(dataDir);
  const held = await lock(dataDir);
  held.handle(() => Promise.resolve('here'));
  expect(await commandInstance(dataDir, 'reload', DEADLINE_MS)).toMatchObject({ text: 'here' });
  await expect(lock(dataDir)).rejects.toBeInstanceOf(InUseError);
});
