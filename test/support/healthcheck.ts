// The health check of an instance, as an orchestrator runs it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

export async function healthcheck(dataDir: string): Promise<{ exitCode: number; printed: string }> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('KMS_'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'appliance/ops/healthcheck.ts'], {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), KMS_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, printed: Buffer.concat(chunks).toString('utf8') };
}
