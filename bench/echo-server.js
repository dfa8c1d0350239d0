// The yardstick: a bare node:https server that answers a POST with its body. Plain JavaScript, so that nothing but Node
// runs here. Takes key and certificate from ECHO_KEY and ECHO_CERT and reports { port } when it listens; with more than
// one ECHO_PROCESSES, workers of node:cluster answer.

import cluster from 'node:cluster';
import { createServer } from 'node:https';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { AddressInfo } from 'node:net' */

const processes = Number(process.env['ECHO_PROCESSES'] ?? '1');
if (processes > 1 && cluster.isPrimary) {
  let listening = 0;
  cluster.on('listening', (_worker, { port }) => {
    listening += 1;
    if (listening === processes) process.send?.({ port });
  });
  for (let count = 0; count < processes; count++) cluster.fork();
} else {
  const server = createServer(
    {
      key: process.env['ECHO_KEY'],
      cert: process.env['ECHO_CERT'],
      minVersion: 'TLSv1.3',
      keepAliveTimeout: 75_000,
      noDelay: true,
    },
    echo,
  );
  server.listen(0, '127.0.0.1', () => {
    const { port } = /** @type {AddressInfo} */ (server.address());
    if (!cluster.isWorker) process.send?.({ port });
  });
}

/**
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
function echo(request, response) {
  /** @type {Buffer[]} */
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    response.writeHead(200, [
      'content-type',
      'application/x-protobuf',
      'content-length',
      String(body.length),
    ]);
    response.end(body);
  });
}
