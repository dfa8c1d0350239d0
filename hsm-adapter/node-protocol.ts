// The protocol between the cluster and a node, and between a node's supervisor and its token processes: length-prefixed
// frames of an id, an operation and byte fields. It speaks of key blobs and operations, never of PKCS#11 handles or
// templates. Whoever reaches it can use keys and make new ones; the domain key itself leaves only for members that the
// node's operator admitted (admission.ts).
//   request:  length u32 | id u32 | operation u8 | deadline u32 (ms from now) | fields
//   response: length u32 | id u32 | error u8 (0: none) | fields
//   fields:   count u8, then each length u32 and bytes. Integers are big-endian.

import { errorCodeOf, HSM_ERRORS, HsmError, type HsmErrorCode } from './hsm-error.ts';

/** The versions this build speaks; `hello` settles on the highest both sides have. */
export const PROTOCOL_VERSIONS = { lowest: 1, highest: 1 } as const;

/** Longest frame after its length word: the data plane's 3 MiB body and room for blob, AAD and headers. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;
const MAX_FIELDS = 8;
const LENGTH_BYTES = 4;
const REQUEST_HEAD_BYTES = 9;
const RESPONSE_HEAD_BYTES = 5;
const MAX_MESSAGE_CHARACTERS = 200;

/** Who answers: the supervisor itself, a process for the use of keys, or the one for generation, import and hand-over. */
export type Lane = 'supervisor' | 'fast' | 'slow';

interface OperationRow {
  readonly code: number;
  readonly lane: Lane;
  /** How many fields a request carries; their meaning stands in operations.ts. */
  readonly fields: number;
  /** Deadline of a call unless the caller has another. */
  readonly deadlineMs: number;
}

const FAST_MS = 3_000;
// RSA-4096 takes seconds in a token, longer on a busy host.
const SLOW_MS = 60_000;

export const OPERATIONS = {
  hello: { code: 1, lane: 'supervisor', fields: 1, deadlineMs: FAST_MS },
  ping: { code: 2, lane: 'supervisor', fields: 0, deadlineMs: FAST_MS },
  status: { code: 3, lane: 'supervisor', fields: 0, deadlineMs: FAST_MS },
  probe: { code: 4, lane: 'fast', fields: 0, deadlineMs: FAST_MS },
  encrypt: { code: 16, lane: 'fast', fields: 5, deadlineMs: FAST_MS },
  decrypt: { code: 17, lane: 'fast', fields: 5, deadlineMs: FAST_MS },
  sign: { code: 18, lane: 'fast', fields: 3, deadlineMs: FAST_MS },
  agree: { code: 19, lane: 'fast', fields: 2, deadlineMs: FAST_MS },
  random: { code: 20, lane: 'fast', fields: 1, deadlineMs: FAST_MS },
  generate: { code: 32, lane: 'slow', fields: 1, deadlineMs: SLOW_MS },
  importKey: { code: 33, lane: 'slow', fields: 2, deadlineMs: SLOW_MS },
  importWrapped: { code: 34, lane: 'slow', fields: 4, deadlineMs: SLOW_MS },
  domainCreate: { code: 48, lane: 'slow', fields: 0, deadlineMs: SLOW_MS },
  domainOffer: { code: 49, lane: 'slow', fields: 0, deadlineMs: SLOW_MS },
  domainHandOver: { code: 50, lane: 'slow', fields: 1, deadlineMs: SLOW_MS },
  domainAccept: { code: 51, lane: 'slow', fields: 2, deadlineMs: SLOW_MS },
} as const satisfies Record<string, OperationRow>;

export type Operation = keyof typeof OPERATIONS;

const BY_CODE: ReadonlyMap<number, Operation> = new Map(
  Object.entries(OPERATIONS).map(([name, { code }]) => [code, name as Operation]),
);

export interface NodeRequest {
  readonly id: number;
  readonly operation: Operation;
  /** Milliseconds left when the request was sent. */
  readonly deadlineMs: number;
  readonly fields: readonly Uint8Array[];
}

export interface NodeResponse {
  readonly id: number;
  readonly error: HsmError | null;
  readonly fields: readonly Buffer[];
}

/** @throws HsmError INVALID_INPUT when the fields do not fit into a frame. */
export function encodeRequest({ id, operation, deadlineMs, fields }: NodeRequest): Buffer {
  const frame = allocate(REQUEST_HEAD_BYTES, fields);
  frame.writeUInt32BE(id, LENGTH_BYTES);
  frame.writeUInt8(OPERATIONS[operation].code, LENGTH_BYTES + 4);
  frame.writeUInt32BE(deadlineMs, LENGTH_BYTES + 5);
  writeFields(frame, LENGTH_BYTES + REQUEST_HEAD_BYTES, fields);
  return frame;
}

export function encodeResult(id: number, fields: readonly Uint8Array[]): Buffer {
  return encodeResponse(id, 0, fields);
}

export function encodeError(id: number, error: HsmError): Buffer {
  const message = Buffer.from(error.message.slice(0, MAX_MESSAGE_CHARACTERS));
  return encodeResponse(id, HSM_ERRORS[error.code].wire, [message]);
}

/** @throws HsmError PROTOCOL on anything but a well-formed request of a known operation with its number of fields. */
export function decodeRequest(frame: Buffer): NodeRequest {
  if (frame.length < REQUEST_HEAD_BYTES + 1) throw malformed('too short');
  const operation = BY_CODE.get(frame.readUInt8(4));
  if (operation === undefined) throw malformed('unknown operation');
  const fields = readFields(frame, REQUEST_HEAD_BYTES);
  if (fields.length !== OPERATIONS[operation].fields) throw malformed('wrong number of fields');
  return { id: frame.readUInt32BE(0), operation, deadlineMs: frame.readUInt32BE(5), fields };
}

/** @throws HsmError PROTOCOL on anything but a well-formed response. */
export function decodeResponse(frame: Buffer): NodeResponse {
  if (frame.length < RESPONSE_HEAD_BYTES + 1) throw malformed('too short');
  const id = frame.readUInt32BE(0);
  const status = frame.readUInt8(4);
  const fields = readFields(frame, RESPONSE_HEAD_BYTES);
  if (status === 0) return { id, error: null, fields };
  const code: HsmErrorCode | undefined = errorCodeOf(status);
  if (code === undefined) throw malformed('unknown error');
  return { id, error: new HsmError(code, fields[0]?.toString('utf8') ?? ''), fields: [] };
}

/** The id that a request frame carries, to answer it when the rest does not decode; 0 when there is none. */
export function idOf(frame: Buffer): number {
  return frame.length >= 4 ? frame.readUInt32BE(0) : 0;
}

/** Cuts a stream into frames. A reader that threw is of no further use: the connection must go. */
export class FrameReader {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(maxBytes = MAX_FRAME_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** @throws HsmError PROTOCOL as soon as a frame announces more than the limit. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const frames: Buffer[] = [];
    for (let frame = this.#next(); frame !== null; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): Buffer | null {
    if (this.#size < LENGTH_BYTES) return null;
    const length = this.#peek(LENGTH_BYTES).readUInt32BE(0);
    if (length > this.#maxBytes) throw malformed('frame over the limit');
    const end = LENGTH_BYTES + length;
    if (this.#size < end) return null;
    const whole = this.#peek(end);
    this.#size -= end;
    const rest = whole.subarray(end);
    this.#chunks = rest.length === 0 ? this.#chunks.slice(1) : [rest, ...this.#chunks.slice(1)];
    return whole.subarray(LENGTH_BYTES, end);
  }

  /** The first chunk, joined with those after it only when it is shorter than `bytes`. */
  #peek(bytes: number): Buffer {
    const first = this.#chunks[0] ?? Buffer.alloc(0);
    if (first.length >= bytes) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

function encodeResponse(id: number, status: number, fields: readonly Uint8Array[]): Buffer {
  const frame = allocate(RESPONSE_HEAD_BYTES, fields);
  frame.writeUInt32BE(id, LENGTH_BYTES);
  frame.writeUInt8(status, LENGTH_BYTES + 4);
  writeFields(frame, LENGTH_BYTES + RESPONSE_HEAD_BYTES, fields);
  return frame;
}

function allocate(headBytes: number, fields: readonly Uint8Array[]): Buffer {
  const body = fields.reduce((sum, field) => sum + LENGTH_BYTES + field.length, headBytes + 1);
  if (body > MAX_FRAME_BYTES) throw new HsmError('INVALID_INPUT', 'The request is too large for the HSM.');
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + body);
  frame.writeUInt32BE(body, 0);
  return frame;
}

function writeFields(frame: Buffer, start: number, fields: readonly Uint8Array[]): void {
  frame.writeUInt8(fields.length, start);
  let offset = start + 1;
  for (const field of fields) {
    frame.writeUInt32BE(field.length, offset);
    frame.set(field, offset + LENGTH_BYTES);
    offset += LENGTH_BYTES + field.length;
  }
}

function readFields(frame: Buffer, start: number): Buffer[] {
  const count = frame.readUInt8(start);
  if (count > MAX_FIELDS) throw malformed('too many fields');
  const fields: Buffer[] = [];
  let offset = start + 1;
  for (let index = 0; index < count; index += 1) {
    if (offset + LENGTH_BYTES > frame.length) throw malformed('field over the end');
    const end = offset + LENGTH_BYTES + frame.readUInt32BE(offset);
    if (end > frame.length) throw malformed('field over the end');
    fields.push(frame.subarray(offset + LENGTH_BYTES, end));
    offset = end;
  }
  if (offset !== frame.length) throw malformed('bytes after the last field');
  return fields;
}

function malformed(what: string): HsmError {
  return new HsmError('PROTOCOL', `Malformed frame: ${what}.`);
}
