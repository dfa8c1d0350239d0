// The program itself, as a child process: an instance that is started and administered with it, signals, pipes.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = 'appliance/control-plane/cli/main.ts';
const SERVER = 'appliance/main.ts';
/** Every child compiles the program first, on a machine that may be busy. */
const PATIENCE_MS = 90_000;

vi.setConfig({ testTimeout: PATIENCE_MS });

interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function start(program: string, words: readonly string[], environment: Record<string, string>): Child {
  const inherited = Object.entries(process.env).filter(([name]) => !/^KMS(?:CTL)?_/.test(name));
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...words], {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outputs = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      outputs[name] += text;
    });
  }
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, ...outputs }));
  });
  return { process: child, ended };
}

function settings(folder: string): Record<string, string> {
  return {
    KMS_DATA_DIR: folder,
    KMS_DATA_PLANE_PORT: '0',
    KMS_CONTROL_PLANE_PORT: '0',
    KMS_QUICKSTART: 'false',
    KMS_PROCESSES: '1',
  };
}

test.each([
  ['kms start', CLI, ['start']],
  ['npm start', SERVER, []],
])(
  'an instance started with %s is administered with kms and stopped by a signal',
  async (_, program, words) => {
    const folder = join(temporaryFolder(), 'data');
    const environment = settings(folder);
    const instance = start(program, words, environment);
    await vi.waitFor(() => expect(existsSync(join(folder, 'endpoints.json'))).toBe(true), {
      timeout: 20_000,
    });
    expect(await start(CLI, ['key', 'create'], environment).ended).toMatchObject({ code: 0, stderr: '' });
    const unknown = await start(CLI, ['key', 'describe', 'alias/none'], environment).ended;
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain('Forbidden.AliasNotFound');
    instance.process.kill('SIGTERM');
    const { code, stdout } = await instance.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('is ready');
  },
);

test('an instance with an unknown setting does not start and names it', async () => {
  const environment = { ...settings(temporaryFolder()), KMS_NONSENSE: '1' };
  const { code, stderr } = await start(CLI, ['start'], environment).ended;
  expect(code).toBe(4);
  expect(stderr).toContain('KMS_NONSENSE: unknown setting');
});

test('a reader that has seen enough ends the program quietly', async () => {
  const child = start(CLI, ['completion', 'fish'], {});
  child.process.stdout?.destroy();
  expect(await child.ended).toMatchObject({ code: 0, stderr: '' });
});
