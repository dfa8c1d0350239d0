// One kept-alive TLS connection of the load generator: carries one request at a time.
// On raw node:tls, because node:http would cost the generator more than the bare server spends.

import { connect, type TLSSocket } from 'node:tls';
import { ResponseReader } from './response-reader.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  /** PEM of the authority behind the server's certificate. */
  readonly ca: string;
}

export interface Exchange {
  readonly status: number;
  /** From when the request was due to the last byte of its answer, milliseconds. */
  readonly milliseconds: number;
}

export interface ConnectionEvents {
  /** The connection is free again. */
  readonly answered: (connection: LoadConnection, exchange: Exchange) => void;
  /** The connection broke with a request under way. */
  readonly broke: (reason: Error) => void;
}

export class LoadConnection {
  readonly #socket: TLSSocket;
  readonly #events: ConnectionEvents;
  readonly #reader = new ResponseReader();
  #dueAt = 0;
  #waiting = false;
  #idle: () => void = () => undefined;

  private constructor(socket: TLSSocket, events: ConnectionEvents) {
    this.#socket = socket;
    this.#events = events;
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
      if (this.#waiting) events.broke(socket.errored ?? new Error('the server closed the connection'));
      this.#waiting = false;
      this.#idle();
    });
  }

  static open({ host, port, ca }: Target, events: ConnectionEvents): Promise<LoadConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, ca }, () => {
        socket.off('error', reject);
        socket.setNoDelay(true);
        resolve(new LoadConnection(socket, events));
      });
      socket.once('error', reject);
    });
  }

  /** `dueAt`: when the request should have been sent, if that was earlier than now. */
  send(request: Buffer, dueAt = performance.now()): void {
    this.#waiting = true;
    this.#dueAt = dueAt;
    this.#socket.write(request);
  }

  get broken(): boolean {
    return this.#socket.destroyed;
  }

  /** Waits for the answer that is under way, then closes. Nothing may be sent any more. */
  async close(): Promise<void> {
    if (this.#waiting) await new Promise<void>((resolve) => (this.#idle = resolve));
    this.#socket.destroy();
  }

  #complete(status: number): void {
    this.#waiting = false;
    this.#events.answered(this, { status, milliseconds: performance.now() - this.#dueAt });
    this.#idle();
  }
}
