// Makes sure that what is measured is the product as built, and built from the sources as they are.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = [
  'appliance',
  'proto',
  'certs-tool',
  'hsm-adapter',
  'package-lock.json',
  'tsconfig.build.json',
];
const BUILT = 'dist/appliance/main.js';

/** Runs `npm run build` unless dist is newer than every source. @throws Error when the build fails */
export function buildIfStale(root: string): void {
  const built = join(root, BUILT);
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0;
  const changedAt = Math.max(...SOURCES.map((name) => lastChange(join(root, name))));
  if (changedAt < builtAt) return;
  process.stderr.write('building\n');
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the build failed');
}

function lastChange(path: string): number {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}
