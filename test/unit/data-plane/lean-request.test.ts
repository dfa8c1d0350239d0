// A request class that keeps Node from parsing headers must not change what Node does with them.

import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { LeanRequest } from '../../../appliance/data-plane/lean-request.ts';

let server: Server | null = null;
afterEach(() => server?.close());

const RAW: RequestListener = ({ rawHeaders }, response) => response.end(rawHeaders.join(' '));

/** Sends the text to a server of lean requests and gives all it answers until it closes the connection. */
async function exchange(text: string, onExpectation: RequestListener = RAW): Promise<string> {
  server = createServer({ IncomingMessage: LeanRequest, requireHostHeader: false }, RAW);
  server.on('checkExpectation', onExpectation);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

it('a request has its raw headers and the body its framing says', async () => {
  const answer = await exchange(
    'POST / HTTP/1.1\r\nX-A: 1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nhi\r\n0\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain('X-A 1 Transfer-Encoding chunked Connection close');
});

it('Expect: 100-continue is answered with 100 in any case of its name', async () => {
  const answer = await exchange('POST / HTTP/1.1\r\nexPECT: 100-continue\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
});

it('any other expectation reaches its own listener', async () => {
  const answer = await exchange(
    'POST / HTTP/1.1\r\nExpect: the-impossible\r\nConnection: close\r\n\r\n',
    ({ headers }, response) => response.writeHead(400).end(headers.expect),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 .*the-impossible/s);
});
