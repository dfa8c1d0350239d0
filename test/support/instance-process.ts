// The process of an instance, as `npm run dev` runs it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

export interface InstanceProcess {
  readonly child: ChildProcess;
  /** Standard output and standard error so far. */
  readonly printed: () => string;
  readonly ended: Promise<unknown[]>;
}

/** The process of an instance on free ports, with these settings and no others; killed when the test is over. */
export function runInstance(settings: Readonly<Record<string, string>>): InstanceProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('KMS_'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'appliance/main.ts'], {
    cwd: ROOT,
    env: {
      ...Object.fromEntries(inherited),
      KMS_DATA_PLANE_PORT: '0',
      KMS_CONTROL_PLANE_PORT: '0',
      KMS_LOG_LEVEL: 'error',
      KMS_PROCESSES: '1',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(child, 'close');
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, printed: () => Buffer.concat(chunks).toString('utf8'), ended };
}
