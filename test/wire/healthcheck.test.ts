// The health check of an instance whose names and settings it does not know: it has the data directory alone.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { healthcheck } from '../support/healthcheck.ts';
import { startTestInstance } from '../support/instance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function startNamed(names: string): Promise<string> {
  const dataDir = temporaryFolder();
  const settings = { KMS_QUICKSTART: 'false', KMS_SERVER_NAMES: names };
  const instance = await startTestInstance(dataDir, { settings });
  onTestFinished(() => instance.stop());
  return dataDir;
}

test.each(['KMS.Internal.Example', '2001:DB8:0::1', '::ffff:10.1.2.3', '10.1.2.3'])(
  'an instance with the name %s is healthy',
  async (name) => {
    const dataDir = await startNamed(`${name},other.example`);
    expect(await healthcheck(dataDir)).toEqual({ exitCode: 0, printed: '' });
  },
);

test('an instance whose certificate has other names is not', async () => {
  const dataDir = await startNamed('kms.example');
  const file = join(dataDir, 'endpoints.json');
  const endpoints = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...endpoints, serverName: 'kms.example.org' }));
  const { exitCode, printed } = await healthcheck(dataDir);
  expect([exitCode, printed]).toEqual([1, expect.stringMatching(/^unhealthy: Hostname.*does not match/)]);
});
