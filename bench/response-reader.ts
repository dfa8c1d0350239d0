// Cuts a connection's bytes into HTTP/1.1 responses, as far as a load generator needs it: the status of each, bodies
// skipped by their Content-Length. Anything else (chunked bodies, a missing length) is an error, never a guess.

const HEADER_END = '\r\n\r\n';
const STATUS_LINE = /^HTTP\/1\.1 ([1-5]\d\d) /;
const CONTENT_LENGTH = /\r\ncontent-length: *(\d{1,9})\r\n/i;
const MAX_HEADER_BYTES = 16 * 1024;

export class ResponseReader {
  #pending: Buffer | null = null;
  /** Bytes of the present body that have not come yet. */
  #bodyLeft = 0;
  #status = 0;

  /** Calls `complete` with the status of every response that ends in this chunk. @throws Error on anything else */
  feed(chunk: Buffer, complete: (status: number) => void): void {
    let bytes = this.#pending === null ? chunk : Buffer.concat([this.#pending, chunk]);
    this.#pending = null;
    while (bytes.length > 0) {
      if (this.#status === 0) {
        const end = bytes.indexOf(HEADER_END);
        if (end < 0) {
          if (bytes.length > MAX_HEADER_BYTES) throw new Error('the response header does not end');
          this.#pending = bytes;
          return;
        }
        this.#readHeader(bytes.toString('latin1', 0, end + 2));
        bytes = bytes.subarray(end + HEADER_END.length);
      }
      const taken = Math.min(this.#bodyLeft, bytes.length);
      this.#bodyLeft -= taken;
      bytes = bytes.subarray(taken);
      if (this.#bodyLeft === 0) {
        const status = this.#status;
        this.#status = 0;
        complete(status);
      }
    }
  }

  #readHeader(header: string): void {
    const status = STATUS_LINE.exec(header)?.[1];
    const length = CONTENT_LENGTH.exec(header)?.[1];
    if (status === undefined) throw new Error('not an HTTP/1.1 response');
    if (length === undefined) throw new Error('the response has no Content-Length');
    this.#status = Number(status);
    this.#bodyLeft = Number(length);
  }
}
