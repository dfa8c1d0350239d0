// The process of an instance, as `npm start` makes it, for tests that end it the hard way.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { DkmsClient } from './dkms-client.ts';
import { quickstartCredentials } from './instance.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface InstanceProcess {
  readonly child: ChildProcess;
  readonly client: DkmsClient;
  /** Ends it as a power switch would, without any warning. */
  kill(): Promise<void>;
}

/** Resolves when it serves. */
export async function instanceProcess(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<InstanceProcess> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('KMS_'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'appliance/main.ts'], {
    cwd: ROOT,
    env: {
      ...Object.fromEntries(inherited),
      KMS_DATA_DIR: dataDir,
      KMS_DATA_PLANE_PORT: '0',
      KMS_CONTROL_PLANE_PORT: '0',
      KMS_LOG_LEVEL: 'error',
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  const endpoints = join(dataDir, 'endpoints.json');
  const owned = (): boolean => {
    if (!existsSync(endpoints)) return false;
    const { dataPlane } = JSON.parse(readFileSync(endpoints, 'utf8')) as { dataPlane: string };
    return dataPlane !== '';
  };
  await vi.waitFor(() => expect(owned()).toBe(true), { timeout: 20_000 });
  const { dataPlane } = JSON.parse(readFileSync(endpoints, 'utf8')) as { dataPlane: string };
  const client = new DkmsClient({
    port: Number(dataPlane.split(':')[1]),
    ca: readFileSync(join(dataDir, 'ca.pem'), 'utf8'),
    credentials: quickstartCredentials(dataDir),
    now: Date.now,
  });
  onTestFinished(() => client.close());
  return {
    child,
    client,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
