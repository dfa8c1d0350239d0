// The loads of the generator against a small HTTPS server of the test.

import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closedLoop, coldLoop, type Load, type LoadOptions, openLoop } from '../../../bench/load.ts';
import type { Exchange } from '../../../bench/load-connection.ts';
import { loopbackCertificate } from '../../../bench/servers.ts';
import { bareHeaders, requestBytes } from '../../../bench/signed-request.ts';

const body = Buffer.from('body');
let server: Server;
let target: LoadOptions['target'];
const handshakes = { full: 0, resumed: 0 };

beforeAll(async () => {
  const { key, certificate, ca } = await loopbackCertificate();
  server = createServer({ key, cert: certificate, minVersion: 'TLSv1.3' }, (request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-length': '2' }).end('ok'));
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    handshakes[socket.isSessionReused() ? 'resumed' : 'full'] += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  target = { host: '127.0.0.1', port: (server.address() as AddressInfo).port, ca };
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Runs a load until it was answered so often; its exchanges and what failed. */
async function answers(count: number, start: (options: LoadOptions) => Load | Promise<Load>) {
  const exchanges: Exchange[] = [];
  const failures: string[] = [];
  let enough = (): void => undefined;
  const reached = new Promise<void>((resolve) => (enough = resolve));
  const requests = [requestBytes(bareHeaders(target.host, body), body)];
  const events = {
    answered: (exchange: Exchange) => {
      exchanges.push(exchange);
      if (exchanges.length >= count) enough();
    },
    failed: (reason: string) => {
      failures.push(reason);
      enough();
    },
  };
  const startedAt = performance.now();
  const load = await start({ target, requests, connections: 2, events });
  await reached;
  const milliseconds = performance.now() - startedAt;
  await load.stop();
  return { exchanges, failures, milliseconds };
}

describe('a closed loop', () => {
  it('keeps its connections and takes the next request after the answer', async () => {
    Object.assign(handshakes, { full: 0, resumed: 0 });
    const { exchanges, failures } = await answers(20, closedLoop);
    expect(failures).toEqual([]);
    expect(exchanges.every(({ status }) => status === 200)).toBe(true);
    expect(handshakes).toEqual({ full: 2, resumed: 0 });
  });
});

describe('an open loop', () => {
  it('sends no request before it is due', async () => {
    const { failures, milliseconds } = await answers(21, (options) => openLoop(options, 100));
    expect(failures).toEqual([]);
    expect(milliseconds).toBeGreaterThanOrEqual(200);
  });

  it('counts the time that a request waited for a connection', async () => {
    const { exchanges } = await answers(200, (options) => openLoop(options, 1_000_000));
    const first = exchanges[0]?.milliseconds ?? 0;
    expect(exchanges.at(-1)?.milliseconds).toBeGreaterThan(first);
  });
});

describe('cold connections', () => {
  it('make a full handshake for each request', async () => {
    Object.assign(handshakes, { full: 0, resumed: 0 });
    const { exchanges, failures } = await answers(6, (options) => coldLoop(options, 'full'));
    expect(failures).toEqual([]);
    expect(handshakes.resumed).toBe(0);
    expect(handshakes.full).toBeGreaterThanOrEqual(exchanges.length);
  });

  it('resume the session of the connection before', async () => {
    Object.assign(handshakes, { full: 0, resumed: 0 });
    const { exchanges, failures } = await answers(8, (options) => coldLoop(options, 'resumed'));
    expect(failures).toEqual([]);
    expect(handshakes.full).toBe(2);
    expect(handshakes.resumed).toBeGreaterThanOrEqual(exchanges.length - 2);
  });
});
