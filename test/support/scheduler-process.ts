// One process of an instance that does scheduled work: `scheduler-process.ts <owner> <folder> <now> [<step>]`. It says
// `ready`, waits for a line on stdin, checks once and names on stdout every deed that it audited, then how the check
// ended. At a step of its changes it is killed, and says where.

import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createClockGuard } from '../../appliance/core/clock-guard.ts';
import { DEFAULT_LIMITS } from '../../appliance/core/limits.ts';
import { keyDeletionJob, keyRotationJob } from '../../appliance/ops/scheduled-jobs.ts';
import { createScheduler } from '../../appliance/ops/scheduler.ts';
import { LmdbStore } from '../../appliance/storage/lmdb-store.ts';
import { recordStore } from '../../appliance/storage/repositories.ts';
import { softwareKeyStore } from './software-keys.ts';
import { killingStep, steppedStore } from './stepped-store.ts';

const [owner = '', folder = '', now = '', at = '0'] = process.argv.slice(2);
const clock = () => Number(now);
const bytes = steppedStore(new LmdbStore(folder), killingStep(Number(at), say));
const store = recordStore({ bytes, instanceId: 'kst-kms00000000000000000' });
const keyStore = softwareKeyStore();
const ignore = (): void => {};
const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

const scheduler = createScheduler({
  store,
  auditLog: {
    append(records) {
      for (const { api, resource } of records) say(`${api} ${resource}`);
    },
    flushed: () => null,
  },
  clock,
  clockGuard: createClockGuard({ maxJumpMs: 60_000, acceptUntil: null, tick: clock }),
  timer: () => ignore,
  logger,
  owner,
  newRequestId: randomUUID,
  jobs: [
    keyDeletionJob({ store, keyStore }),
    keyRotationJob({ store, keyStore, clock, randomBytes, limits: DEFAULT_LIMITS, logger, edition: 'basic' }),
  ],
});

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

say('ready');
await once(process.stdin, 'data');
process.stdin.destroy();
await scheduler.check();
say(scheduler.status().state);
// Without stopping: the lease is kept, as by a process that goes on.
await store.close();
await keyStore.close();
