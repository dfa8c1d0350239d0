// The build of a small project: what it leaves in `dist`, when it does nothing, and that a failure leaves all as it was.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

function project(): string {
  const folder = temporaryFolder();
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  for (const name of ['appliance', 'proto/generated', 'node_modules']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  cpSync(join(ROOT, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.build.json'), 'utf8')) as {
    compilerOptions: object;
  };
  const build = { extends: './tsconfig.json', compilerOptions, include: ['appliance', 'proto/*.ts'] };
  write('tsconfig.build.json', JSON.stringify(build));
  write('package.json', '{"type":"module"}');
  write('appliance/main.ts', 'export const VERSION: number = 1;\n');
  write('proto/index.ts', 'export const MESSAGES: number = 1;\n');
  write('proto/generated/api.js', 'export const codec = 1;\n');
  for (const name of ['typescript', '@types', 'undici-types']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  return folder;
}

function build(folder: string, ...words: string[]): { status: number | null; stderr: string } {
  const program = join(ROOT, 'tools/build.mjs');
  return spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8' });
}

/** Another one after every build that took place. */
const inode = (folder: string): number => statSync(join(folder, 'dist')).ino;

test('a build replaces dist as a whole, and one that is current is left alone until a source or a file changes', () => {
  const folder = project();
  const prepare = () => build(folder, '--unless-current');
  expect(prepare()).toMatchObject({ status: 0 });
  const files = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(
    expect.arrayContaining(['appliance/main.js', 'proto/index.js', 'proto/generated/api.js']),
  );
  const first = inode(folder);
  expect(prepare()).toMatchObject({ status: 0 });
  expect(inode(folder)).toBe(first);

  rmSync(join(folder, 'dist/appliance/main.js'));
  expect(prepare()).toMatchObject({ status: 0 });
  const second = inode(folder);
  expect(second).not.toBe(first);

  writeFileSync(join(folder, 'appliance/main.ts'), 'export const VERSION: number = 2;\n');
  expect(prepare()).toMatchObject({ status: 0 });
  expect(readFileSync(join(folder, 'dist/appliance/main.js'), 'utf8')).toContain('VERSION = 2');
  expect(readdirSync(folder).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});

test('a build that fails, or has no compiler, leaves dist as it was', () => {
  const folder = project();
  expect(build(folder)).toMatchObject({ status: 0 });
  const before = inode(folder);
  writeFileSync(join(folder, 'appliance/main.ts'), 'export const VERSION: number = "two";\n');
  expect(build(folder).status).toBe(1);
  rmSync(join(folder, 'node_modules/typescript'));
  const { status, stderr } = build(folder, '--unless-current');
  expect([status, stderr]).toEqual([1, expect.stringContaining('TypeScript is not installed')]);
  expect(inode(folder)).toBe(before);
  expect(readFileSync(join(folder, 'dist/appliance/main.js'), 'utf8')).toContain('VERSION = 1');
  expect(readdirSync(folder).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});
