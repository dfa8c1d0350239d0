// What a container is built from, and the programs that a checkout and an image have on their path.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const PROGRAMS = (JSON.parse(read('package.json')) as { bin: Record<string, string> }).bin;

test('.dockerignore admits every folder that is compiled and every file that the Dockerfile takes, and no other', () => {
  const [first, ...admitted] = read('.dockerignore').trim().split('\n');
  const { include } = JSON.parse(read('tsconfig.build.json')) as { include: string[] };
  const compiled = include.map((entry) => entry.split('/')[0]);
  // `npm run build` and the image's own copies: the rest of the context is not asked for.
  const used = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'tools', 'bin'];
  expect(first).toBe('**');
  expect(admitted.sort()).toEqual([...new Set([...compiled, ...used])].map((name) => `!${name}`).sort());
});

test('what the Dockerfile copies is admitted, or made by the build', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  );
  expect(copied).toContain('package-lock.json');
  for (const name of copied.filter((each) => each !== '.'))
    expect(read('.dockerignore')).toContain(`!${name}\n`);
});

test.each(Object.entries(PROGRAMS))('%s runs its program, called by a link from any folder', (name, file) => {
  const [, program = ''] = /dist\/(\S+)\.js/.exec(read(file)) ?? [];
  expect(existsSync(join(ROOT, `${program}.ts`))).toBe(true);
  const folder = temporaryFolder();
  cpSync(join(ROOT, file), join(folder, 'checkout', file));
  mkdirSync(dirname(join(folder, 'checkout/dist', program)), { recursive: true });
  writeFileSync(
    join(folder, 'checkout/dist', `${program}.js`),
    'process.stdout.write(JSON.stringify(process.argv.slice(2)));',
  );
  mkdirSync(join(folder, 'path'));
  symlinkSync(join(folder, 'checkout', file), join(folder, 'path', name));
  const env = { ...process.env, PATH: `${join(folder, 'path')}:${dirname(process.execPath)}:/usr/bin:/bin` };
  const { stdout } = spawnSync(name, ['key list', '--details'], { cwd: '/', env, encoding: 'utf8' });
  expect(stdout).toBe('["key list","--details"]');
});
