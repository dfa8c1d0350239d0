// A TLS connection on which tests send bytes of their own making, and the HTTP answers that come back.

import { once } from 'node:events';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { Prepared } from './dkms-client.ts';

export interface RawAnswer {
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
  readonly body: Buffer;
}

export async function openRaw(options: ConnectionOptions): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', servername: 'localhost', ...options });
  // A reset is one of the ways in which a connection may end.
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  return socket;
}

/** Sends the bytes and reads answers until the server closes the connection, or until there are so many. */
export async function exchange(
  socket: TLSSocket,
  bytes: string | Uint8Array,
  count = Number.POSITIVE_INFINITY,
): Promise<readonly RawAnswer[]> {
  const chunks: Buffer[] = [];
  const answers = new Promise<readonly RawAnswer[]>((resolve, reject) => {
    const settle = (): void => {
      try {
        resolve(splitAnswers(Buffer.concat(chunks)));
      } catch (error) {
        reject(new Error('not a sequence of answers', { cause: error }));
      }
    };
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (count !== Number.POSITIVE_INFINITY && completeAnswers(Buffer.concat(chunks)) >= count) settle();
    });
    socket.on('close', settle);
  });
  socket.write(bytes);
  try {
    return await answers;
  } finally {
    socket.destroy();
  }
}

export function requestBytes({ headers, body }: Prepared, line = 'POST / HTTP/1.1'): Buffer {
  const lines = [line, ...headers.map(([name, value]) => `${name}: ${value}`)];
  lines.push(`content-length: ${body.length}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

function nextAnswer(bytes: Buffer): { answer: RawAnswer; length: number } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
  const bodyLength = status === 100 ? 0 : Number(/content-length: (\d+)/i.exec(head)?.[1]);
  const length = end + 4 + bodyLength;
  if (!(length <= bytes.length)) return null;
  return { answer: { status, head, body: bytes.subarray(end + 4, length) }, length };
}

function completeAnswers(bytes: Buffer): number {
  const next = nextAnswer(bytes);
  return next ? 1 + completeAnswers(bytes.subarray(next.length)) : 0;
}

function splitAnswers(bytes: Buffer): RawAnswer[] {
  if (bytes.length === 0) return [];
  const next = nextAnswer(bytes);
  if (!next) throw new Error('an answer is cut short');
  return [next.answer, ...splitAnswers(bytes.subarray(next.length))];
}
