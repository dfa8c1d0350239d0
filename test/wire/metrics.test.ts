// The metrics of a whole instance, as a collector finds them in its file.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { quickstartClient, rootClient, startTestInstance } from '../support/instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;

test('requests of both planes, a delivery that fails and the end of the instance show in the file', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const file = join(temporaryFolder(), 'kms.prom');
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  const settings = {
    KMS_METRICS_FILE: file,
    KMS_AUDIT_DELIVERY_TARGET: 'directory',
    KMS_AUDIT_DELIVERY_DIRECTORY: join(dataDir, 'not-mounted'),
  };
  const instance = await startTestInstance(dataDir, { settings, clock });
  let stopped: Promise<void> | null = null;
  const stop = () => (stopped ??= instance.stop());
  onTestFinished(stop);
  const value = (series: string): number => {
    const label = `kms="${instance.instanceId}"`;
    const name = series.includes('{') ? series.replace('{', `{${label},`) : `${series}{${label}}`;
    const line = readFileSync(file, 'utf8')
      .split('\n')
      .find((each) => each.startsWith(`${name} `));
    return Number(line?.slice(name.length));
  };
  expect(value('kms_info{edition="basic"}')).toBe(1);
  expect(value('kms_audit_state')).toBe(0);
  expect(existsSync(join(dataDir, 'metrics.prom'))).toBe(false);

  const data = quickstartClient(dataDir, instance, clock);
  onTestFinished(() => data.close());
  await data.ok('GenerateRandom', { Length: 8 });
  await data.ok('GenerateRandom', { Length: 8 });
  expect(
    (await data.call('Encrypt', { KeyId: 'alias/nobody', Plaintext: Buffer.from('marked') })).status,
  ).toBe(404);
  const control = rootClient(dataDir, instance);
  await control.call('ListKeys', {});
  // The segment of the hour before is closed, and cannot be delivered.
  ahead = HOUR_MS;
  await data.ok('GenerateRandom', { Length: 8 });
  await vi.waitFor(() => expect(value('kms_audit_delivery_failures_total')).toBeGreaterThan(0), {
    timeout: 20_000,
    interval: 100,
  });
  expect(value('kms_audit_state')).toBe(1);
  expect(value('kms_audit_reason{reason="delivery-failing"}')).toBe(1);
  expect(value('kms_audit_spool_segments')).toBe(1);
  expect(value('kms_audit_free_bytes')).toBeGreaterThan(0);
  expect(value('kms_audit_oldest_undelivered_seconds')).toBeGreaterThan(0);
  expect(value('kms_requests_total{plane="data",class="2xx"}')).toBe(3);
  expect(value('kms_requests_total{plane="data",class="4xx"}')).toBe(1);
  expect(value('kms_requests_total{plane="control",class="2xx"}')).toBe(1);
  expect(value('kms_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  expect(readFileSync(file, 'utf8')).not.toMatch(/KAAP|alias|LTAI/);

  await stop();
  expect(existsSync(file)).toBe(false);
});

test('an instance without a metrics file writes none', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const instance = await startTestInstance(dataDir, { settings: { KMS_METRICS_FILE: '' } });
  expect(existsSync(join(dataDir, 'metrics.prom'))).toBe(false);
  await instance.stop();
});

test('what workers answer is counted by the primary, also of those that have ended', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const file = join(dataDir, 'metrics.prom');
  const instance = await startTestInstance(dataDir, { settings: { KMS_PROCESSES: '2' } });
  onTestFinished(() => instance.stop());
  const data = quickstartClient(dataDir, instance);
  onTestFinished(() => data.close());
  for (let calls = 0; calls < 5; calls += 1) await data.ok('GenerateRandom', { Length: 8 });
  await instance.reload();
  const counted = /^kms_requests_total\{kms="[^"]+",plane="data",class="2xx"\} 5$/m;
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toMatch(counted), {
    timeout: 20_000,
    interval: 200,
  });
});
