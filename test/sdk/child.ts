// Runs one program to its end with a deadline and keeps what it printed. The only place in this folder that spawns,
// apart from instance.ts, whose child outlives the call.

import { spawn } from 'node:child_process';

export interface Finished {
  /** Exit code; null when a signal ended the program (the deadline included). */
  readonly code: number | null;
  /** Standard output and standard error in the order they came. */
  readonly output: string;
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the program is killed. */
  readonly deadline: number;
}

/** Runs a program to its end; a program that cannot be started ends with code null and the reason as output. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<Finished> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.deadline,
    killSignal: 'SIGKILL',
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** Runs a program that must succeed. Throws with its output otherwise. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<string> {
  const { code, output } = await runProgram(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}
