// The process of an instance: what it prints, how it ends, and how it says that it cannot start.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { kms } from '../support/cli.ts';
import { DkmsClient } from '../support/dkms-client.ts';
import { quickstartCredentials } from '../support/instance.ts';
import { runInstance } from '../support/instance-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('an instance prints where it is and what to try, serves, and ends in order on SIGTERM', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const { child, printed, ended } = runInstance({ KMS_DATA_DIR: dataDir });
  const endpointsFile = join(dataDir, 'endpoints.json');
  await vi.waitFor(() => expect(existsSync(endpointsFile)).toBe(true), { timeout: 20_000 });
  const { dataPlane } = JSON.parse(readFileSync(endpointsFile, 'utf8')) as { dataPlane: string };
  await vi.waitFor(() => expect(printed()).toContain('examples/php/quickstart.php'));
  for (const text of [dataPlane, 'root-accesskey.json', 'examples/python', 'examples/go', 'examples/java']) {
    expect(printed()).toContain(text);
  }
  const credentials = quickstartCredentials(dataDir);
  const password = readFileSync(join(dataDir, 'quickstart', 'client-key.password'), 'utf8');
  expect(printed()).not.toContain(password);
  const ca = readFileSync(join(dataDir, 'ca.pem'), 'utf8');
  const client = new DkmsClient({ port: Number(dataPlane.split(':')[1]), ca, credentials, now: Date.now });
  onTestFinished(() => client.close());
  expect(await client.code('GenerateRandom', { Length: 1 })).toBe('none');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(existsSync(endpointsFile)).toBe(false);
});

test('an unknown setting ends the process before it does anything, naming the setting', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const { printed, ended } = runInstance({ KMS_DATA_DIR: dataDir, KMS_DATA_PLANE_PROT: '1' });
  expect(await ended).toEqual([1, null]);
  expect(printed()).toBe('The instance did not start.\nKMS_DATA_PLANE_PROT: unknown setting\n');
  expect(existsSync(dataDir)).toBe(false);
});

test('an instance that waits for its HSM cluster says so to whoever asks, stays on SIGHUP, and ends in order on SIGTERM', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const settings = { KMS_DATA_DIR: dataDir, KMS_EDITION: 'standard', KMS_HSM_MEMBERS: 'a=unix:/nowhere' };
  const { child, printed, ended } = runInstance({ ...settings, KMS_LOG_LEVEL: 'info' });
  const said = (): void => {
    expect(printed()).toContain('waiting for the HSM cluster');
    expect(existsSync(join(dataDir, 'hsm-status.json'))).toBe(true);
  };
  await vi.waitFor(said, { timeout: 20_000 });
  const status = await kms(['hsm', 'status', '--data-dir', dataDir]);
  expect(status.stdout).toMatch(/^State: +Connecting$/m);
  expect(status.stdout).toMatch(/^Reason: .*a: disconnected, No connection to the HSM node \(ENOENT\)/m);
  const health = spawnSync(process.execPath, ['--import', 'tsx', 'appliance/ops/healthcheck.ts'], {
    env: { ...process.env, ...settings },
    encoding: 'utf8',
  });
  expect(health.status).toBe(1);
  expect(health.stderr).toMatch(/^unhealthy: waiting for the HSM cluster: Connecting, .*a: disconnected/);
  child.kill('SIGHUP');
  await vi.waitFor(() => expect(printed()).toContain('starting; nothing to reload'));
  expect(existsSync(join(dataDir, 'hsm-status.json'))).toBe(true);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await vi.waitFor(() => expect(printed()).toContain('stopped before it served'));
  expect(existsSync(join(dataDir, 'hsm-status.json'))).toBe(false);
});
