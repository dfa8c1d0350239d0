// The supervisor of one token: two lanes of token processes, one for the use of keys and one for the slow work of making
// them, so that nothing waits behind the generation of an RSA key. It holds the connections and never the PKCS#11 module.

import { Backoff } from './backoff.ts';
import { HsmError } from './hsm-error.ts';
import { Lane } from './lane.ts';
import type { NodeLogger } from './node-logger.ts';
import { type NodeRequest, OPERATIONS, PROTOCOL_VERSIONS } from './node-protocol.ts';
import { decodeTokenStatus, encodeNodeStatus, type NodeStatus, type TokenStatus } from './node-status.ts';
import { TokenChild } from './token-child.ts';

export interface SupervisorOptions {
  /** Program and arguments of a token process. */
  readonly command: readonly string[];
  /** Processes for the use of keys. */
  readonly processes: number;
  /** How long a process for the use of keys may owe an answer. */
  readonly hangMs: number;
  readonly monotonic: () => number;
  readonly random: () => number;
  readonly log: NodeLogger;
}

/** Far below the deadline of slow work, so that another member can still do it. */
const SLOW_HANG_MS = 20_000;
const FAST_WINDOW = 8;
const SLOW_WINDOW = 1;
const MAX_QUEUE = 1_024;
const MAX_SLOW_QUEUE = 64;
const PROBE_MS = 1_000;
const RESTART = { firstMs: 100, lastMs: 5_000 } as const;

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #lanes: { readonly fast: Lane; readonly slow: Lane };
  #pinRejected = false;
  #started = false;
  #lastStart: Promise<void> = Promise.resolve();

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#lanes = {
      fast: this.#lane('fast', { processes: options.processes, window: FAST_WINDOW, maxQueue: MAX_QUEUE }),
      slow: this.#lane('slow', { processes: 1, window: SLOW_WINDOW, maxQueue: MAX_SLOW_QUEUE }),
    };
  }

  /** Resolves when the first processes are ready or have failed once; they are then tried again in the background. */
  async start(): Promise<void> {
    await this.#lanes.fast.start();
    await this.#lanes.slow.start();
    this.#started = true;
  }

  async answer({ operation, fields, deadlineMs }: NodeRequest): Promise<readonly Uint8Array[]> {
    const { lane } = OPERATIONS[operation];
    if (lane !== 'supervisor') return this.#lanes[lane].submit({ operation, fields, deadlineMs });
    if (operation === 'ping') return [];
    if (operation === 'hello') checkVersion(fields[0]);
    return [encodeNodeStatus(await this.#status())];
  }

  async close(): Promise<void> {
    await Promise.all([this.#lanes.fast.close(), this.#lanes.slow.close()]);
  }

  #lane(
    name: 'fast' | 'slow',
    sizes: { readonly processes: number; readonly window: number; readonly maxQueue: number },
  ): Lane {
    const { command, hangMs, monotonic, random, log } = this.#options;
    return new Lane({
      name,
      patient: name === 'slow',
      ...sizes,
      monotonic,
      probeMs: PROBE_MS,
      backoff: () => new Backoff({ ...RESTART, random }),
      onPinRejected: () => this.#stopRestarting(),
      inTurn: (start) => {
        this.#lastStart = this.#lastStart.then(start);
        return this.#lastStart;
      },
      startChild: (onEnd) => {
        const child = new TokenChild({
          command,
          hangMs: name === 'fast' ? hangMs : SLOW_HANG_MS,
          monotonic,
          onEnd: (end) => {
            log.warn({ lane: name, process: child.pid, end }, 'a token process ended');
            onEnd(end);
          },
        });
        log.info({ lane: name, process: child.pid }, 'a token process started');
        return child;
      },
    });
  }

  #stopRestarting(): void {
    this.#pinRejected = true;
    this.#lanes.fast.stopRestarting();
    this.#lanes.slow.stopRestarting();
    this.#options.log.error('the token refused the PIN: correct the PIN file and start the node again');
  }

  async #status(): Promise<NodeStatus> {
    const { fast, slow } = this.#lanes;
    const token = await this.#askToken();
    const down = this.#started ? 'down' : 'starting';
    return {
      version: PROTOCOL_VERSIONS.highest,
      state: this.#pinRejected ? 'pin-rejected' : token === null ? down : 'up',
      token,
      processes: [...fast.processes, ...slow.processes],
      queued: fast.queued + slow.queued,
    };
  }

  async #askToken(): Promise<TokenStatus | null> {
    const deadlineMs = OPERATIONS.status.deadlineMs;
    const call = { operation: 'probe', fields: [], deadlineMs } as const;
    return this.#lanes.fast.submit(call).then(
      ([status]) => decodeTokenStatus(status),
      () => null,
    );
  }
}

/** `hello` carries the lowest and the highest version its sender speaks. */
function checkVersion(field: Uint8Array | undefined): void {
  const [lowest = 0, highest = 0] = field ?? [];
  if (lowest > PROTOCOL_VERSIONS.highest || highest < PROTOCOL_VERSIONS.lowest) {
    throw new HsmError('PROTOCOL', 'No version of the protocol in common.');
  }
}
