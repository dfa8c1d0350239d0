// A listener whose connections are accepted elsewhere tells when it has as many as it may have.

import { once } from 'node:events';
import { createServer } from 'node:https';
import { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { acceptFrom } from '../../../appliance/ops/listener.ts';

test('fullness is told at the limit and below it, and no connection that is on its way is cut', async () => {
  const told: boolean[] = [];
  const server = createServer();
  server.maxConnections = 2;
  server.removeAllListeners('connection');
  const listener = acceptFrom(server, (full) => void told.push(full));
  const sockets = Array.from({ length: 3 }, () => new Socket());
  onTestFinished(() => listener.close({ idleMs: 0, limitMs: 0 }));
  for (const socket of sockets) listener.accept(socket);
  expect(told).toEqual([true]);
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
  for (const socket of sockets) {
    socket.destroy();
    await once(socket, 'close');
  }
  expect(told).toEqual([true, false]);
});
