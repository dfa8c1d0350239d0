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

/** Of a server whose connections are accepted elsewhere. */
export interface HandedListener {
  accept(socket: Socket): void;
  /** Whether connections are to end with the answer under way. */
  closing(): boolean;
  /** Ends each connection with its next answer, idle ones after a while, and cuts what is left at the limit. Again, when that is to be sooner. */
  close(times: { readonly idleMs: number; readonly limitMs: number }): Promise<void>;
}

const IDLE_CHECK_MS = 250;

/** `full` is told when the server has as many connections as it may have, and when it no longer does. */
export function acceptFrom(server: Server, full: (isFull: boolean) => void): HandedListener {
  const open = new Set<Socket>();
  let closing = false;
  let allClosed = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    allClosed = resolve;
  });
  // Never listens itself; this is what starts the server's own checks of its time limits.
  server.emit('listening');
  return {
    accept(socket) {
      open.add(socket);
      // Those that were on their way when it was told come in addition: few, and not to be cut while others have room.
      if (open.size === server.maxConnections) full(true);
      socket.once('close', () => {
        open.delete(socket);
        if (open.size === server.maxConnections - 1) full(false);
        if (closing && open.size === 0) allClosed();
      });
      server.emit('connection', socket);
    },
    closing: () => closing,
    async close({ idleMs, limitMs }) {
      closing = true;
      if (open.size > 0) {
        let checks: NodeJS.Timeout | undefined;
        const idle = setTimeout(() => {
          server.closeIdleConnections();
          checks = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
        }, idleMs);
        const cut = setTimeout(() => {
          for (const socket of open) socket.destroy();
        }, limitMs);
        await closed;
        clearTimeout(idle);
        clearInterval(checks);
        clearTimeout(cut);
      }
      server.close();
    },
  };
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
