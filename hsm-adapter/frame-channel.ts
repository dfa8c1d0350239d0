// Both ends of a connection that speaks the node protocol: RequestChannel asks, serveFrames answers. Frames written in
// one turn of the event loop leave together; a peer that does not read its answers is not read from either.

import type { Duplex } from 'node:stream';
import { HsmError, toHsmError } from './hsm-error.ts';
import {
  decodeRequest,
  decodeResponse,
  encodeError,
  encodeRequest,
  encodeResult,
  FrameReader,
  idOf,
  type NodeRequest,
  type Operation,
} from './node-protocol.ts';

const MAX_ID = 0xffff_ffff;
const MAX_UNSENT_BYTES = 8 * 1024 * 1024;
/** Some signatures with P-256, or many encryptions, of a token in software; one operation of most devices. */
const SHARE_MS = 0.5;

interface Waiting {
  readonly resolve: (fields: readonly Buffer[]) => void;
  readonly reject: (error: HsmError) => void;
  readonly timer: NodeJS.Timeout;
}

export interface Call {
  readonly operation: Operation;
  readonly fields: readonly Uint8Array[];
  readonly deadlineMs: number;
}

export interface RequestChannelOptions {
  /** Called once, when the connection is gone for whatever reason; every call under way has been rejected. */
  readonly onClose: (reason: HsmError) => void;
  /** Milliseconds that never go backwards. */
  readonly monotonic: () => number;
}

/** The asking end. Calls are answered in any order. */
export class RequestChannel {
  readonly #stream: Duplex;
  readonly #options: RequestChannelOptions;
  readonly #writer: FrameWriter;
  readonly #waiting = new Map<number, Waiting>();
  /** Requests that passed their deadline and that the peer has not answered yet. */
  readonly #overdue = new Set<number>();
  #lastId = 0;
  #heardAt: number;
  #closed = false;

  constructor(stream: Duplex, options: RequestChannelOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#writer = new FrameWriter(stream);
    this.#heardAt = options.monotonic();
    const reader = new FrameReader();
    stream.on('data', (chunk: Buffer) => this.#receive(reader, chunk));
    stream.on('error', (error: Error) => this.#end(lost(error)));
    stream.on('close', () => this.#end(lost()));
    stream.on('end', () => this.close());
  }

  get inFlight(): number {
    return this.#waiting.size;
  }

  /** How many answers the peer owes: also those that nobody waits for any more. */
  get owed(): number {
    return this.#waiting.size + this.#overdue.size;
  }

  /** When the peer last said anything. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Rejects with the peer's error, with TIMEOUT at the deadline, with UNAVAILABLE when the connection is lost. */
  call({ operation, fields, deadlineMs }: Call): Promise<readonly Buffer[]> {
    if (this.#closed) return Promise.reject(lost());
    const id = this.#nextId();
    const frame = encodeRequest({ id, operation, deadlineMs, fields });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        this.#overdue.add(id);
        reject(new HsmError('TIMEOUT', `No answer to ${operation} within ${deadlineMs} ms.`));
      }, deadlineMs);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#writer.write(frame);
    });
  }

  close(reason: HsmError = lost()): void {
    this.#stream.destroy();
    this.#end(reason);
  }

  #receive(reader: FrameReader, chunk: Buffer): void {
    this.#heardAt = this.#options.monotonic();
    try {
      for (const frame of reader.push(chunk)) this.#settle(frame);
    } catch (error) {
      this.close(toHsmError(error));
    }
  }

  #settle(frame: Buffer): void {
    const { id, error, fields } = decodeResponse(frame);
    this.#overdue.delete(id);
    const waiting = this.#waiting.get(id);
    // An answer after its deadline has nobody waiting.
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (error === null) waiting.resolve(fields);
    else waiting.reject(error);
  }

  #end(reason: HsmError): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(reason);
    }
    this.#waiting.clear();
    this.#overdue.clear();
    this.#options.onClose(reason);
  }

  #nextId(): number {
    do {
      this.#lastId = this.#lastId >= MAX_ID ? 1 : this.#lastId + 1;
    } while (this.#waiting.has(this.#lastId) || this.#overdue.has(this.#lastId));
    return this.#lastId;
  }
}

/** What a request's handler answers, now or later; HsmErrors thrown become error responses. */
export type RequestHandler = (request: NodeRequest) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>;

/** The answering end. A peer that breaks the framing loses its connection; one that sends a bad request gets an error. */
export function serveFrames(stream: Duplex, handle: RequestHandler, onClose: () => void): void {
  const reader = new FrameReader();
  const writer = new FrameWriter(stream);
  const answer = async (frame: Buffer): Promise<void> => {
    try {
      const request = decodeRequest(frame);
      writer.write(encodeResult(request.id, await handle(request)));
    } catch (error) {
      writer.write(encodeError(idOf(frame), toHsmError(error)));
    }
  };
  stream.on('data', (chunk: Buffer) => {
    try {
      for (const frame of reader.push(chunk)) void answer(frame);
    } catch {
      stream.destroy();
    }
    if (stream.writableLength > MAX_UNSENT_BYTES) {
      stream.pause();
      stream.once('drain', () => stream.resume());
    }
  });
  stream.on('error', () => stream.destroy());
  stream.on('end', () => stream.destroy());
  stream.on('close', onClose);
}

/**
 * For a handler that blocks: a turn of the event loop begins no request after SHARE_MS. So the answers to quick ones leave
 * together, and the answer to a slow one leaves before the next is begun.
 */
export function inShares(handle: RequestHandler, monotonic: () => number): RequestHandler {
  let shareEnd = 0;
  let before: Promise<unknown> = Promise.resolve();
  const nextTurn = (resolve: () => void) =>
    setImmediate(() => {
      shareEnd = monotonic() + SHARE_MS;
      resolve();
    });
  return (request) => {
    const answer = before.then(() => handle(request));
    before = answer
      .catch(() => undefined)
      // Behind the writing of the answer, which asked for the end of this turn first.
      .then(() => (monotonic() < shareEnd ? undefined : new Promise<void>(nextTurn)));
    return answer;
  };
}

/** Gathers the frames of one turn into one write. */
class FrameWriter {
  readonly #stream: Duplex;
  #corked = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  write(frame: Buffer): void {
    if (this.#stream.destroyed) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#stream.cork();
      setImmediate(() => {
        this.#corked = false;
        this.#stream.uncork();
      });
    }
    this.#stream.write(frame);
  }
}

/** With the code where there is one: a node that does not take the client certificate says so only this way. */
function lost(cause?: Error): HsmError {
  const code = cause !== undefined && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new HsmError('UNAVAILABLE', `The connection to the HSM node was lost${code}.`, { cause });
}
