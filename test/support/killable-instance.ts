// The process of an instance, for tests that end it the hard way, with a client of its data plane.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { DkmsClient } from './dkms-client.ts';
import { quickstartCredentials } from './instance.ts';
import { type InstanceProcess, runInstance } from './instance-process.ts';

export interface KillableInstance extends InstanceProcess {
  readonly client: DkmsClient;
  /** Ends it as a power switch would, without any warning. */
  kill(): Promise<void>;
}

/** Resolves when it serves. */
export async function killableInstance(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<KillableInstance> {
  const endpoints = join(dataDir, 'endpoints.json');
  // That of one that was killed before is still there.
  rmSync(endpoints, { force: true });
  const running = runInstance({ KMS_DATA_DIR: dataDir, ...settings });
  await vi.waitFor(() => expect(existsSync(endpoints)).toBe(true), { timeout: 60_000 });
  const { dataPlane } = JSON.parse(readFileSync(endpoints, 'utf8')) as { dataPlane: string };
  const client = new DkmsClient({
    port: Number(dataPlane.split(':')[1]),
    ca: readFileSync(join(dataDir, 'ca.pem'), 'utf8'),
    credentials: quickstartCredentials(dataDir),
    now: Date.now,
  });
  onTestFinished(() => client.close());
  return {
    ...running,
    client,
    async kill() {
      running.child.kill('SIGKILL');
      await running.ended;
    },
  };
}
