// The data-plane listener: HTTPS, one POST a request, memory and time bounded, and an Error protobuf on every path,
// Node's own failures included. Sources: data-plane specification 1.1, 1.6, 1.10 to 1.12, 2.3, 2.4.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { KmsError } from '../errors.ts';
import type { ClientCertificates } from './authenticate.ts';
import type { IncomingCall } from './call.ts';
import { type Connection, connectionOf } from './connection.ts';
import { LeanRequest } from './lean-request.ts';
import {
  isGone,
  type MalformedHttp,
  malformedRefusal,
  recordRefusal,
  refuseMalformedHttp,
} from './malformed-http.ts';
import type { Pipeline } from './pipeline.ts';
import {
  BodyAllowance,
  type BodyLimits,
  type ReceivedBody,
  receiveBody,
  withoutBytes,
} from './request-body.ts';

/** The same in all processes, or sessions of one would not resume in another; without it a new context gets another. */
export const SESSION_ID_CONTEXT = 'dkms-data-plane';
/** Bodies held at once in a process, all connections together. */
const BODY_LIMITS: BodyLimits = { smallBytes: 256 * 1024 * 1024, largeBytes: 256 * 1024 * 1024 };
/** Requests one connection may have under way; no SDK sends the next before the answer. */
const MAX_UNANSWERED = 256;
const MAX_CHECK_INTERVAL_MS = 5000;

export interface Timeouts {
  /** Idle time of a kept-alive connection, milliseconds; clients pool for 65 s and more. */
  readonly keepAliveMs: number;
  readonly headersMs: number;
  readonly requestMs: number;
  readonly handshakeMs: number;
}

export interface DataPlaneServerOptions {
  readonly tls: { readonly key: string; readonly cert: string };
  readonly clientCertificates: ClientCertificates;
  readonly timeouts: Timeouts;
  readonly maxConnections: number;
  readonly pipeline: Pipeline;
  readonly malformed: MalformedHttp;
  readonly bodyLimits?: Partial<BodyLimits>;
  readonly ticketKeys?: Buffer;
  /** Whether connections end with the answer under way. Default: when the server does not listen any more. */
  readonly closing?: () => boolean;
}

export function createDataPlaneServer(options: DataPlaneServerOptions): Server {
  const { tls, timeouts, pipeline, malformed } = options;
  const server = createServer({
    ...tls,
    IncomingMessage: LeanRequest,
    sessionIdContext: SESSION_ID_CONTEXT,
    ...(options.ticketKeys && { ticketKeys: options.ticketKeys }),
    minVersion: 'TLSv1.2',
    // Asked for without a list of CA names (the Go SDK presents nothing otherwise) and judged by fingerprint only.
    requestCert: options.clientCertificates !== 'off',
    rejectUnauthorized: false,
    handshakeTimeout: timeouts.handshakeMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    connectionsCheckingInterval: Math.min(timeouts.headersMs, MAX_CHECK_INTERVAL_MS),
    // Node's own answer to a missing Host header has no body.
    requireHostHeader: false,
    noDelay: true,
  });
  server.maxConnections = options.maxConnections;
  // A client that does not read its answers would hold its connection for ever. Longer than the time for a request,
  // whose own end has an answer.
  server.timeout = 2 * Math.max(timeouts.requestMs, timeouts.keepAliveMs);

  const closing = options.closing ?? ((): boolean => !server.listening);
  const allowance = new BodyAllowance({ ...BODY_LIMITS, ...options.bodyLimits });
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const connection = connectionOf(request.socket);
    if (connection.ending) return;
    if (connection.unanswered >= MAX_UNANSWERED) {
      connection.ending = true;
      void recordRefusal(new KmsError('Rejected.Throttling'), connection.peer, malformed);
      request.socket.destroy();
      return;
    }
    connection.unanswered += 1;
    const giveUp = receiveBody(request, allowance, (received) => {
      const body = pipeline.isFull() ? withoutBytes(received) : received;
      pipeline.accept(incomingCall(request, response, { connection, body, closing }));
    });
    connection.latest = { response, giveUp };
  };
  const refuse = (error: NodeJS.ErrnoException, socket: Socket): void => {
    const connection = connectionOf(socket);
    if (connection.ending) return;
    if (isGone(error, socket)) {
      socket.destroy();
      return;
    }
    connection.ending = true;
    const refusal = malformedRefusal(error);
    const refuseNow = (): void => void refuseMalformedHttp(refusal, socket, connection.peer, malformed);
    const { latest } = connection;
    if (!latest || latest.response.closed) refuseNow();
    // What is malformed is the body of a request: it is answered as any other.
    else if (!latest.response.req.complete) latest.giveUp(refusal);
    // Answers go out in the order of their requests: those before the malformed one come first.
    else latest.response.once('close', refuseNow);
  };
  server.on('secureConnection', (socket: TLSSocket) => {
    connectionOf(socket);
    // The certificate of a connection is that of its handshake.
    socket.disableRenegotiation();
  });
  server.on('request', handle);
  // `Expect` with anything but 100-continue: node answers 417 without a body unless somebody listens.
  server.on('checkExpectation', handle);
  server.on('clientError', refuse);
  server.on('connect', (_request: IncomingMessage, socket: Socket) => refuse(new Error('CONNECT'), socket));
  return server;
}

interface Reception {
  readonly connection: Connection;
  readonly body: ReceivedBody;
  readonly closing: () => boolean;
}

function incomingCall(
  request: IncomingMessage,
  response: ServerResponse,
  { connection, body, closing }: Reception,
): IncomingCall {
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    rawHeaders: request.rawHeaders,
    body: body.bytes,
    peer: connection.peer,
    refusal: body.refusal,
    respond(status, reply, keyVersionId) {
      connection.unanswered -= 1;
      body.release();
      const headers = ['content-type', 'application/x-protobuf', 'content-length', String(reply.length)];
      if (keyVersionId !== '') headers.push('x-kms-migrationkeyversionid', keyVersionId);
      // Cut short: by a body that is still coming, or by the instance stopping.
      if (!request.complete || closing()) headers.push('connection', 'close');
      response.writeHead(status, headers);
      response.end(reply);
    },
  };
}
