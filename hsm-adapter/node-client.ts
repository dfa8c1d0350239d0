// One member of the cluster as the appliance sees it: a connection that is made again whenever it is lost, watched by
// pings, and what is known of the node behind it. All state that belongs to a connection goes with the connection.

import { Backoff } from './backoff.ts';
import { Breaker } from './breaker.ts';
import { certificateEnd, dial, type Endpoint } from './endpoint.ts';
import { type Call, RequestChannel } from './frame-channel.ts';
import { HSM_ERRORS, HsmError, toHsmError } from './hsm-error.ts';
import { OPERATIONS, PROTOCOL_VERSIONS } from './node-protocol.ts';
import { decodeNodeStatus, type NodeStatus } from './node-status.ts';

export interface NodeClientOptions {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Milliseconds that never go backwards. */
  readonly monotonic: () => number;
  readonly random: () => number;
  readonly pingMs: number;
  /** A connection that is silent for so long although it was pinged is given up. */
  readonly stallMs: number;
  readonly statusMs: number;
}

const RECONNECT = { firstMs: 100, lastMs: 5_000 } as const;
const TRIAL = { firstMs: 200, lastMs: 10_000 } as const;
/** How many of a member's signatures are checked after a fault before they are given out: a bounded cost. */
const DOUBTFUL_SIGNATURES = 64;
const LATENCY_WEIGHT = 0.1;

export class NodeClient {
  readonly name: string;
  readonly #options: NodeClientOptions;
  readonly #breaker: Breaker;
  readonly #reconnect: Backoff;
  #channel: RequestChannel | null = null;
  #status: NodeStatus | null = null;
  #lastError: HsmError | null = null;
  #certificateEnd: Date | null = null;
  #latencyMs = 1;
  #doubtful = 0;
  #statusAt = 0;
  #watchedAt = 0;
  #reconnects = 0;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  /** Settles when the first attempt to connect has succeeded or failed. */
  readonly firstAttempt: Promise<void>;

  constructor(options: NodeClientOptions) {
    this.name = options.name;
    this.#options = options;
    this.#breaker = new Breaker(new Backoff({ ...TRIAL, random: options.random }));
    this.#reconnect = new Backoff({ ...RECONNECT, random: options.random });
    this.firstAttempt = this.#connect();
  }

  /** What the node said last on the present connection; null without one. */
  get status(): NodeStatus | null {
    return this.#status;
  }

  /** Connected, its token answers, and its breaker lets work through. */
  get ready(): boolean {
    return this.#status?.state === 'up' && this.#breaker.allows(this.#options.monotonic());
  }

  get distrusted(): boolean {
    return this.#doubtful > 0;
  }

  get inFlight(): number {
    return this.#channel?.inFlight ?? 0;
  }

  /** Of the last connection: the sooner end of the two certificates; null where there were none. */
  get certificateEnd(): Date | null {
    return this.#certificateEnd;
  }

  get latencyMs(): number {
    return this.#latencyMs;
  }

  get reconnects(): number {
    return this.#reconnects;
  }

  get lastError(): HsmError | null {
    return this.#lastError;
  }

  /** Rejects with an HsmError. Faults count against the member. */
  async call(call: Call): Promise<readonly Buffer[]> {
    if (this.#channel === null) throw this.#lastError ?? new HsmError('UNAVAILABLE', 'Not connected.');
    const startedAt = this.#options.monotonic();
    this.#breaker.begin();
    try {
      const fields = await this.#channel.call(call);
      this.#breaker.succeed();
      if (OPERATIONS[call.operation].lane === 'fast') this.#measure(this.#options.monotonic() - startedAt);
      return fields;
    } catch (thrown) {
      const error = toHsmError(thrown);
      if (HSM_ERRORS[error.code].fault) this.blame(error);
      else this.#breaker.succeed();
      throw error;
    }
  }

  /** Counts a fault against the member, and distrusts its next signatures. */
  blame(error: HsmError): void {
    this.#lastError = error;
    this.#breaker.fail(this.#options.monotonic());
    this.#doubtful = DOUBTFUL_SIGNATURES;
  }

  /** One more of its signatures was found right. */
  vouch(): void {
    this.#doubtful -= 1;
  }

  /** Asks the node for its status now. */
  async refresh(): Promise<NodeStatus> {
    this.#statusAt = this.#options.monotonic();
    const channel = this.#channel;
    const deadlineMs = OPERATIONS.status.deadlineMs;
    const [field] = await this.call({ operation: 'status', fields: [], deadlineMs });
    const status = decodeNodeStatus(field);
    if (channel === this.#channel) this.#status = status;
    return status;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#channel?.close(new HsmError('UNAVAILABLE', 'The cluster was closed.'));
  }

  async #connect(): Promise<void> {
    try {
      const { monotonic } = this.#options;
      const stream = await dial(this.#options.endpoint);
      const channel = new RequestChannel(stream, {
        monotonic,
        onClose: (reason) => this.#lost(reason, channel),
      });
      if (this.#closed) {
        channel.close();
        return;
      }
      this.#channel = channel;
      this.#certificateEnd = certificateEnd(stream);
      await this.#greet(channel);
    } catch (error) {
      // A channel that was opened reports its end itself.
      this.#lastError = toHsmError(error);
      if (this.#channel === null) this.#connectLater();
      else this.#channel.close(this.#lastError);
    }
  }

  async #greet(channel: RequestChannel): Promise<void> {
    const versions = Buffer.of(PROTOCOL_VERSIONS.lowest, PROTOCOL_VERSIONS.highest);
    const deadlineMs = OPERATIONS.hello.deadlineMs;
    const greeting = { operation: 'hello', fields: [versions], deadlineMs } as const;
    const [field] = await channel.call(greeting).catch((error: unknown) => {
      throw unanswered(error);
    });
    this.#status = decodeNodeStatus(field);
    this.#statusAt = this.#options.monotonic();
    this.#reconnect.reset();
    this.#breaker.succeed();
    this.#watchLater();
  }

  #lost(reason: HsmError, channel: RequestChannel): void {
    if (this.#channel !== channel) return;
    this.#channel = null;
    this.#status = null;
    this.#lastError = reason;
    this.#doubtful = DOUBTFUL_SIGNATURES;
    this.#connectLater();
  }

  #connectLater(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#reconnects += 1;
    this.#timer = setTimeout(() => void this.#connect(), this.#reconnect.next());
  }

  #watchLater(): void {
    this.#timer = setTimeout(() => this.#watch(), this.#options.pingMs);
  }

  #watch(): void {
    const channel = this.#channel;
    if (channel === null) return;
    const { monotonic, pingMs, stallMs, statusMs } = this.#options;
    const now = monotonic();
    const silentMs = now - channel.heardAt;
    // Where this process itself was held up, what the node said is still unread.
    const punctual = now - this.#watchedAt < pingMs * 2;
    this.#watchedAt = now;
    if (punctual && silentMs > stallMs) {
      channel.close(new HsmError('UNAVAILABLE', `The HSM node was silent for ${Math.round(silentMs)} ms.`));
      return;
    }
    const mustAsk = this.#status?.state !== 'up' || now - this.#statusAt >= statusMs;
    if (mustAsk) this.refresh().catch(() => undefined);
    else if (silentMs >= pingMs) {
      channel.call({ operation: 'ping', fields: [], deadlineMs: stallMs * 2 }).catch(() => undefined);
    }
    this.#watchLater();
  }

  #measure(elapsedMs: number): void {
    this.#latencyMs += LATENCY_WEIGHT * (elapsedMs - this.#latencyMs);
  }
}

/** A node that does not take a client certificate closes the connection without a word. */
function unanswered(cause: unknown): HsmError {
  const error = toHsmError(cause);
  if (error.code !== 'UNAVAILABLE') return error;
  const message = 'The HSM node closed the connection before it answered: it may not take this client.';
  return new HsmError('UNAVAILABLE', message, { cause });
}
