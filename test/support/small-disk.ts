// A file system of one mebibyte for one test, full when it is full: a tmpfs where mounting is permitted.

import { spawnSync } from 'node:child_process';
import { statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** Null where mounting is not permitted. */
export function smallDisk(kibibytes = 1024): string | null {
  const path = temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k,mode=0700`, 'tmpfs', path]);
  if (mounted.status !== 0) return null;
  onTestFinished(() => void spawnSync('umount', ['--lazy', path]));
  return path;
}

/** Takes what is left, in a file that can be removed again. */
export function fill(disk: string): string {
  const { bavail, bsize } = statfsSync(disk);
  const path = join(disk, 'filler');
  writeFileSync(path, Buffer.alloc(bavail * bsize));
  return path;
}
