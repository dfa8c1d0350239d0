// Starting and stopping a listener: stopping lets requests under way finish for a while, then cuts what is left.

import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';

const CLOSE_GRACE_MS = 5000;

/** Resolves with the port it listens on. @throws the listen error (address in use, not permitted, …) */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

export function closeListener(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
