// A node that speaks the protocol and answers what a test tells it: for what a real token cannot be made to do.

import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { serveFrames } from '../../hsm-adapter/frame-channel.ts';
import type { Endpoint } from '../../hsm-adapter/index.ts';
import type { NodeRequest } from '../../hsm-adapter/node-protocol.ts';
import { encodeNodeStatus } from '../../hsm-adapter/node-status.ts';

export const CHECK_VALUE = '0102030405ff';

type Answer = (request: NodeRequest) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>;

export interface FakeHsmNode {
  readonly endpoint: Endpoint;
  /** How it answers what is not about its status. */
  answer: Answer;
  /** Operations that were asked for, status and pings apart. */
  readonly asked: NodeRequest[];
  /** Connections that are open now, and all there ever were. */
  readonly connections: { readonly open: number; readonly total: number };
  /** Silent from now on, as a stopped process is: connections stay open. */
  freeze(): void;
  close(): Promise<void>;
}

export async function startFakeHsmNode(folder: string, name: string, answer: Answer): Promise<FakeHsmNode> {
  const path = join(folder, `${name}.sock`);
  const connections = new Set<Socket>();
  let total = 0;
  let frozen = false;
  const asked: NodeRequest[] = [];
  const server = createServer((socket) => {
    connections.add(socket);
    total += 1;
    const handle: Answer = (request) => {
      if (frozen) return new Promise(() => undefined);
      if (request.operation === 'ping') return [];
      if (request.operation === 'hello' || request.operation === 'status') return [status()];
      asked.push(request);
      return node.answer(request);
    };
    serveFrames(socket, handle, () => connections.delete(socket));
  });
  server.listen({ path });
  await once(server, 'listening');
  const node: FakeHsmNode = {
    endpoint: { type: 'unix', path },
    answer,
    asked,
    get connections() {
      return { open: connections.size, total };
    },
    freeze: () => {
      frozen = true;
    },
    close: async () => {
      const done = once(server, 'close');
      server.close();
      for (const connection of connections) connection.destroy();
      await done;
    },
  };
  return node;
}

function status(): Buffer {
  const token = { label: 'fake', serial: '1', manufacturer: 'fake', model: 'fake', vendor: 'fake' };
  return encodeNodeStatus({
    version: 1,
    state: 'up',
    token: { ...token, checkValue: CHECK_VALUE, cachedKeys: 0, support: [] },
    processes: [],
    queued: 0,
  });
}
