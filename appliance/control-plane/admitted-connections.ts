// Connections whose client certificates were checked against the authorities that the listener has now. Once it has others,
// the connections of before are at an end: what is under way on them is answered, what follows is refused.

import type { Server } from 'node:https';
import type { Socket } from 'node:net';

export interface AdmittedConnections {
  has(socket: Socket): boolean;
  /** Of those that are there, none stays. */
  retire(): void;
}

export function admittedConnections(server: Server): AdmittedConnections {
  let admitted = new WeakSet<Socket>();
  server.on('secureConnection', (socket: Socket) => admitted.add(socket));
  return {
    has: (socket) => admitted.has(socket),
    retire() {
      admitted = new WeakSet();
      server.closeIdleConnections();
    },
  };
}
