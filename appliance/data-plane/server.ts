// The data-plane listener: HTTPS, one POST a request, bodies bounded, and an Error protobuf on every path, Node's own
// failures included. Sources: data-plane specification 1.1, 1.6, 1.10 to 1.12, 2.3, 2.4.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { MAX_BODY_BYTES } from '../../proto/index.ts';
import { plainAddress } from '../core/authorization.ts';
import { KmsError } from '../errors.ts';
import type { ClientCertificates } from './authenticate.ts';
import type { IncomingCall, Peer } from './call.ts';
import { LeanRequest } from './lean-request.ts';
import { type MalformedHttp, refuseMalformedHttp } from './malformed-http.ts';
import type { Pipeline } from './pipeline.ts';

/** How much of a body over the limit is read and thrown away before the connection is cut. */
const MAX_DISCARD_BYTES = 32 * 1024 * 1024;

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
}

export function createDataPlaneServer(options: DataPlaneServerOptions): Server {
  const { tls, timeouts, pipeline } = options;
  const server = createServer({
    ...tls,
    IncomingMessage: LeanRequest,
    minVersion: 'TLSv1.2',
    // Asked for without a list of CA names (the Go SDK presents nothing otherwise) and judged by fingerprint only.
    requestCert: options.clientCertificates !== 'off',
    rejectUnauthorized: false,
    handshakeTimeout: timeouts.handshakeMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    connectionsCheckingInterval: Math.min(timeouts.headersMs, 5000),
    // Node's own answer to a missing Host header has no body.
    requireHostHeader: false,
    noDelay: true,
  });
  server.maxConnections = options.maxConnections;

  const handle = (request: IncomingMessage, response: ServerResponse): void =>
    receive(request, response, pipeline);
  server.on('request', handle);
  // `Expect` with anything but 100-continue: node answers 417 without a body unless somebody listens.
  server.on('checkExpectation', handle);
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    refuseMalformedHttp(error, socket, peerOf(socket), options.malformed);
  });
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    refuseMalformedHttp(new Error('CONNECT'), socket, peerOf(socket), options.malformed);
  });
  return server;
}

/** Address and certificate of the other end, read once a connection. */
export function peerOf(socket: Socket): Peer {
  const known = peers.get(socket);
  if (known) return known;
  const peer = {
    address: plainAddress(socket.remoteAddress ?? ''),
    certificateFingerprint: fingerprintOf(socket as Partial<TLSSocket>),
  };
  peers.set(socket, peer);
  return peer;
}

const peers = new WeakMap<Socket, Peer>();

function fingerprintOf(socket: Partial<TLSSocket>): string {
  const fingerprint = socket.getPeerCertificate?.().fingerprint256;
  return typeof fingerprint === 'string' ? fingerprint.replaceAll(':', '').toLowerCase() : '';
}

function receive(request: IncomingMessage, response: ServerResponse, pipeline: Pipeline): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const accept = (refusal?: KmsError): void => {
    pipeline.accept(incomingCall(request, response, refusal ? Buffer.alloc(0) : joined(chunks), refusal));
  };
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
    if (size > MAX_DISCARD_BYTES) request.destroy();
  });
  request.on('end', () => accept(size > MAX_BODY_BYTES ? tooLarge() : undefined));
  // A request that broke off was never made; its connection is gone and nothing is owed to it.
  request.on('error', () => chunks.splice(0));
}

function tooLarge(): KmsError {
  return new KmsError('RequestBodyTooLarge', `Request body exceeds ${MAX_BODY_BYTES} bytes.`);
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function incomingCall(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  refusal: KmsError | undefined,
): IncomingCall {
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    rawHeaders: request.rawHeaders,
    body,
    peer: peerOf(request.socket),
    refusal,
    respond: (status, reply, keyVersionId) => send(response, status, reply, keyVersionId),
  };
}

function send(response: ServerResponse, status: number, reply: Uint8Array, keyVersionId: string): void {
  const headers = ['content-type', 'application/x-protobuf', 'content-length', String(reply.length)];
  if (keyVersionId !== '') headers.push('x-kms-migrationkeyversionid', keyVersionId);
  response.writeHead(status, headers);
  response.end(reply);
}
