// Turns bytes into request messages and response messages into bytes, and nothing unchecked gets past it: every field
// has a size limit, a wire type and at most one occurrence; text is valid UTF-8 (the generated decoder verifies it).
// Unknown fields are skipped, as proto3 asks, but there may not be many, nor groups (which proto3 does not have):
// skipping a body full of them would hold the event loop. Source: data-plane specification 4.2 and section 6.

import protobuf from 'protobufjs/minimal.js';

/** The bytes are not the message they should be. The text names a field number at most, never its content. */
export class CodecError extends Error {
  override readonly name = 'CodecError';
}

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const GROUP = 3;
/** Fields of a message, known and unknown; the longest message has eight. */
const MAX_FIELDS = 100;

export interface FieldLimit {
  readonly wireType: typeof VARINT | typeof LENGTH_DELIMITED;
  /** Longest content in bytes; unused for varints. */
  readonly maxBytes: number;
}

/** Limits by field number; numbers that are absent are unknown fields. */
export type FieldLimits = Readonly<Record<number, FieldLimit>>;

export const number: FieldLimit = { wireType: VARINT, maxBytes: 0 };
export const upTo = (maxBytes: number): FieldLimit => ({ wireType: LENGTH_DELIMITED, maxBytes });

interface Decoder<T> {
  decode(reader: Uint8Array): T;
}

interface Encoder<T> {
  encode(message: T): protobuf.Writer;
}

export interface MessageDecoder<T> {
  /** @throws CodecError */
  decode(bytes: Uint8Array): T;
}

export interface MessageEncoder<T> {
  encode(message: T): Uint8Array;
}

/** Bytes fields of the result are views of the input, not copies. */
export function decoder<T>(message: Decoder<T>, limits: FieldLimits): MessageDecoder<T> {
  return {
    decode(bytes) {
      try {
        checkFields(bytes, limits);
        return message.decode(bytes);
      } catch (error) {
        throw error instanceof CodecError ? error : new CodecError('undecodable message', { cause: error });
      }
    },
  };
}

export function encoder<T>(message: Encoder<T>): MessageEncoder<T> {
  return { encode: (value) => message.encode(value).finish() };
}

function checkFields(bytes: Uint8Array, limits: FieldLimits): void {
  const reader = protobuf.Reader.create(bytes);
  let seen = 0;
  for (let count = 1; reader.pos < reader.len; count += 1) {
    if (count > MAX_FIELDS) throw new CodecError('too many fields');
    const tag = reader.uint32();
    const field = tag >>> 3;
    const wireType = tag & 7;
    const limit = limits[field];
    if (limit === undefined) {
      if (field === 0 || wireType === GROUP) throw new CodecError('neither a field of ours nor one to skip');
      reader.skipType(wireType);
      continue;
    }
    if (wireType !== limit.wireType) throw new CodecError(`field ${field} has the wrong wire type`);
    if ((seen & (1 << field)) !== 0) throw new CodecError(`field ${field} occurs twice`);
    seen |= 1 << field;
    if (wireType === VARINT) {
      reader.uint64();
      continue;
    }
    const length = reader.uint32();
    if (length > limit.maxBytes) throw new CodecError(`field ${field} is too long`);
    reader.skip(length);
  }
}
