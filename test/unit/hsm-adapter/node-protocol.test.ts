import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HSM_ERRORS, HsmError, type HsmErrorCode } from '../../../hsm-adapter/hsm-error.ts';
import {
  decodeRequest,
  decodeResponse,
  encodeError,
  encodeRequest,
  encodeResult,
  FrameReader,
  MAX_FRAME_BYTES,
  OPERATIONS,
  type Operation,
} from '../../../hsm-adapter/node-protocol.ts';

const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array));
const request = fc.constantFrom(...(Object.keys(OPERATIONS) as Operation[])).chain((operation) => {
  const count = OPERATIONS[operation].fields;
  return fc.record({
    id: fc.nat(0xffff_ffff),
    operation: fc.constant(operation),
    deadlineMs: fc.nat(0xffff_ffff),
    fields: fc.array(bytes, { minLength: count, maxLength: count }),
  });
});

function framesOf(stream: Buffer, cuts: readonly number[] = []): Buffer[] {
  const reader = new FrameReader();
  const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length];
  return places.slice(1).flatMap((end, index) => reader.push(stream.subarray(places[index], end)));
}

function codeOf(run: () => unknown): HsmErrorCode | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof HsmError) return error.code;
    throw error;
  }
}

describe('the node protocol', () => {
  it('brings every request over unchanged, however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(request, { maxLength: 5 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (requests, cuts) => {
          const frames = framesOf(Buffer.concat(requests.map(encodeRequest)), cuts);
          expect(frames.map(decodeRequest)).toEqual(requests);
        },
      ),
    );
  });

  it('brings every result and every error code over', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.array(bytes, { maxLength: 8 }), (id, fields) => {
        const [frame = Buffer.alloc(0)] = framesOf(encodeResult(id, fields));
        expect(decodeResponse(frame)).toEqual({ id, error: null, fields });
      }),
    );
    for (const code of Object.keys(HSM_ERRORS) as HsmErrorCode[]) {
      const [frame = Buffer.alloc(0)] = framesOf(encodeError(7, new HsmError(code, 'why')));
      expect(decodeResponse(frame)).toMatchObject({ id: 7, error: { code, message: 'why' } });
    }
  });

  it('refuses whatever is no frame with PROTOCOL, and never in another way', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (array) => {
        for (const decode of [decodeRequest, decodeResponse]) {
          expect(['PROTOCOL', null]).toContain(codeOf(() => decode(Buffer.from(array))));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses the wrong number of fields, bytes after the last and lengths over the end', () => {
    const whole = encodeRequest({
      id: 1,
      operation: 'agree',
      deadlineMs: 1,
      fields: [Buffer.of(1), Buffer.of(2)],
    });
    const frame = whole.subarray(4);
    const cases = [
      encodeRequest({ id: 1, operation: 'agree', deadlineMs: 1, fields: [Buffer.of(1)] }).subarray(4),
      Buffer.concat([frame, Buffer.of(0)]),
      frame.subarray(0, -1),
      Buffer.from(frame).fill(0xff, 10, 14),
    ];
    for (const bad of cases) expect(codeOf(() => decodeRequest(bad))).toBe('PROTOCOL');
  });

  it('gives a stream up at the first length over the limit, before anything of it has come', () => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(MAX_FRAME_BYTES + 1);
    expect(codeOf(() => framesOf(head))).toBe('PROTOCOL');
  });

  it('refuses to make a request that no node would take', () => {
    const fields = [Buffer.alloc(MAX_FRAME_BYTES), Buffer.alloc(0)];
    expect(codeOf(() => encodeRequest({ id: 1, operation: 'agree', deadlineMs: 1, fields }))).toBe(
      'INVALID_INPUT',
    );
  });

  it('gives operations and errors numbers of their own', () => {
    const codes = Object.values(OPERATIONS).map(({ code }) => code);
    const wires = Object.values(HSM_ERRORS).map(({ wire }) => wire);
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(wires).size).toBe(wires.length);
  });
});
