// The bench's HTTP response reader, fed with whole, joined and torn responses.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResponseReader } from '../../../bench/response-reader.ts';

function response(status: number, body: string): string {
  return `HTTP/1.1 ${status} Any Text\r\nDate: now\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function statusesOf(chunks: readonly Buffer[]): number[] {
  const reader = new ResponseReader();
  const statuses: number[] = [];
  for (const chunk of chunks) reader.feed(chunk, (status) => statuses.push(status));
  return statuses;
}

describe('a response reader', () => {
  it('tells the status of each response, however the bytes are cut', () => {
    const stream = Buffer.from(
      response(200, 'body') + response(503, '') + response(200, 'HTTP/1.1 500 X\r\n\r\n'),
    );
    const cuts = fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 12 });
    fc.assert(
      fc.property(cuts, (places) => {
        const edges = [0, ...places.sort((a, b) => a - b), stream.length];
        const chunks = edges.slice(1).map((end, index) => stream.subarray(edges[index], end));
        expect(statusesOf(chunks)).toEqual([200, 503, 200]);
      }),
    );
  });

  it('does not report a response whose body is not complete', () => {
    expect(statusesOf([Buffer.from(response(200, 'body').slice(0, -1))])).toEqual([]);
  });

  it('refuses a response without a length, and what is not HTTP', () => {
    expect(() =>
      statusesOf([Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')]),
    ).toThrow();
    expect(() => statusesOf([Buffer.from('SSH-2.0-x\r\n\r\n')])).toThrow();
  });

  it('refuses a header that does not end', () => {
    expect(() => statusesOf([Buffer.alloc(20_000, 'a')])).toThrow();
  });
});
