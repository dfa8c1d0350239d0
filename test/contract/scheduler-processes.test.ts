// Scheduled work with real processes over one LMDB store.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openLmdb } from '../support/byte-stores.ts';
import { NOW } from '../support/control-plane.ts';
import { DAY_MS, DOOMED, schedulers } from '../support/schedulers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROGRAM = fileURLToPath(new URL('../support/scheduler-process.ts', import.meta.url));

function start(owner: string, folder: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, owner, folder, String(NOW)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    ready: () => lines.next(),
    check: () => child.stdin.write('check\n'),
    async rest(): Promise<string[]> {
      const all: string[] = [];
      for (let line = await lines.next(); line.done !== true; line = await lines.next()) all.push(line.value);
      return all;
    },
  };
}

test('two processes that check at the same moment do each deed once, and only one of them works', async () => {
  const folder = temporaryFolder();
  const fixture = schedulers(openLmdb(folder));
  const deeds: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    deeds.push(`DeleteKey ${(await fixture.createKey(DOOMED)).id}`);
    const overdue = { rotationInterval: 7 * DAY_MS, rotatedAt: NOW - 7 * DAY_MS };
    deeds.push(`RotateKey ${(await fixture.createKey(overdue)).id}`);
  }
  const processes = ['one', 'two'].map((owner) => start(owner, folder));
  for (const process of processes) expect((await process.ready()).value).toBe('ready');
  for (const process of processes) process.check();
  const outputs = await Promise.all(processes.map((process) => process.rest()));
  expect(outputs.map((lines) => lines.at(-1)).sort()).toEqual(['standby', 'working']);
  expect(outputs.map((lines) => lines.length).sort()).toEqual([1, deeds.length + 1].sort());
  expect(outputs.flatMap((lines) => lines.slice(0, -1)).sort()).toEqual([...deeds].sort());
  fixture.store.refresh();
  expect(fixture.store.records.keys.count()).toBe(5);
  expect(fixture.store.records.keyVersions.count()).toBe(10);
});
