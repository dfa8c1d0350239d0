// Reads request bodies within bounds: one body of at most 3 MB, and all bodies together within two allowances, so that
// many connections with half a body each cannot fill the memory. What bodies have beyond their first 64 KiB counts apart:
// ordinary requests go on while large ones are refused. Sources: data-plane specification 1.12, section 6.

import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from '../../proto/index.ts';
import { KmsError } from '../errors.ts';

/** How much of a body that is refused is read and thrown away: a client that is still sending would miss the answer. */
const MAX_DISCARD_BYTES = 32 * 1024 * 1024;
/** The part of each body that counts as small. */
const SMALL_BYTES = 64 * 1024;
/** What a chunk costs beside its bytes; a body may come in chunks of one byte. */
const CHUNK_BYTES = 256;

export interface BodyLimits {
  /** Of the first 64 KiB of all bodies together. */
  readonly smallBytes: number;
  /** Of what they have beyond. */
  readonly largeBytes: number;
}

/** Memory for the bodies of all requests that are being received or worked on. */
export class BodyAllowance {
  readonly #limits: BodyLimits;
  #small = 0;
  #large = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  /** What is held now, with what it costs to hold it. */
  get held(): number {
    return this.#small + this.#large;
  }

  /** Whether a body that has been counted with `before` bytes may be held with `after`; it is then counted so. */
  grow(before: number, after: number): boolean {
    const small = this.#small + Math.min(after, SMALL_BYTES) - Math.min(before, SMALL_BYTES);
    const large = this.#large + Math.max(0, after - SMALL_BYTES) - Math.max(0, before - SMALL_BYTES);
    if (small > this.#limits.smallBytes || large > this.#limits.largeBytes) return false;
    this.#small = small;
    this.#large = large;
    return true;
  }

  giveBack(bytes: number): void {
    this.#small -= Math.min(bytes, SMALL_BYTES);
    this.#large -= Math.max(0, bytes - SMALL_BYTES);
  }
}

export interface ReceivedBody {
  readonly bytes: Buffer;
  /** Why the request cannot be served; the bytes are then empty. */
  readonly refusal?: KmsError;
  /** To be called when the bytes are no longer needed. */
  readonly release: () => void;
}

const NO_BYTES = Buffer.alloc(0);

/** Of a request that is refused anyhow: it need not be held until it is answered. */
export function withoutBytes({ refusal, release }: ReceivedBody): ReceivedBody {
  release();
  return { bytes: NO_BYTES, ...(refusal && { refusal }), release };
}

/** Ends the reading of a body that will not become whole. */
export type GiveUp = (reason: KmsError) => void;

/** Calls `received` exactly once, whatever becomes of the request: whole, refused or broken off. */
export function receiveBody(
  request: IncomingMessage,
  allowance: BodyAllowance,
  received: (body: ReceivedBody) => void,
): GiveUp {
  const chunks: Buffer[] = [];
  let size = 0;
  let taken = 0;
  let refusal: KmsError | null = null;
  let settled = false;

  const release = (): void => {
    chunks.length = 0;
    allowance.giveBack(taken);
    taken = 0;
  };
  const refuse = (error: KmsError): void => {
    refusal ??= error;
    release();
  };
  const settle = (): void => {
    if (settled) return;
    settled = true;
    const bytes = joined(chunks);
    chunks.length = 0;
    received({ bytes, ...(refusal && { refusal }), release });
  };

  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) refuse(tooLarge());
    if (size > MAX_DISCARD_BYTES) settle();
    if (refusal) return;
    const cost = taken + chunk.length + CHUNK_BYTES;
    if (allowance.grow(taken, cost)) {
      taken = cost;
      chunks.push(chunk);
    } else refuse(new KmsError('Rejected.Throttling', 'Concurrency Limit Exceeded.'));
  });
  const giveUp = (reason: KmsError): void => {
    if (settled) return;
    refuse(reason);
    settle();
  };
  request.on('end', settle);
  // The connection is gone and nobody reads the answer, but that the request was begun is recorded like any other.
  request.on('error', () =>
    giveUp(new KmsError('InvalidParameter', 'The request broke off before its end.')),
  );
  return giveUp;
}

function tooLarge(): KmsError {
  return new KmsError('RequestBodyTooLarge', `Request body exceeds ${MAX_BODY_BYTES} bytes.`);
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}
