// A node that speaks the protocol and answers what a test tells it: for what a real token cannot be made to do.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { CKM } from '../../hsm-adapter/cryptoki.ts';
import { serveFrames } from '../../hsm-adapter/frame-channel.ts';
import type { Endpoint } from '../../hsm-adapter/index.ts';
import { chooseWays } from '../../hsm-adapter/mechanisms.ts';
import type { NodeRequest } from '../../hsm-adapter/node-protocol.ts';
import { encodeNodeStatus, type NodeStatus } from '../../hsm-adapter/node-status.ts';
import { P12_PASSWORD, type SecurityDomain } from './hsm-certificates.ts';
import { endpointOf } from './hsm-node.ts';

/** As a token with every mechanism. */
const SUPPORT = [...chooseWays(new Set(Object.values(CKM)))];

export const CHECK_VALUE = '0102030405ff';

type Answer = (request: NodeRequest) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>;

export interface FakeHsmNode {
  readonly endpoint: Endpoint;
  /** How it answers what is not about its status. */
  answer: Answer;
  /** What it says of itself. */
  state: NodeStatus['state'];
  /** Operations that were asked for, status and pings apart. */
  readonly asked: NodeRequest[];
  /** Connections that are open now, and all there ever were. */
  readonly connections: { readonly open: number; readonly total: number };
  /** Silent from now on, as a stopped process is: connections stay open. */
  freeze(): void;
  close(): Promise<void>;
}

export interface FakeHsmNodeOptions {
  /** Listens over TLS as a server of this domain; without one at a Unix socket. */
  readonly domain?: SecurityDomain;
  /** Of the domain key that it says it has. */
  readonly checkValue?: string;
}

export async function startFakeHsmNode(
  folder: string,
  name: string,
  answer: Answer,
  { domain, checkValue = CHECK_VALUE }: FakeHsmNodeOptions = {},
): Promise<FakeHsmNode> {
  const connections = new Set<Socket>();
  let total = 0;
  let frozen = false;
  const asked: NodeRequest[] = [];
  const accept = (socket: Socket): void => {
    connections.add(socket);
    total += 1;
    const handle: Answer = (request) => {
      if (frozen) return new Promise(() => undefined);
      if (request.operation === 'ping') return [];
      if (request.operation === 'hello' || request.operation === 'status')
        return [status(checkValue, node.state)];
      asked.push(request);
      return node.answer(request);
    };
    serveFrames(socket, handle, () => connections.delete(socket));
  };
  const server = domain === undefined ? createServer(accept) : createTlsServer(serverOf(domain), accept);
  const path = join(folder, `${name}.sock`);
  server.listen(domain === undefined ? { path } : { host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const node: FakeHsmNode = {
    endpoint:
      domain === undefined ? { type: 'unix', path } : endpointOf(server.address() as AddressInfo, domain),
    answer,
    state: 'up',
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

function serverOf({ server, ca }: SecurityDomain) {
  return { pfx: server.pfx, passphrase: P12_PASSWORD, ca, requestCert: true, rejectUnauthorized: true };
}

function status(checkValue: string, state: NodeStatus['state']): Buffer {
  const token = { label: 'fake', serial: '1', manufacturer: 'fake', model: 'fake', vendor: 'fake' };
  return encodeNodeStatus({
    version: 1,
    state,
    token: { ...token, checkValue, cachedKeys: 0, support: SUPPORT },
    processes: [],
    queued: 0,
  });
}
