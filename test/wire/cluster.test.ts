// An instance of several processes, its primary in the test's own process: what reaches the workers without a restart, and
// what a reload takes over. Sources: design section 6, administration.md.

import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type AddressInfo, connect as connectPlain, createServer } from 'node:net';
import { join } from 'node:path';
import { type ConnectionOptions, connect } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PROTOCOL } from '../../appliance/cluster/messages.ts';
import { startWorker, type WorkerProcess } from '../../appliance/cluster/worker-process.ts';
import { type Config, loadConfig } from '../../appliance/config.ts';
import { type Instance, startInstance } from '../../appliance/instance.ts';
import { MIGRATIONS, schemaVersion } from '../../appliance/storage/migrations.ts';
import { quickstartClient } from '../support/instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const WORKERS = 2;

interface Cluster {
  readonly instance: Instance;
  readonly dataDir: string;
  /** Messages of the primary, with their details. */
  readonly logged: string[];
}

async function startCluster(
  options: {
    clock?: () => number;
    settings?: Record<string, string>;
    reloaded?: () => Record<string, string>;
  } = {},
): Promise<Cluster> {
  const dataDir = join(temporaryFolder(), 'data');
  const config = (settings: Readonly<Record<string, string>> = {}): Config =>
    loadConfig(null, {
      KMS_DATA_DIR: dataDir,
      KMS_DATA_PLANE_PORT: '0',
      KMS_CONTROL_PLANE_PORT: '0',
      KMS_PROCESSES: String(WORKERS),
      KMS_LOG_LEVEL: 'silent',
      ...options.settings,
      ...settings,
    });
  const logged: string[] = [];
  const log = (details: object, message: string): void => void logged.push(message, JSON.stringify(details));
  const instance = await startInstance({
    config: config(),
    logger: { debug: log, info: log, warn: log, error: log },
    reloadedConfig: () => config(options.reloaded?.()),
    ...(options.clock && { clock: options.clock }),
  });
  onTestFinished(() => instance.stop());
  return { instance, dataDir, logged };
}

/** When the certificate of the data plane ends, whether the session was resumed, and the next one. */
async function handshake({ dataPlane }: Instance, session?: Buffer) {
  const options: ConnectionOptions = {
    host: '127.0.0.1',
    port: Number(dataPlane.split(':')[1]),
    rejectUnauthorized: false,
    maxVersion: 'TLSv1.2',
    ...(session && { session }),
  };
  const socket = connect(options);
  await once(socket, 'secureConnect');
  const validTo = Date.parse(socket.getPeerCertificate().valid_to);
  const result = { validTo, reused: socket.isSessionReused(), session: socket.getSession() };
  socket.destroy();
  return result;
}

test('a renewed certificate is served by every worker, and sessions resume across them as before', async () => {
  let now = Date.now();
  const { instance } = await startCluster({ clock: () => now, settings: { KMS_QUICKSTART: 'false' } });
  const first = await handshake(instance);
  // That of the start has looked at the clock already.
  await instance.scheduler.check();
  for (const end = first.validTo - 59 * DAY_MS; now < end; ) {
    now += DAY_MS - 1;
    await instance.scheduler.check();
  }
  const second = await handshake(instance);
  expect(second.validTo).toBeGreaterThan(first.validTo + 30 * DAY_MS);
  let { session } = second;
  for (let count = 0; count < 2 * WORKERS; count += 1) {
    expect((await handshake(instance)).validTo).toBe(second.validTo);
    const resumed = await handshake(instance, session);
    expect(resumed.reused).toBe(true);
    session = resumed.session ?? session;
  }
  // Workers that began with the certificate and those that it was renewed in are the same to a client.
  await instance.reload();
  expect((await handshake(instance, session)).reused).toBe(true);
});

test('a reload takes over what only workers read, and names what needs a start', async () => {
  let reloaded: Record<string, string> = {};
  const { instance, dataDir, logged } = await startCluster({ reloaded: () => reloaded });
  const client = quickstartClient(dataDir, instance);
  onTestFinished(() => client.close());
  const code = () => client.code('GenerateRandom', { Length: 1 });
  expect(await code()).toBe('none');
  reloaded = { KMS_DATA_PLANE_CLIENT_CERTIFICATES: 'required', KMS_SM_ENABLED: 'false', KMS_REGION: 'other' };
  await instance.reload();
  expect(logged).toContain('{"settings":["region","sm.enabled"]}');
  for (let count = 0; count < 2 * WORKERS; count += 1) {
    client.agent.destroy();
    expect(await code()).toBe('Forbidden.NoPermission');
  }
});

test('what ended workers leave of their audit chains is delivered, though nobody continues them', async () => {
  const target = temporaryFolder();
  const { instance } = await startCluster({
    settings: {
      KMS_QUICKSTART: 'false',
      KMS_AUDIT_DELIVERY_TARGET: 'directory',
      KMS_AUDIT_DELIVERY_DIRECTORY: target,
    },
  });
  const delivered = () => readdirSync(target, { recursive: true, encoding: 'utf8' }).join('\n');
  expect(delivered()).not.toMatch(/-p[12]-/);
  await instance.reload();
  await vi.waitFor(
    () => {
      for (const chain of ['p1', 'p2']) expect(delivered()).toMatch(new RegExp(`-${chain}-0*1\\.`));
    },
    { timeout: 25_000, interval: 100 },
  );
  expect(delivered()).not.toMatch(/-p0-/);
});

test('a reload with settings that are not valid changes nothing', async () => {
  let reloaded: Record<string, string> = {};
  const { instance, dataDir, logged } = await startCluster({ reloaded: () => reloaded });
  reloaded = { KMS_NONSENSE: '1' };
  const before = logged.length;
  await expect(instance.reload()).rejects.toThrow('KMS_NONSENSE: unknown setting');
  expect(logged.slice(before)).toEqual([]);
  const client = quickstartClient(dataDir, instance);
  onTestFinished(() => client.close());
  expect(await client.code('GenerateRandom', { Length: 1 })).toBe('none');
});

/** A worker of the test's own, with what it said of itself. */
function ownWorker(config: Config, protocol = PROTOCOL): { worker: WorkerProcess; said: string[] } {
  const said: string[] = [];
  const worker = startWorker({
    counted: () => undefined,
    hasRoom: () => said.push('took'),
    lost: () => said.push('lost'),
    leaving: () => said.push('leaving'),
    slot: 9,
    lockFd: 2,
    start: {
      compatibility: { protocol, storeSchema: schemaVersion(MIGRATIONS) },
      config,
      ticketKeys: Buffer.alloc(48),
    },
  });
  onTestFinished(() => worker.kill());
  return { worker, said };
}

test('a worker of another version does not start', async () => {
  const config = loadConfig(null, { KMS_DATA_DIR: temporaryFolder(), KMS_LOG_LEVEL: 'silent' });
  const { worker } = ownWorker(config, PROTOCOL + 1);
  expect(await worker.ready).toBe(false);
  expect(await worker.ended).toMatchObject({ code: 1, signal: null });
});

test('a worker that breaks says that it leaves while it still has connections, then ends', async () => {
  const { dataDir } = await startCluster({ settings: { KMS_QUICKSTART: 'false' } });
  const { worker, said } = ownWorker(
    loadConfig(null, { KMS_DATA_DIR: dataDir, KMS_LOG_LEVEL: 'silent', KMS_PROCESSES: String(WORKERS) }),
  );
  expect(await worker.ready).toBe(true);
  const server = createServer({ pauseOnConnect: true }, (socket) => worker.hand(socket)).listen(
    0,
    '127.0.0.1',
  );
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const client = connectPlain((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void client.destroy());
  await vi.waitFor(() => expect(said).toEqual(['took']), { timeout: 10_000 });
  void worker.ended.then(() => said.push('ended'));
  // It knows no such message: an exception that nobody catches.
  worker.send({ type: 'nonsense' } as never);
  await vi.waitFor(() => expect(said).toEqual(['took', 'leaving']), { timeout: 4000 });
  expect(client.readyState).toBe('open');
  client.destroy();
  expect(await worker.ended).toMatchObject({ code: 1, signal: null, untaken: [] });
});
