// The end of a deletion window, with the process killed between every two steps of the work: the key is entirely there
// or entirely gone, and the next process finishes the work and has it audited.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LEASE_MS } from '../../appliance/core/scheduler-state.ts';
import { LmdbStore } from '../../appliance/storage/lmdb-store.ts';
import { NOW } from '../support/control-plane.ts';
import { DOOMED, type Schedulers, schedulers } from '../support/schedulers.ts';
import { softwareKeyStore } from '../support/software-keys.ts';
import { faultsOf } from '../support/store-faults.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROGRAM = fileURLToPath(new URL('../support/scheduler-process.ts', import.meta.url));
/** Lease, deed and audit, and seven records that go. */
const LEAST_STEPS = 15;

async function within<T>(folder: string, use: (fixture: Schedulers) => Promise<T>): Promise<T> {
  const bytes = new LmdbStore(folder);
  try {
    return await use(schedulers(bytes));
  } finally {
    await bytes.close();
  }
}

/** Key, versions, aliases: how many of each a key has. */
function partsOf({ store, key }: Schedulers, id: string): (number | undefined)[] {
  const found = key(id);
  const versions = [...store.records.keyVersions.list()].filter(({ keyId }) => keyId === id);
  const aliases = [...store.records.aliases.list()].filter(({ keyId }) => keyId === id);
  return [found ? 1 : 0, versions.length, aliases.length, found?.tags.length ?? 0];
}

const WHOLE = [1, 3, 2, 1];
const GONE = [0, 0, 0, 0];

async function newKey({ keys, store, createKey }: Schedulers): Promise<string> {
  const { id } = await createKey();
  store.refresh();
  for (let count = 0; count < 2; count += 1) {
    await keys.createKeyVersion(id);
    await keys.createAlias(`alias/${id}-${count}`, id);
    store.refresh();
  }
  await keys.tagKey(id, [{ key: 'a', value: 'b' }]);
  store.refresh();
  return id;
}

async function checked(folder: string, at: number): Promise<string[]> {
  const args = ['--import', 'tsx', PROGRAM, 'killed', folder, String(NOW), String(at)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.write('check\n');
  await once(child, 'close');
  return Buffer.concat(chunks).toString('utf8').split('\n').filter(Boolean);
}

test('a key whose deletion is killed at any step is all there or all gone, and the next process ends the work', async () => {
  const root = temporaryFolder();
  const origin = join(root, 'origin');
  const [doomed, other] = await within(origin, async (fixture) => {
    const ids = [await newKey(fixture), await newKey(fixture)] as const;
    await fixture.store.transact(({ keys }) => {
      const key = keys.get(ids[0]);
      if (key) keys.put(key.id, { ...key, ...DOOMED });
    });
    return ids;
  });
  const states = new Set<string>();
  const deed = `DeleteKey ${doomed}`;
  let steps = 0;
  for (; ; steps += 1) {
    const folder = join(root, String(steps + 1));
    cpSync(origin, folder, { recursive: true });
    const lines = await checked(folder, steps + 1);
    const last = lines.at(-1) ?? '';
    if (last === 'working') break;
    expect(last).toMatch(/^killed /);
    await within(folder, async (fixture) => {
      const keyStore = softwareKeyStore();
      const parts = partsOf(fixture, doomed);
      expect([WHOLE, GONE]).toContainEqual(parts);
      if (lines.includes(deed)) expect(parts).toEqual(GONE);
      states.add(String(parts));
      expect(partsOf(fixture, other)).toEqual(WHOLE);
      expect(await faultsOf(fixture.store, keyStore)).toEqual([]);

      fixture.pass(LEASE_MS + 1);
      await fixture.newProcess('next').check();
      expect(partsOf(fixture, doomed)).toEqual(GONE);
      expect(partsOf(fixture, other)).toEqual(WHOLE);
      expect(await faultsOf(fixture.store, keyStore)).toEqual([]);
      const audited = fixture.audit.records.map(({ api, resource }) => `${api} ${resource}`);
      expect([...lines, ...audited]).toContain(deed);
      await keyStore.close();
    });
  }
  expect([...states].sort()).toEqual([String(GONE), String(WHOLE)].sort());
  expect(steps).toBeGreaterThanOrEqual(LEAST_STEPS);
});
