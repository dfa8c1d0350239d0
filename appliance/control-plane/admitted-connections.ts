// Connections whose client certificates were checked against the authorities that the listener has now. Once it has others,
// the connections of before are at an end: what is under way on them is answered, what follows is refused.

import type { Server } from 'node:https';
import type { Socket } from 'node:net';

export interface AdmittedConnections {
  has(socket: Socket): boolean;
  /** Of those that are there, none stays; what is not through its handshake is cut. */
  retire(): void;
}

export function admittedConnections(server: Server): AdmittedConnections {
  let admitted = new WeakSet<Socket>();
  /** Whose handshake is under way, and goes by the authorities of its beginning. */
  const greeting = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket);
    greeting.set(peer, socket);
    socket.once('close', () => {
      if (greeting.get(peer) === socket) greeting.delete(peer);
    });
  });
  server.on('secureConnection', (socket: Socket) => {
    greeting.delete(peerOf(socket));
    admitted.add(socket);
  });
  return {
    has: (socket) => admitted.has(socket),
    retire() {
      admitted = new WeakSet();
      for (const socket of greeting.values()) socket.destroy();
      server.closeIdleConnections();
    },
  };
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
