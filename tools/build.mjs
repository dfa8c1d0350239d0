// `npm run build`: compiles the sources of tsconfig.build.json beside `dist` and then puts the result in its place by
// renaming, so that an instance that runs from there finds every file at all times but an instant, and a build that fails
// changes nothing. With --unless-current (what npm's `prepare` runs, also for `npx` in a checkout) it does nothing when
// `dist` is whole and made from the sources as they are.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { isCurrent, STAMP, sourcesDigest } from './build-state.mjs';

const DIST = 'dist';
const CONFIG = 'tsconfig.build.json';
/** Ignored by git; other builds may be under way. */
const FRESH = `dist.new-${process.pid}`;
const REPLACED = `dist.old-${process.pid}`;
/** Another build may put its own in place between two renames. */
const ATTEMPTS = 10;

async function main() {
  if (process.argv.includes('--unless-current') && isCurrent(DIST)) return;
  const compiler = findCompiler();
  // What changes from here on belongs to the next build.
  const digest = sourcesDigest();
  try {
    await run(compiler, ['-p', CONFIG, '--outDir', FRESH]);
    // The compiler does not emit the generated codecs, because it resolves their .d.ts.
    cpSync('proto/generated', join(FRESH, 'proto/generated'), { recursive: true });
    writeFileSync(join(FRESH, STAMP), `${digest}\n`);
    for (let attempt = 1; !replaced(attempt); attempt++);
  } finally {
    for (const folder of [FRESH, REPLACED]) rmSync(folder, { recursive: true, force: true });
  }
}

function findCompiler() {
  try {
    return createRequire(resolve('package.json')).resolve('typescript/bin/tsc');
  } catch {
    const state = existsSync(DIST)
      ? 'dist is left as it is, but is not of these sources'
      : 'there is no dist';
    throw new Error(
      `TypeScript is not installed, and ${state}: run npm ci with the development dependencies`,
    );
  }
}

/** An interrupted build ends its compiler and clears up. */
function run(program, words) {
  const child = spawn(process.execPath, [program, ...words], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code, signal) => {
      if (code === 0) done();
      else failed(new Error(`the compiler ended with ${code ?? signal}: dist is left as it was`));
    });
  });
}

function replaced(attempt) {
  try {
    if (existsSync(DIST)) renameSync(DIST, REPLACED);
    renameSync(FRESH, DIST);
    return true;
  } catch (error) {
    if (existsSync(REPLACED) && !existsSync(DIST)) renameSync(REPLACED, DIST);
    const raced = ['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code);
    if (!raced || attempt === ATTEMPTS) throw error;
    rmSync(REPLACED, { recursive: true, force: true });
    return false;
  }
}

main().catch((error) => {
  process.stderr.write(`build: ${error.message}\n`);
  process.exitCode = 1;
});
