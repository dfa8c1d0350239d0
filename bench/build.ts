// Makes sure that what is measured is the product as built, and built from the sources as they are.

import { spawnSync } from 'node:child_process';

/** @throws Error when the build fails */
export function buildIfStale(root: string): void {
  const build = ['tools/build.mjs', '--unless-current'];
  const { status } = spawnSync(process.execPath, build, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the build failed');
}
