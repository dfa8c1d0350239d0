// Which sources a build is made from, and whether a built folder is theirs and whole. By their content, because a clone, a
// copy and a container's COPY give files times of their own.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** In the built folder: the digest of the sources it is made from. */
export const STAMP = 'sources.sha256';

/** They decide with the sources what the compiler writes. */
const SETTINGS = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const GENERATED = 'proto/generated';

export function sourcesDigest() {
  const hash = createHash('sha256');
  for (const file of [...SETTINGS, ...sources()].filter((each) => existsSync(each))) {
    const content = readFileSync(file);
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

export function isCurrent(built) {
  const stamp = join(built, STAMP);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8').trim() !== sourcesDigest()) return false;
  return sources()
    .filter((file) => !file.endsWith('.d.ts'))
    .every((file) => existsSync(join(built, file.replace(/\.ts$/, '.js'))));
}

/** The files of what the build includes: whole folders, or those of one level (`proto/*.ts`). */
function sources() {
  const { include } = JSON.parse(readFileSync('tsconfig.build.json', 'utf8'));
  const files = [...include, GENERATED].flatMap((entry) => {
    const flat = entry.endsWith('/*.ts');
    const folder = flat ? dirname(entry) : entry;
    return readdirSync(folder, { recursive: !flat, encoding: 'utf8' }).map((name) => join(folder, name));
  });
  return files.filter((file) => /\.[jt]s$/.test(file)).sort();
}
