// A worker that waits for the HSM cluster ends with its primary, and when it is told to: it would hold the data directory.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { PROTOCOL, type ToWorker } from '../../appliance/cluster/messages.ts';
import { loadConfig } from '../../appliance/config.ts';
import { MIGRATIONS, schemaVersion } from '../../appliance/storage/migrations.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROGRAM = fileURLToPath(new URL('../../appliance/worker.ts', import.meta.url));

/** Resolves when it waits. */
async function waitingWorker(): Promise<ChildProcess> {
  const dataDir = join(temporaryFolder(), 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  const config = loadConfig(null, {
    KMS_DATA_DIR: dataDir,
    KMS_EDITION: 'standard',
    KMS_PROCESSES: '2',
    KMS_LOG_LEVEL: 'info',
  });
  const lock = openSync('/dev/null', 'r');
  const child = fork(PROGRAM, [], {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', lock],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  const waits = new Promise<void>((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (printed.includes('waiting for the HSM cluster')) resolve();
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('exit', () => reject(new Error(printed)));
  });
  const start: ToWorker = {
    type: 'start',
    compatibility: { protocol: PROTOCOL, storeSchema: schemaVersion(MIGRATIONS) },
    config,
    slot: 1,
    ticketKeys: Buffer.alloc(48),
  };
  child.send(start);
  await waits;
  return child;
}

test.each([
  ['its primary is gone', (worker: ChildProcess) => worker.disconnect()],
  ['it is told to stop', (worker: ChildProcess) => void worker.send({ type: 'stop' } satisfies ToWorker)],
])('a worker that waits for the HSM cluster ends when %s', async (_why, end) => {
  const worker = await waitingWorker();
  const ended = once(worker, 'exit');
  end(worker);
  expect((await ended)[0]).toBe(1);
});
