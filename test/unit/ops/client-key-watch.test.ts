// When the end of a Client Key is told: in good time, once a day, and no more once it has ended or is gone.

import { expect, test } from 'vitest';
import type { ClientKey } from '../../../appliance/core/access.ts';
import { watchClientKeys } from '../../../appliance/ops/client-key-watch.ts';
import type { JobContext } from '../../../appliance/ops/scheduler.ts';
import { MemoryStore } from '../../../appliance/storage/memory-store.ts';
import { recordStore } from '../../../appliance/storage/repositories.ts';
import { NOW } from '../../support/control-plane.ts';
import { DAY_MS, INSTANCE_ID, MINUTE_MS } from '../../support/schedulers.ts';

const YEAR_MS = 365 * DAY_MS;

/** A watch over Client Keys that live from now on for so long; the warnings of a look at a time after now. */
async function watching(lives: Readonly<Record<string, number>>) {
  const store = recordStore({ bytes: new MemoryStore(), instanceId: INSTANCE_ID });
  await store.transact(({ clientKeys }) => {
    for (const [id, lifeMs] of Object.entries(lives)) clientKeys.put(id, clientKey(id, lifeMs));
  });
  let warnings: object[] = [];
  const log = (details: object): void => void warnings.push(details);
  const nothing = (): void => undefined;
  const watch = watchClientKeys({
    store,
    logger: { debug: nothing, info: nothing, warn: log, error: nothing },
  });
  const lookAt = async (afterMs: number): Promise<object[]> => {
    warnings = [];
    const untouched = (): never => {
      throw new Error('it only looks');
    };
    const now = NOW + afterMs;
    const context: JobContext = { clock: () => now, provenTime: now, deed: untouched, audit: untouched };
    await watch.job.run(context);
    return warnings;
  };
  return { store, watch, lookAt };
}

function clientKey(id: string, lifeMs: number): ClientKey {
  return {
    id,
    accessPoint: 'billing',
    publicKey: Buffer.from('public'),
    certificatePem: '',
    fingerprint: '',
    notBefore: NOW,
    notAfter: NOW + lifeMs,
    createdAt: NOW,
  };
}

test('a Client Key is warned of sixty days before its end, by name, and not a millisecond earlier', async () => {
  const { watch, lookAt } = await watching({ long: 5 * YEAR_MS, longer: 6 * YEAR_MS });
  const due = 5 * YEAR_MS - 60 * DAY_MS;
  expect(await lookAt(due - 1)).toEqual([]);
  expect(watch.ending()).toBe(0);
  const notAfter = new Date(NOW + 5 * YEAR_MS).toISOString();
  expect(await lookAt(due)).toEqual([{ clientKeyId: 'long', accessPoint: 'billing', notAfter }]);
  expect(watch.ending()).toBe(1);
});

test('it is warned of once a day, and no more when it has ended', async () => {
  const { watch, lookAt } = await watching({ long: YEAR_MS });
  const due = YEAR_MS - 60 * DAY_MS;
  const counts = [];
  for (const afterMs of [due, due + MINUTE_MS, due + DAY_MS - 1, due + DAY_MS, YEAR_MS - 1, YEAR_MS])
    counts.push([(await lookAt(afterMs)).length, watch.ending()]);
  expect(counts).toEqual([
    [1, 1],
    [0, 1],
    [0, 1],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
});

test('one that was made for a short time is warned of in the last quarter of it', async () => {
  const { lookAt } = await watching({ short: 8 * DAY_MS });
  expect(await lookAt(6 * DAY_MS - 1)).toEqual([]);
  expect(await lookAt(6 * DAY_MS)).toHaveLength(1);
});

test('one that was deleted is not counted any more', async () => {
  const { store, watch, lookAt } = await watching({ short: 8 * DAY_MS });
  expect(await lookAt(7 * DAY_MS)).toHaveLength(1);
  await store.transact(({ clientKeys }) => clientKeys.delete('short'));
  expect(await lookAt(7 * DAY_MS + MINUTE_MS)).toEqual([]);
  expect(watch.ending()).toBe(0);
});
