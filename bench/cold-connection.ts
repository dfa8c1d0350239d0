// A new TLS connection for one request: what a client pays that keeps none open. With a session the handshake is resumed.

import { type ConnectionOptions, connect } from 'node:tls';
import type { Exchange } from './load-connection.ts';
import { ResponseReader } from './response-reader.ts';

export interface ColdExchange extends Exchange {
  /** The newest session that the server offered on this connection. */
  readonly session: Buffer | undefined;
  /** Whether the server took the session that was offered to it. */
  readonly resumed: boolean;
}

/** What all connections to a server share: a context of its own for each would cost the generator more than the handshake. */
export type ColdTarget = Required<Pick<ConnectionOptions, 'host' | 'port' | 'secureContext'>>;

/** The time includes connecting. Rejects when the connection breaks before the answer. */
export function exchangeOnce(target: ColdTarget, request: Buffer, session?: Buffer): Promise<ColdExchange> {
  return new Promise((resolve, reject) => {
    const openedAt = performance.now();
    const options: ConnectionOptions = { ...target, ...(session && { session }) };
    const reader = new ResponseReader();
    let offered: Buffer | undefined;
    const socket = connect(options, () => {
      socket.setNoDelay(true);
      socket.write(request);
    });
    socket.on('session', (bytes: Buffer) => (offered = bytes));
    socket.on('data', (chunk: Buffer) => {
      try {
        reader.feed(chunk, (status) => {
          const milliseconds = performance.now() - openedAt;
          resolve({ status, milliseconds, session: offered, resumed: socket.isSessionReused() });
          socket.destroy();
        });
      } catch (error) {
        socket.destroy(error as Error);
      }
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the server closed the connection')));
  });
}
