// Starting and stopping a listener: stopping lets requests under way finish for a while, then cuts what is left.

import type { Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

const CLOSE_GRACE_MS = 5000;

/** Open connections, those still in their handshake too: the HTTP server only knows the others. */
const connections = new WeakMap<Server, Set<Socket>>();

/** Resolves with the port it listens on. @throws the listen error (address in use, not permitted, …) */
export function listen(server: Server, host: string, port: number): Promise<number> {
  const open = new Set<Socket>();
  connections.set(server, open);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

export function closeListener(server: Server, graceMs = CLOSE_GRACE_MS): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      server.closeAllConnections();
      for (const socket of connections.get(server) ?? []) socket.destroy();
    }, graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
