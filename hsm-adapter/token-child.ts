// One supervised token process: started, asked, watched, killed. A PKCS#11 module that hangs cannot be interrupted from
// inside, so a process that owes an answer for too long is killed; everything it owed is UNAVAILABLE and may be tried
// elsewhere. Source: HSM specification, sections 0.2 and J.

import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { type Call, RequestChannel } from './frame-channel.ts';
import { EXIT, PARENT_FD } from './token-process.ts';

/** Room for reading the token's objects and, at the first start, for a slow module. */
const START_MS = 15_000;
// A shell forbids core files before it becomes the process: a crash must not write keys to disk.
const WITHOUT_CORE_FILES = ['-c', 'ulimit -c 0 && exec "$@"', 'hsm-node'];

export type ChildEnd = 'ended' | 'pin-rejected';

export interface TokenChildOptions {
  /** Program and arguments of a token process. */
  readonly command: readonly string[];
  /** How long it may owe an answer without giving any. */
  readonly hangMs: number;
  readonly monotonic: () => number;
  /** Called once, when the process is gone. */
  readonly onEnd: (end: ChildEnd) => void;
}

export class TokenChild {
  readonly #options: TokenChildOptions;
  readonly #process: ChildProcess;
  readonly #channel: RequestChannel;
  readonly #watchdog: NodeJS.Timeout;
  readonly #gone: Promise<void>;
  #ready = false;
  /** When the oldest debt began to count: at the last answer, or at the first request after idleness. */
  #owesSince = 0;

  /** @throws Error when the system has no room for a process; onEnd is then not called. */
  constructor(options: TokenChildOptions) {
    this.#options = options;
    this.#process = spawn('/bin/sh', [...WITHOUT_CORE_FILES, ...options.command], {
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    });
    this.#process.on('error', () => this.kill());
    // Without file descriptors for it there is no process and no socket.
    if ((this.#process.stdio as unknown) === undefined) throw new Error('no file descriptors are left');
    this.#channel = new RequestChannel(this.#process.stdio[PARENT_FD] as Duplex, {
      monotonic: options.monotonic,
      onClose: () => this.kill(),
    });
    this.#watchdog = setInterval(() => this.#watch(), Math.max(10, options.hangMs / 4));
    this.#gone = new Promise((resolve) => {
      this.#process.once('close', (code) => {
        clearInterval(this.#watchdog);
        this.#ready = false;
        this.#channel.close();
        options.onEnd(code === EXIT.pinRejected ? 'pin-rejected' : 'ended');
        resolve();
      });
    });
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** What it owes: a request that passed its deadline keeps it busy until it is answered. */
  get inFlight(): number {
    return this.#channel.owed;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Waits for the first answer: from then on the process takes work. False, once it is gone, when there was none. */
  async start(): Promise<boolean> {
    try {
      await this.#channel.call({ operation: 'probe', fields: [], deadlineMs: START_MS });
      this.#ready = true;
    } catch {
      this.kill();
      await this.#gone;
    }
    return this.#ready;
  }

  call(call: Call): Promise<readonly Buffer[]> {
    if (this.inFlight === 0) this.#owesSince = this.#options.monotonic();
    return this.#channel.call(call);
  }

  kill(): void {
    this.#ready = false;
    this.#process.kill('SIGKILL');
  }

  #watch(): void {
    if (!this.#ready || this.inFlight === 0) return;
    const since = Math.max(this.#owesSince, this.#channel.heardAt);
    if (this.#options.monotonic() - since > this.#options.hangMs) this.kill();
  }
}
