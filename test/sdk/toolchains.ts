// Turns the example programs into runnable commands. Everything that is downloaded stays in one cache folder outside the
// tree (SDK_CACHE, else dedicated-kms-sdk under the user's cache), so a second run downloads nothing. What is compiled
// lies in a folder of the run: a cache shared by several checkouts must not run one's programs for the other.

import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { mustRun, runProgram } from './child.ts';

const PREPARE_DEADLINE_MS = 600_000;

export interface Command {
  readonly command: string;
  /** Arguments that come before the program's own. */
  readonly args: readonly string[];
}

export interface Programs {
  readonly language: string;
  readonly quickstart: Command;
  readonly conformance: Command;
}

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

interface Folders {
  /** The example programs. */
  readonly examples: string;
  /** Downloads, kept. */
  readonly cache: string;
  /** Exists; compiled programs, of this run only. */
  readonly build: string;
}

/** Downloads what is not in the cache yet and builds. */
export function preparePrograms(folders: Folders): Promise<Programs[]> {
  return Promise.all([preparePython(folders), prepareGo(folders), prepareJava(folders)]);
}

async function preparePython({ examples, cache }: Folders): Promise<Programs> {
  const source = join(examples, 'python');
  const options = { deadline: PREPARE_DEADLINE_MS };
  const requirements = join(source, 'requirements.txt');
  const version = await mustRun('python3', ['--version'], options);
  const hash = createHash('sha256')
    .update(version)
    .update(await readFile(requirements));
  const environment = join(cache, `python-${hash.digest('hex').slice(0, 16)}`);
  const python = join(environment, 'bin', 'python');
  const complete = join(environment, 'complete');
  if (!(await exists(complete))) {
    await rm(environment, { recursive: true, force: true });
    await mkdir(cache, { recursive: true });
    await mustRun('python3', ['-m', 'venv', environment], options);
    await mustRun(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], options);
    await writeFile(complete, '');
  }
  const program = (file: string): Command => ({ command: python, args: ['-B', join(source, file)] });
  return { language: 'python', quickstart: program('quickstart.py'), conformance: program('conformance.py') };
}

async function prepareGo({ examples, cache, build }: Folders): Promise<Programs> {
  const binaries = join(build, 'go');
  await mkdir(binaries);
  await mustRun('go', ['build', '-o', binaries, './quickstart', './conformance'], {
    cwd: join(examples, 'go'),
    env: {
      ...process.env,
      GOMODCACHE: join(cache, 'go-mod'),
      GOCACHE: join(cache, 'go-build'),
      GOFLAGS: '-mod=readonly -modcacherw -buildvcs=false',
      GOTOOLCHAIN: 'local',
    },
    deadline: PREPARE_DEADLINE_MS,
  });
  const program = (name: string): Command => ({ command: join(binaries, name), args: [] });
  return { language: 'go', quickstart: program('quickstart'), conformance: program('conformance') };
}

async function prepareJava({ examples, cache, build }: Folders): Promise<Programs> {
  const target = join(build, 'java');
  const classpathFile = join(build, 'java-classpath');
  const goals = ['compile', 'dependency:build-classpath'];
  const settings = [
    `-Dmaven.repo.local=${join(cache, 'maven')}`,
    `-Dexamples.target=${target}`,
    `-Dmdep.outputFile=${classpathFile}`,
  ];
  const options = { cwd: join(examples, 'java'), deadline: PREPARE_DEADLINE_MS };
  const offline = await runProgram('mvn', ['-q', '-B', '-o', ...settings, ...goals], options);
  if (offline.code !== 0) await mustRun('mvn', ['-q', '-B', ...settings, ...goals], options);
  const classpath = [join(target, 'classes'), (await readFile(classpathFile, 'utf8')).trim()].join(delimiter);
  const program = (name: string): Command => ({ command: 'java', args: ['-cp', classpath, name] });
  return {
    language: 'java',
    quickstart: program('Quickstart'),
    conformance: program('conformance.Conformance'),
  };
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
