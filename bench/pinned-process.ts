// Child processes of the bench: Node programs, each on a core of its own where the machine has two and `taskset`.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

const STOP_DEADLINE_MS = 15_000;
const ANSWER_DEADLINE_MS = 120_000;

/** Both servers share the first core, one at a time; the generator has the second. */
export const SERVER_CORE = 0;
export const GENERATOR_CORE = 1;

export const canPin = cpus().length > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0;

export interface ProgramOptions {
  /** Null: wherever the system puts it. */
  readonly core: number | null;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** A Node program that takes messages and answers them one by one. */
export class PinnedProcess {
  readonly #child: ChildProcess;
  #output = '';

  constructor({ core, args, env, cwd }: ProgramOptions) {
    const command = [process.execPath, ...args];
    const [file = '', ...rest] =
      canPin && core !== null ? ['taskset', '-c', String(core), ...command] : command;
    this.#child = spawn(file, rest, {
      cwd,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-4096)));
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** The last of what the program printed. */
  get output(): string {
    return this.#output;
  }

  tell(message: unknown): void {
    this.#child.send(message as object);
  }

  /** Sends a message and waits for the next one from the program. */
  ask<Answer>(question: unknown): Promise<Answer> {
    this.tell(question);
    return this.answer();
  }

  /** Waits for the next message from the program. */
  answer<Answer>(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(deadline);
        this.#child.off('message', onMessage);
        this.#child.off('exit', onExit);
        finish();
      };
      const onMessage = (answer: unknown): void => settle(() => resolve(answer as Answer));
      const onExit = (): void => settle(() => reject(new Error(`the program ended:\n${this.#output}`)));
      const deadline = setTimeout(
        () => settle(() => reject(new Error(`the program does not answer:\n${this.#output}`))),
        ANSWER_DEADLINE_MS,
      );
      this.#child.on('message', onMessage);
      this.#child.on('exit', onExit);
    });
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), STOP_DEADLINE_MS);
    this.#child.kill('SIGTERM');
    await ended;
    clearTimeout(kill);
  }
}
