// What turns a folder of example programs into runnable ones, a function a language. Everything that is downloaded stays
// in one cache folder outside the tree (SDK_CACHE, else dedicated-kms-sdk under the user's cache), so a second run
// downloads nothing. What is compiled lies in a folder of the run: a cache shared by several checkouts must not run one's
// programs for the other.

import { createHash } from 'node:crypto';
import { access, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { mustRun, runProgram } from './child.ts';

const PREPARE_DEADLINE_MS = 600_000;

export interface Command {
  readonly command: string;
  /** Arguments that come before the program's own. */
  readonly args: readonly string[];
}

/** From the name of a program (a file, a package or a class, by language) to what runs it. */
export type CommandOf = (program: string) => Command;

/** Folder for downloads. */
export function cacheFolder(): string {
  const fromUser = process.env['SDK_CACHE'];
  if (fromUser !== undefined && fromUser !== '') return fromUser;
  const caches = process.env['XDG_CACHE_HOME'];
  return join(
    caches === undefined || caches === '' ? join(homedir(), '.cache') : caches,
    'dedicated-kms-sdk',
  );
}

export interface Folders {
  /** The programs. */
  readonly source: string;
  /** Downloads, kept. */
  readonly cache: string;
  /** Does not exist yet; compiled programs, of this run only. */
  readonly build: string;
}

/** A virtual environment with what requirements.txt names. */
export async function preparePython({ source, cache }: Folders): Promise<CommandOf> {
  const options = { deadline: PREPARE_DEADLINE_MS };
  const requirements = join(source, 'requirements.txt');
  const version = await mustRun('python3', ['--version'], options);
  const environment = await cached(cache, 'python', [version, requirements], async (folder) => {
    await mustRun('python3', ['-m', 'venv', folder], options);
    const pip = ['-m', 'pip', 'install', '--quiet', '--requirement', requirements];
    await mustRun(join(folder, 'bin', 'python'), pip, options);
  });
  const command = join(environment, 'bin', 'python');
  return (file) => ({ command, args: ['-B', join(source, file)] });
}

/** The packages of package-lock.json, beside a copy of the programs. */
export async function prepareNode({ source, cache, build }: Folders): Promise<CommandOf> {
  const lock = join(source, 'package-lock.json');
  const installed = await cached(cache, 'node', [process.version, lock], async (folder) => {
    await mkdir(folder);
    for (const file of ['package.json', 'package-lock.json'])
      await cp(join(source, file), join(folder, file));
    const options = { cwd: folder, deadline: PREPARE_DEADLINE_MS };
    await mustRun('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options);
  });
  const foreign = join(source, 'node_modules');
  await cp(source, build, { recursive: true, filter: (file) => !file.startsWith(foreign) });
  await symlink(join(installed, 'node_modules'), join(build, 'node_modules'));
  return (file) => ({ command: process.execPath, args: [join(build, file)] });
}

export async function prepareGo(folders: Folders, packages: readonly string[]): Promise<CommandOf> {
  const { source, cache, build } = folders;
  await mkdir(build);
  await mustRun('go', ['build', '-o', `${build}/`, ...packages], {
    cwd: source,
    env: {
      ...process.env,
      GOMODCACHE: join(cache, 'go-mod'),
      GOCACHE: join(cache, 'go-build'),
      GOFLAGS: '-mod=readonly -modcacherw -buildvcs=false',
      GOTOOLCHAIN: 'local',
    },
    deadline: PREPARE_DEADLINE_MS,
  });
  return (name) => ({ command: join(build, name), args: [] });
}

export async function prepareJava({ source, cache, build }: Folders): Promise<CommandOf> {
  const classpathFile = `${build}-classpath`;
  const goals = ['compile', 'dependency:build-classpath'];
  const settings = [
    `-Dmaven.repo.local=${join(cache, 'maven')}`,
    `-Dexamples.target=${build}`,
    `-Dmdep.outputFile=${classpathFile}`,
  ];
  const options = { cwd: source, deadline: PREPARE_DEADLINE_MS };
  const offline = await runProgram('mvn', ['-q', '-B', '-o', ...settings, ...goals], options);
  if (offline.code !== 0) await mustRun('mvn', ['-q', '-B', ...settings, ...goals], options);
  const classpath = [join(build, 'classes'), (await readFile(classpathFile, 'utf8')).trim()].join(delimiter);
  return (name) => ({ command: 'java', args: ['-cp', classpath, name] });
}

/** The folder of the cache that `fill` made from exactly this version and lock file. */
async function cached(
  cache: string,
  language: string,
  [version, lock]: readonly [string, string],
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256')
    .update(version)
    .update(await readFile(lock));
  const folder = join(cache, `${language}-${hash.digest('hex').slice(0, 16)}`);
  const complete = join(folder, 'complete');
  if (await exists(complete)) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
  await fill(folder);
  await writeFile(complete, '');
  return folder;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
