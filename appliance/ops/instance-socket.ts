// The client's side of an instance's Unix socket (data-directory-lock.ts): a line is sent, a line comes back. Also: socket
// paths of any length, which the system bounds to about a hundred bytes.

import { closeSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, dirname } from 'node:path';

/** Of `sockaddr_un` everywhere, its end included. */
const MAX_PATH_BYTES = 100;

export interface SocketAnswer {
  /** `nobody`: no process holds the socket. `silent`: one does, and did not answer in time. */
  readonly state: 'answered' | 'silent' | 'nobody';
  readonly text: string;
}

export function askSocket(path: string, line: string, timeoutMs: number): Promise<SocketAnswer> {
  return withSocketPath(
    path,
    (usable) =>
      new Promise((resolve) => {
        let text = '';
        const socket = connect({ path: usable });
        const settle = (state: SocketAnswer['state']): void => {
          clearTimeout(timer);
          socket.destroy();
          resolve({ state, text: text.trimEnd() });
        };
        const timer = setTimeout(() => settle('silent'), timeoutMs);
        socket.setEncoding('utf8');
        socket.on('connect', () => socket.write(`${line}\n`));
        socket.on('data', (chunk: string) => {
          text += chunk;
        });
        socket.on('end', () => settle(text.endsWith('\n') ? 'answered' : 'silent'));
        socket.on('error', ({ code }: NodeJS.ErrnoException) =>
          settle(code === 'ECONNREFUSED' || code === 'ENOENT' ? 'nobody' : 'silent'),
        );
      }),
  );
}

/** A long path is reached through the descriptor of its directory (Linux). */
export async function withSocketPath<T>(path: string, use: (usable: string) => Promise<T>): Promise<T> {
  if (Buffer.byteLength(path) <= MAX_PATH_BYTES) return use(path);
  const directory = openSync(dirname(path), 'r');
  try {
    return await use(`/proc/self/fd/${directory}/${basename(path)}`);
  } finally {
    closeSync(directory);
  }
}
