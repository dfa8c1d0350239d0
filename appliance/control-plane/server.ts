// The HTTPS listener of administrators: bodies and headers bounded, and the JSON error on every path, Node's own
// failures included. Source: control-plane specification 1.1 (rules 4 to 6) and 1.9.

import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { addressList, plainAddress } from '../core/address-list.ts';
import { type ErrorCode, KmsError } from '../errors.ts';
import { type AdmittedConnections, admittedConnections } from './admitted-connections.ts';
import type { Logger } from './logger.ts';
import type { HttpRequest, Pipeline } from './pipeline.ts';
import type { HttpReply } from './render.ts';
import { RequestBounds, type RequestLimits } from './request-bounds.ts';

/** Clients put whole policies and secrets into the URL. */
const MAX_HEADER_BYTES = 262_144;
const MAX_BODY_BYTES = 262_144;
/** How much of a body over the limit is read and thrown away before the connection is cut. */
const MAX_DISCARD_BYTES = 4 * 1024 * 1024;
/** With a body of the largest size each, 256 MiB. */
const REQUEST_LIMITS: RequestLimits = { perConnection: 64, overall: 1024 };
const TOO_MANY_REQUESTS = new KmsError('Rejected.Throttling', 'Too many requests on the connection.');
const BROKEN_OFF = new KmsError(
  'ParseRequestParameterException',
  'The request body did not arrive as a whole.',
);

export interface Timeouts {
  /** Idle time of a kept-alive connection; all in milliseconds. */
  readonly keepAliveMs: number;
  readonly headersMs: number;
  readonly requestMs: number;
  readonly handshakeMs: number;
}

/** PEM of the listener's private key and certificate chain. */
export interface ListenerTls {
  readonly key: string;
  readonly cert: string;
}

export interface ServerOptions {
  readonly tls: ListenerTls;
  readonly clientCaPem: string | null;
  readonly allowedSources: readonly string[];
  readonly timeouts: Timeouts;
  readonly maxConnections: number;
  readonly requestLimits?: RequestLimits;
  readonly pipeline: Pipeline;
  readonly logger: Logger;
}

export interface ControlPlaneServer {
  readonly server: Server;
  readonly admitted: AdmittedConnections;
}

export function createControlPlaneServer({
  tls,
  clientCaPem,
  allowedSources,
  timeouts,
  maxConnections,
  requestLimits = REQUEST_LIMITS,
  pipeline,
  logger,
}: ServerOptions): ControlPlaneServer {
  const server = createServer({
    ...listenerContext(tls, clientCaPem),
    requestCert: clientCaPem !== null,
    rejectUnauthorized: clientCaPem !== null,
    maxHeaderSize: MAX_HEADER_BYTES,
    handshakeTimeout: timeouts.handshakeMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    connectionsCheckingInterval: Math.min(timeouts.headersMs, 5000),
    // Node's own answer to a missing Host header has no body.
    requireHostHeader: false,
    noDelay: true,
  });
  server.maxConnections = maxConnections;
  // A client that does not read its answers would hold its connection for ever.
  server.timeout = 2 * Math.max(timeouts.requestMs, timeouts.keepAliveMs);
  if (allowedSources.length > 0) admitOnly(server, allowedSources, logger);
  const admitted = admittedConnections(server);
  const bounds = new RequestBounds(requestLimits);
  /** Connections that end with a refusal, which is recorded once. */
  const refused = new WeakSet<Socket>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    const entered = bounds.entered(socket);
    if (entered === null) {
      if (refused.has(socket)) return;
      refused.add(socket);
      logger.warn({ clientAddress: socket.remoteAddress }, 'control-plane connection with too many requests');
      // First, for a connection that is gone no longer tells its peer.
      void pipeline(refusedRequest(request, TOO_MANY_REQUESTS));
      socket.destroy();
      return;
    }
    const refusal = admitted.has(socket) ? entered.refusal : new KmsError('Forbidden.NoPermission');
    const isRefused = (): boolean => refused.has(socket);
    const ending = (): boolean => !server.listening || !admitted.has(socket);
    serve(request, response, { pipeline, refusal, isRefused, ending })
      .catch((error: unknown) => {
        logger.error({ err: error }, 'control-plane answer could not be sent');
        response.destroy();
      })
      .finally(() => bounds.left(socket));
  };
  const refuse = (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (isGone(error, socket)) {
      socket.destroy();
      return;
    }
    refused.add(socket);
    refuseMalformed(error, socket, pipeline).catch((failure: unknown) => {
      logger.error({ err: failure }, 'control-plane refusal could not be sent');
      socket.destroy();
    });
  };
  server.on('request', handle);
  // `Expect` with anything but 100-continue: node answers 417 without a body unless somebody listens.
  server.on('checkExpectation', handle);
  server.on('clientError', refuse);
  server.on('connect', (_request: IncomingMessage, socket: Socket) => refuse(new Error('CONNECT'), socket));
  return { server, admitted };
}

/** What `setSecureContext` replaces as a whole: without the authorities, any public one would vouch for a client. */
export function listenerContext(tls: ListenerTls, clientCaPem: string | null) {
  return { ...tls, minVersion: 'TLSv1.2' as const, ...(clientCaPem !== null && { ca: clientCaPem }) };
}

/** Others are cut off before the handshake. */
function admitOnly(server: Server, sources: readonly string[], logger: Logger): void {
  const allowed = addressList(sources);
  server.prependListener('connection', (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress ?? '');
    if (allowed.contains(address)) return;
    logger.warn({ clientAddress: address }, 'control-plane connection from an address that is not allowed');
    socket.destroy();
  });
}

interface ServeContext {
  readonly pipeline: Pipeline;
  /** Why the request cannot be served; its body is then not kept. */
  readonly refusal: KmsError | null;
  /** Whether a refusal of the connection is recorded already. */
  readonly isRefused: () => boolean;
  /** Whether the connection is to get no further request. */
  readonly ending: () => boolean;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { pipeline, refusal, isRefused, ending }: ServeContext,
): Promise<void> {
  // Before its connection may be gone, and no longer tells its peer.
  const incomplete = refusedRequest(request, refusal ?? BROKEN_OFF);
  const body = await readBody(request, refusal);
  if (body === null) {
    // It is recorded that somebody tried; nobody is there to be answered.
    if (!isRefused()) await pipeline(incomplete);
    return;
  }
  const whole = body instanceof KmsError ? { refusal: body } : { body, refusal: null };
  const reply = await pipeline({ ...incomplete, ...whole });
  // What was not read to its end is cut off with the answer.
  const closing = ending() || !request.complete;
  response.writeHead(reply.status, { ...reply.headers, ...(closing && { connection: 'close' }) });
  response.end(reply.body);
}

function refusedRequest(
  { method = '', url = '', headers, socket }: IncomingMessage,
  refusal: KmsError,
): HttpRequest {
  return {
    method,
    url,
    headers,
    body: Buffer.alloc(0),
    clientAddress: plainAddress(socket.remoteAddress ?? ''),
    fingerprint: fingerprintOf(socket as Partial<TLSSocket>),
    refusal,
  };
}

function fingerprintOf(socket: Partial<TLSSocket>): string {
  // Null, against its type, once the connection has gone.
  const certificate: { readonly fingerprint256?: string } | null | undefined = socket.getPeerCertificate?.();
  const fingerprint = certificate?.fingerprint256;
  return fingerprint === undefined ? '' : `sha256-${fingerprint.replaceAll(':', '').toLowerCase()}`;
}

/** The body, the refusal of the request or of a body too large, or null when it did not arrive whole. */
async function readBody(
  request: IncomingMessage,
  refusal: KmsError | null,
): Promise<Buffer | KmsError | null> {
  const kept = refusal === null ? MAX_BODY_BYTES : 0;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      // Read on for a while: a client that is still sending would miss an early answer.
      if (size > MAX_DISCARD_BYTES) break;
      if (size <= kept) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch {
    return null;
  }
  if (refusal !== null) return refusal;
  if (size <= MAX_BODY_BYTES) return Buffer.concat(chunks);
  return new KmsError('RequestBodyTooLarge', `Request body exceeds ${MAX_BODY_BYTES} bytes.`);
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'RequestHeaderTooLarge',
  ERR_HTTP_REQUEST_TIMEOUT: 'RequestTimeout',
};

/** Nobody is there to be answered. */
function isGone({ code }: NodeJS.ErrnoException, socket: Socket): boolean {
  return !socket.writable || code === 'ECONNRESET' || code === 'EPIPE';
}

/** Requests that never became one: bad HTTP, headers too large, time-outs, CONNECT. The connection is closed. */
async function refuseMalformed(
  error: NodeJS.ErrnoException,
  socket: Socket,
  pipeline: Pipeline,
): Promise<void> {
  const refusal = new KmsError(CODES[error.code ?? ''] ?? 'ParseRequestParameterException');
  const clientAddress = plainAddress(socket.remoteAddress ?? '');
  const reply = await pipeline({
    method: '',
    url: '',
    headers: {},
    body: Buffer.alloc(0),
    clientAddress,
    fingerprint: fingerprintOf(socket as Partial<TLSSocket>),
    refusal,
  });
  socket.end(rawReply(reply));
}

function rawReply({ status, headers, body }: HttpReply): Buffer {
  const fields = Object.entries({ ...headers, connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...fields].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]);
}
