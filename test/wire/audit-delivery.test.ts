// An instance that delivers its log: when the hour has passed the segment is at the target, status and health check tell how
// that goes, and a target that is away stops nothing.

import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { healthcheck } from '../support/healthcheck.ts';
import { quickstartClient, startTestInstance } from '../support/instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;

test('segments arrive when their hour has passed, also after the target was away', async () => {
  const folder = temporaryFolder();
  const [dataDir, target, heads] = ['data', 'target', 'heads'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(target);
  mkdirSync(heads);
  let ahead = 0;
  const clock = (): number => Date.now() + ahead;
  const settings = {
    KMS_AUDIT_DELIVERY_TARGET: 'directory',
    KMS_AUDIT_DELIVERY_DIRECTORY: target,
    KMS_AUDIT_DELIVERY_HEAD_TARGET: 'directory',
    KMS_AUDIT_DELIVERY_HEAD_DIRECTORY: heads,
  };
  const instance = await startTestInstance(dataDir, { settings, clock });
  onTestFinished(() => instance.stop());
  const client = quickstartClient(dataDir, instance, clock);
  onTestFinished(() => client.close());
  const hour = async (): Promise<void> => {
    await client.ok('GenerateRandom', { Length: 8 });
    ahead += HOUR_MS;
    await client.ok('GenerateRandom', { Length: 8 });
  };
  const files = (directory: string): string[] =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(gz|json)$/.test(name));

  await hour();
  await vi.waitFor(() => expect(files(target)).toHaveLength(1));
  const named = new RegExp(
    `^audit/${instance.instanceId}/\\d{4}/\\d\\d/\\d\\d/\\d\\d-p0-00000001\\.log\\.gz$`,
  );
  expect(files(target)[0]).toMatch(named);
  expect(files(heads)[0]).toMatch(new RegExp(`^audit/${instance.instanceId}/heads/`));
  await vi.waitFor(() =>
    expect(instance.auditStatus()).toMatchObject({
      target: 'directory',
      spoolSegments: 0,
      lastError: null,
      lastDelivery: expect.any(Number) as number,
    }),
  );

  renameSync(target, `${target}-away`);
  await hour();
  await vi.waitFor(() =>
    expect(instance.auditStatus()).toMatchObject({
      spoolSegments: 1,
      lastError: 'target-missing',
      state: 'warning',
    }),
  );
  const { exitCode, printed } = await healthcheck(dataDir);
  expect(exitCode).toBe(0);
  expect(printed).toMatch(/^warning: audit .*, last delivery: target-missing$/m);

  renameSync(`${target}-away`, target);
  await vi.waitFor(() => expect(files(target)).toHaveLength(2), { timeout: 20_000 });
});
