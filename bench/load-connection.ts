// One kept-alive TLS connection of the load generator: sends the next request when the answer to the last has come.
// On raw node:tls, because node:http would cost the generator more than the bare server spends.

import { connect, type TLSSocket } from 'node:tls';
import { ResponseReader } from './response-reader.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  /** PEM of the authority behind the server's certificate. */
  readonly ca: string;
}

/** What all connections of a measurement share. */
export interface LoadState {
  readonly requests: readonly Buffer[];
  /** Called with the status and the time from sending to the last byte, in milliseconds. */
  readonly answered: (status: number, milliseconds: number) => void;
  /** Called when the connection breaks before it was closed. */
  readonly broke: (reason: Error) => void;
  /** How long a connection rests between an answer and its next request, milliseconds. */
  readonly pauseMs: number;
  stopped: boolean;
}

export class LoadConnection {
  readonly #socket: TLSSocket;
  readonly #state: LoadState;
  readonly #reader = new ResponseReader();
  #next: number;
  #sentAt = 0;
  #waiting = false;
  #idle: () => void = () => undefined;

  private constructor(socket: TLSSocket, state: LoadState, offset: number) {
    this.#socket = socket;
    this.#state = state;
    this.#next = offset;
    const complete = (status: number): void => this.#complete(status);
    socket.on('data', (chunk: Buffer) => {
      try {
        this.#reader.feed(chunk, complete);
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#waiting) state.broke(socket.errored ?? new Error('the server closed the connection'));
      this.#waiting = false;
      this.#idle();
    });
  }

  /** Connects; the connection starts with the request at `offset` of the pool. */
  static open({ host, port, ca }: Target, state: LoadState, offset: number): Promise<LoadConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, ca }, () => {
        socket.off('error', reject);
        socket.setNoDelay(true);
        resolve(new LoadConnection(socket, state, offset));
      });
      socket.once('error', reject);
    });
  }

  start(): void {
    this.#send();
  }

  /** Waits for the answer that is under way, then closes. */
  async close(): Promise<void> {
    if (this.#waiting) await new Promise<void>((resolve) => (this.#idle = resolve));
    this.#socket.destroy();
  }

  #send(): void {
    const { requests } = this.#state;
    const request = requests[this.#next % requests.length];
    if (request === undefined) throw new RangeError('the pool of requests is empty');
    this.#next += 1;
    this.#waiting = true;
    this.#sentAt = performance.now();
    this.#socket.write(request);
  }

  #complete(status: number): void {
    this.#waiting = false;
    this.#state.answered(status, performance.now() - this.#sentAt);
    if (this.#state.stopped) this.#idle();
    else if (this.#state.pauseMs === 0) this.#send();
    else setTimeout(() => this.#resume(), this.#state.pauseMs);
  }

  #resume(): void {
    if (!this.#state.stopped && !this.#socket.destroyed) this.#send();
  }
}
