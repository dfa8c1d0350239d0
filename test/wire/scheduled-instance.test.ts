// Scheduled work in a whole instance: the server certificate is renewed and served without a restart, and a clock that
// jumps keeps that, and everything else, from happening.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../appliance/config.ts';
import { type Instance, startInstance } from '../../appliance/instance.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let folder: string;
let instance: Instance;
const clock = { now: Date.now() };
const logged: string[] = [];

async function start(changes: NodeJS.ProcessEnv = {}): Promise<Instance> {
  const log = (_details: object, message: string) => logged.push(message);
  const config = loadConfig(null, {
    KMS_DATA_DIR: folder,
    KMS_DATA_PLANE_PORT: '0',
    KMS_CONTROL_PLANE_PORT: '0',
    KMS_QUICKSTART: 'false',
    KMS_PROCESSES: '1',
    ...changes,
  });
  const logger = { debug: log, info: log, warn: log, error: log };
  return startInstance({ config, logger, clock: () => clock.now });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dedicated-kms-'));
  instance = await start();
  await instance.scheduler.check();
});

afterAll(async () => {
  await instance.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Fingerprint of the certificate that a new connection is presented with. */
function presented(endpoint: string): Promise<string> {
  const port = Number(endpoint.split(':').at(-1));
  return new Promise((resolve, reject) => {
    // By the clock of this process the renewed one lies in the future; who is presented is all that matters here.
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.end();
    });
    socket.once('error', reject);
  });
}

const both = () => Promise.all([presented(instance.dataPlane), presented(instance.controlPlane)]);

describe('the scheduler of an instance', () => {
  test('works from the start and leaves a fresh certificate alone', async () => {
    expect(instance.scheduler.status()).toEqual({ state: 'working' });
    const before = await both();
    await instance.scheduler.check();
    expect(await both()).toEqual(before);
  });

  test('renews nothing by a clock that has jumped, and says so', async () => {
    const before = await both();
    clock.now += 3000 * DAY_MS;
    await instance.scheduler.check();
    expect(instance.scheduler.status().state).toBe('clock-refused');
    expect(logged.some((message) => message.includes('scheduler.acceptClockUntil'))).toBe(true);
    expect(await both()).toEqual(before);
    clock.now -= 3000 * DAY_MS;
    await instance.scheduler.check();
    expect(instance.scheduler.status()).toEqual({ state: 'working' });
  });

  test('renews the certificate in time and serves it on both listeners', async () => {
    const before = await both();
    // Honest days, as the guard sees them: none longer than its bound.
    for (let days = 0; days < 400 && !logged.includes('server certificate renewed'); days += 1) {
      clock.now += DAY_MS - 1;
      await instance.scheduler.check();
    }
    expect(logged).toContain('server certificate renewed');
    const after = await both();
    expect(new Set([...before, ...after]).size).toBe(2);
  });

  test('refuses after a restart by a jumped clock until the operator accepts it', async () => {
    await instance.stop();
    clock.now += 100 * DAY_MS;
    instance = await start();
    await instance.scheduler.check();
    expect(instance.scheduler.status().state).toBe('clock-refused');
    await instance.stop();
    const until = new Date(clock.now + 60 * 60 * 1000).toISOString();
    instance = await start({ KMS_SCHEDULER_ACCEPT_CLOCK_UNTIL: until });
    await instance.scheduler.check();
    expect(instance.scheduler.status()).toEqual({ state: 'working' });
  });
});
