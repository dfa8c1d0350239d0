// An instance of several processes: workers that are replaced or killed, a primary that is killed, and what clients notice.
// Issue of the speed on every core, point 1.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { kms } from '../support/cli.ts';
import {
  encryptLoad,
  isAlive,
  recordedIds,
  startCluster,
  verifyChains,
  WORKERS,
} from '../support/cluster.ts';
import { encodeRequest } from '../support/dkms-messages.ts';
import { runInstance } from '../support/instance-process.ts';
import { present } from '../support/present.ts';
import { exchange, openRaw, requestBytes } from '../support/raw-connection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LANES = 8;
const SOON = { timeout: 30_000, interval: 50 };
const newDataDir = (): string => join(temporaryFolder(), 'data');

async function expectGoodChains(dataDir: string): Promise<void> {
  for (const { process, problem } of await verifyChains(dataDir))
    expect({ process, problem }).toEqual({ process, problem: null });
}

test.each(['kms reload', 'SIGHUP'])(
  'all workers are replaced under load without a failed request (%s)',
  async (way) => {
    const cluster = await startCluster(newDataDir());
    const { dataDir, child } = cluster;
    const old = cluster.workers();
    expect(old).toHaveLength(WORKERS);
    const load = encryptLoad(cluster, LANES);
    await load.more(200);
    if (way === 'SIGHUP') child.kill('SIGHUP');
    else
      expect(await kms(['reload'], { environment: { KMS_DATA_DIR: dataDir } })).toMatchObject({
        code: 0,
        stdout: 'All workers are new.\n',
      });
    await vi.waitFor(() => expect(cluster.workers()).toHaveLength(2 * WORKERS), SOON);
    await vi.waitFor(() => expect(old.filter(isAlive)).toEqual([]), SOON);
    await load.more(200);
    await load.stop();
    expect(load.failures).toEqual([]);
    child.kill('SIGTERM');
    expect(await cluster.ended).toEqual([0, null]);
    expect(cluster.workers().filter(isAlive)).toEqual([]);
    const recorded = recordedIds(dataDir);
    expect(load.answered.filter((id) => !recorded.has(id))).toEqual([]);
    await expectGoodChains(dataDir);
  },
);

test('a killed worker costs its open requests only, is replaced, and no record of an answer is lost', async () => {
  const cluster = await startCluster(newDataDir());
  const load = encryptLoad(cluster, LANES);
  await load.more(200);
  const [victim = 0] = cluster.workers();
  process.kill(victim, 'SIGKILL');
  await vi.waitFor(() => expect(cluster.workers()).toHaveLength(WORKERS + 1), SOON);
  await load.more(200);
  await load.stop();
  // Each lane has one request open, and half of the lanes have theirs with the other worker.
  expect(load.failures.length).toBeLessThanOrEqual(LANES / WORKERS + 1);
  expect(load.failures.every((failure) => /ECONNRESET|hang up/.test(failure))).toBe(true);
  cluster.child.kill('SIGTERM');
  await cluster.ended;
  const recorded = recordedIds(cluster.dataDir);
  expect(load.answered.filter((id) => !recorded.has(id))).toEqual([]);
  expect(new Set(recorded.values())).toEqual(new Set(['p1', 'p2']));
  await expectGoodChains(cluster.dataDir);
});

test('a worker that hangs is killed and replaced, and new connections go to the other meanwhile', async () => {
  const cluster = await startCluster(newDataDir());
  const [hanging = 0] = cluster.workers();
  process.kill(hanging, 'SIGSTOP');
  // The first that comes to the hanging worker waits there and finds its way to another.
  const calls = Array.from({ length: 2 * WORKERS }, () =>
    cluster.newClient().code('GenerateRandom', { Length: 1 }),
  );
  await vi.waitFor(() => expect(cluster.workers()).toHaveLength(WORKERS + 1), {
    timeout: 90_000,
    interval: 100,
  });
  expect(await Promise.all(calls)).toEqual(calls.map(() => 'none'));
  expect(cluster.printed()).toContain('a worker hangs and is killed');
});

test('TLS sessions resume in whichever worker the connection comes to', async () => {
  const cluster = await startCluster(newDataDir());
  const { port, ca } = cluster.client.options;
  const bytes = (): Buffer =>
    requestBytes(cluster.client.prepare('GenerateRandom', encodeRequest('GenerateRandom', { Length: 1 })));
  const ids: string[] = [];
  let session: Buffer | undefined;
  const visit = async (): Promise<boolean> => {
    const socket = await openRaw({ port, ca, ...(session && { session }) });
    socket.on('session', (ticket: Buffer) => {
      session = ticket;
    });
    const reused = socket.isSessionReused();
    const [answer] = await exchange(socket, bytes(), 1);
    const [id = ''] =
      /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(present(answer).body.toString('latin1')) ?? [];
    ids.push(id);
    return reused;
  };
  expect(await visit()).toBe(false);
  for (let count = 0; count < 6; count += 1) expect(await visit()).toBe(true);
  const recorded = recordedIds(cluster.dataDir);
  expect(new Set(ids.map((id) => recorded.get(id)))).toEqual(new Set(['p1', 'p2']));
});

test('a second start on the data directory of a running instance is refused and touches nothing', async () => {
  const cluster = await startCluster(newDataDir());
  const endpoints = readFileSync(join(cluster.dataDir, 'endpoints.json'), 'utf8');
  const second = runInstance({ KMS_DATA_DIR: cluster.dataDir });
  expect(await second.ended).toEqual([1, null]);
  expect(second.printed()).toContain(`runs already (process ${String(cluster.child.pid)})`);
  expect(readFileSync(join(cluster.dataDir, 'endpoints.json'), 'utf8')).toBe(endpoints);
  expect(await cluster.client.code('GenerateRandom', { Length: 1 })).toBe('none');
  cluster.child.kill('SIGTERM');
  await cluster.ended;
  await expectGoodChains(cluster.dataDir);
});

test('when the primary is killed its workers end by themselves, and a start right after serves again', async () => {
  const dataDir = newDataDir();
  const cluster = await startCluster(dataDir);
  const load = encryptLoad(cluster, 2);
  await load.more(50);
  const workers = cluster.workers();
  cluster.child.kill('SIGKILL');
  await load.stop();
  const next = await startCluster(dataDir);
  expect(workers.filter(isAlive)).toEqual([]);
  expect(await next.client.code('GenerateRandom', { Length: 1 })).toBe('none');
  next.child.kill('SIGTERM');
  expect(await next.ended).toEqual([0, null]);
  const recorded = recordedIds(dataDir);
  expect(load.answered.filter((id) => !recorded.has(id))).toEqual([]);
  await expectGoodChains(dataDir);
});

test('chains of workers that were killed are sealed by a start with fewer workers', async () => {
  const dataDir = newDataDir();
  const cluster = await startCluster(dataDir);
  await encryptLoad(cluster, 2).more(20);
  for (const pid of [cluster.child.pid ?? 0, ...cluster.workers()]) process.kill(pid, 'SIGKILL');
  await cluster.ended;
  const next = await startCluster(dataDir, { KMS_PROCESSES: '1' });
  next.child.kill('SIGTERM');
  await next.ended;
  const chains = await verifyChains(dataDir, Date.now() + 24 * 60 * 60 * 1000);
  expect(chains.map(({ process, problem, unsealed }) => ({ process, problem, unsealed }))).toEqual(
    ['p0', 'p1', 'p2'].map((process) => ({ process, problem: null, unsealed: 0 })),
  );
});

test('while workers keep ending the log says so, the health check fails and connections wait for one that serves', async () => {
  const dataDir = newDataDir();
  const cluster = await startCluster(dataDir);
  expect(await healthCheck(dataDir)).toBe(0);
  for (const pid of cluster.workers()) process.kill(pid, 'SIGKILL');
  // Their head files cannot be read, so none of the next ones starts.
  const heads = [1, 2, 3, 4].map((slot) => join(dataDir, `audit-head-p${slot}.json`));
  for (const head of heads) {
    rmSync(head, { force: true });
    mkdirSync(head);
  }
  await vi.waitFor(() => expect(cluster.printed()).toContain('workers keep ending'), {
    timeout: 60_000,
    interval: 100,
  });
  expect(await healthCheck(dataDir)).toBe(1);
  const waiting = cluster.newClient().code('GenerateRandom', { Length: 1 });
  for (const head of heads) rmdirSync(head);
  expect(await waiting).toBe('none');
  expect(await healthCheck(dataDir)).toBe(0);
  cluster.child.kill('SIGTERM');
  expect(await cluster.ended).toEqual([0, null]);
  await expectGoodChains(dataDir);
});

/** The exit code of the program that a container runs. */
async function healthCheck(dataDir: string): Promise<number | null> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('KMS_'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'appliance/ops/healthcheck.ts'], {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), KMS_DATA_DIR: dataDir },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
