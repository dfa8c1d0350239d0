// A TCP proxy on loopback between an instance and one HSM node: connections can be cut, and led elsewhere.

import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { present } from './present.ts';

export interface TcpProxy {
  readonly port: number;
  /** Connections that were accepted so far. */
  readonly accepted: () => number;
  /** Where new connections lead. */
  target: number;
  /** Breaks every connection. */
  cut(): void;
  close(): void;
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    return socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    accepted += 1;
    const node = track(createConnection({ host: '127.0.0.1', port: proxy.target }));
    track(client).pipe(node).pipe(client);
    client.on('close', () => node.destroy());
    node.on('close', () => client.destroy());
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = present(server.address()) as { readonly port: number };
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const proxy: TcpProxy = {
    port,
    accepted: () => accepted,
    target,
    cut,
    close: () => {
      server.close();
      cut();
    },
  };
  return proxy;
}
