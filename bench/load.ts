// The ways of the load generator to put load on a server. Each keeps going until it is stopped and tells of every answer;
// stopping waits for what is under way.

import { setTimeout as delay } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import { exchangeOnce } from './cold-connection.ts';
import { type Exchange, LoadConnection, type Target } from './load-connection.ts';

export interface LoadEvents {
  readonly answered: (exchange: Exchange) => void;
  readonly failed: (reason: string) => void;
}

export interface LoadOptions {
  readonly target: Target;
  readonly requests: readonly Buffer[];
  readonly connections: number;
  readonly events: LoadEvents;
}

export interface Load {
  /** Sends nothing new from here on. */
  halt(): void;
  /** Resolves when the last answer has come and every connection is closed. */
  stop(): Promise<void>;
}

/** As fast as the server answers: each connection sends its next request `pauseMs` after the answer to its last. */
export async function closedLoop(options: LoadOptions, pauseMs = 0): Promise<Load> {
  const { requests } = options;
  let halted = false;
  const send = (connection: LoadConnection): void => {
    if (!halted && !connection.broken) connection.send(nextRequest(connection));
  };
  const connections = await openAll(options, (connection) => {
    if (pauseMs === 0) send(connection);
    else setTimeout(() => send(connection), pauseMs);
  });
  const stride = Math.floor(requests.length / connections.length);
  const positions = new Map(connections.map((connection, index) => [connection, index * stride]));
  const nextRequest = (connection: LoadConnection): Buffer => {
    const position = positions.get(connection) ?? 0;
    positions.set(connection, position + 1);
    return requestAt(requests, position);
  };
  for (const connection of connections) send(connection);
  return loadOf(connections, () => (halted = true));
}

/** So many requests a second, each sent when it is due; one that finds no free connection waits, which its time includes. */
export async function openLoop(options: LoadOptions, rate: number): Promise<Load> {
  const free: LoadConnection[] = [];
  const connections = await openAll(options, (connection) => free.push(connection));
  free.push(...connections);
  const startedAt = performance.now();
  let sent = 0;
  let halted = false;
  const sendDue = (): void => {
    if (halted) return;
    for (;;) {
      const dueAt = startedAt + (sent * 1000) / rate;
      if (dueAt > performance.now()) break;
      const connection = free.pop();
      if (connection === undefined) break;
      if (connection.broken) continue;
      connection.send(requestAt(options.requests, sent), dueAt);
      sent += 1;
    }
    // Timers are too coarse: a millisecond's requests would come all at once.
    setImmediate(sendDue);
  };
  sendDue();
  return loadOf(connections, () => (halted = true));
}

/** A new connection for each request, so many at a time; resumed ones offer the session of the one before. */
export function coldLoop(options: LoadOptions, handshake: 'full' | 'resumed'): Load {
  const { requests, events } = options;
  const { host, port, ca } = options.target;
  const target = { host, port, secureContext: createSecureContext({ ca }) };
  let halted = false;
  const client = async (first: number): Promise<void> => {
    let session: Buffer | undefined;
    for (let position = first; !halted; position++) {
      try {
        const offered = handshake === 'resumed' ? session : undefined;
        const exchange = await exchangeOnce(target, requestAt(requests, position), offered);
        if (offered && !exchange.resumed) events.failed('the server did not resume the session');
        session = exchange.session ?? session;
        if (!session) events.failed('the server offered no session');
        events.answered(exchange);
      } catch (error) {
        events.failed(String(error));
        await delay(10);
      }
    }
  };
  const clients = Array.from({ length: options.connections }, (_, index) => client(index));
  return {
    halt: () => (halted = true),
    stop: async () => {
      halted = true;
      await Promise.all(clients);
    },
  };
}

function openAll(
  { target, connections, events }: LoadOptions,
  freed: (connection: LoadConnection) => void,
): Promise<LoadConnection[]> {
  const shared = {
    answered: (connection: LoadConnection, exchange: Exchange) => {
      events.answered(exchange);
      freed(connection);
    },
    broke: (reason: Error) => events.failed(reason.message),
  };
  return Promise.all(Array.from({ length: connections }, () => LoadConnection.open(target, shared)));
}

function loadOf(connections: readonly LoadConnection[], halt: () => void): Load {
  return {
    halt,
    stop: async () => {
      halt();
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}

function requestAt(requests: readonly Buffer[], position: number): Buffer {
  const request = requests[position % requests.length];
  if (request === undefined) throw new RangeError('the pool of requests is empty');
  return request;
}
