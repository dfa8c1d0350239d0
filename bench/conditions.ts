// Under which conditions a result was measured, and whether two results can be compared at all.

import { readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import type { Conditions, Result } from './result.ts';

/** Where data directories of the bench are; TMPDIR moves it. */
export function fileSystemOfBench(): string {
  try {
    return fileSystemOf(realpathSync(tmpdir()), readFileSync('/proc/self/mounts', 'utf8'));
  } catch {
    return 'unknown';
  }
}

/** Its type, of the mount with the longest path that leads to the folder; the later of two in the same place. */
export function fileSystemOf(folder: string, mounts: string): string {
  let best = { path: '', type: 'unknown' };
  for (const line of mounts.split('\n')) {
    const [, path = '', type = ''] = line.split(' ');
    const leads = path === '/' || folder === path || folder.startsWith(`${path}/`);
    if (path !== '' && leads && path.length >= best.path.length) best = { path, type };
  }
  return best.type;
}

export function conditionsText({ seconds, settings, fileSystem }: Conditions): string {
  const set = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const memory = fileSystem === 'tmpfs' ? ' (MEMORY: syncing costs nothing there; TMPDIR moves it)' : '';
  const parts = [`${seconds} s a measurement`, `data directory on ${fileSystem}${memory}`, ...set];
  return `${parts.join('; ')}\n`;
}

/** What two results do not share; nothing can be said about their difference then. */
export function differentConditions(before: Result, after: Result): string[] {
  const [old, present] = [conditionsOf(before), conditionsOf(after)];
  return Object.keys(old).filter((name) => !isDeepStrictEqual(old[name], present[name]));
}

function conditionsOf({ edition, machine, conditions }: Result): Readonly<Record<string, unknown>> {
  const { seconds, settings, fileSystem } = conditions ?? {};
  return { edition, ...machine, seconds, settings, fileSystem };
}
