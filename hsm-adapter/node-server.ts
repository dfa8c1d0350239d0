// The doors of a node: a TLS port that takes one client certificate, or two while one follows the other, a Unix socket for processes of the same
// host, or the parent process's socket. Behind each the same protocol; nothing is read before the peer is known.
// Source: issue of the standard edition; HSM specification, section F (TCP_NODELAY is mandatory).

import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { chmod, unlink } from 'node:fs/promises';
import { createConnection, createServer, type Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { type RequestHandler, serveFrames } from './frame-channel.ts';
import { HsmError } from './hsm-error.ts';
import type { NodeLogger } from './node-logger.ts';
import { PARENT_FD } from './token-process.ts';

const HANDSHAKE_MS = 10_000;
const MAX_HANDSHAKES = 64;
/** Clients ping several times a second. */
const IDLE_MS = 60_000;
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const MAX_CLIENT_CERTIFICATES = 2;

export interface TlsDoor {
  readonly type: 'tls';
  readonly host: string;
  readonly port: number;
  /** PKCS#12 of the server's certificate and key. */
  readonly pfx: Buffer;
  readonly passphrase: string;
  /** PEM of the authority that issued the client certificate. */
  readonly clientCa: Buffer;
  /** PEM of the one client certificate that may connect; of two while one follows the other. */
  readonly clientCertificate: Buffer;
}

export interface UnixDoor {
  readonly type: 'unix';
  readonly path: string;
}

export interface ParentDoor {
  readonly type: 'parent';
  readonly onGone: () => void;
}

export interface NodeServerOptions {
  readonly door: TlsDoor | UnixDoor | ParentDoor;
  readonly maxConnections: number;
  readonly handle: RequestHandler;
  readonly log: NodeLogger;
}

export interface NodeServer {
  /** Of a TLS door; 0 otherwise. */
  readonly port: number;
  close(): Promise<void>;
}

export async function openNodeServer(options: NodeServerOptions): Promise<NodeServer> {
  const { door } = options;
  if (door.type === 'parent') {
    const socket = new Socket({ fd: PARENT_FD, readable: true, writable: true });
    serve(socket, options, door.onGone);
    return { port: 0, close: () => closed(socket) };
  }
  const connections = new Set<Duplex>();
  const accept = (socket: Socket): void => admit(socket, connections, options);
  const server = door.type === 'tls' ? tlsServer(door, accept, options.log) : createServer(accept);
  if (door.type === 'unix') await removeStaleSocket(door.path);
  // Whoever only knocks gets no further than this, and takes no place of a client's.
  server.maxConnections = options.maxConnections + MAX_HANDSHAKES;
  server.on('drop', () => options.log.warn('a connection was refused before its handshake: too many'));
  server.listen(door.type === 'tls' ? { host: door.host, port: door.port } : { path: door.path });
  await once(server, 'listening');
  if (door.type === 'unix') await chmod(door.path, 0o600);
  return { port: portOf(server), close: () => closeServer(server, connections) };
}

/** A node that was killed leaves its socket behind: one that nobody listens at is in the way of the next. */
async function removeStaleSocket(path: string): Promise<void> {
  const socket = createConnection({ path });
  try {
    await once(socket, 'connect');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') await unlink(path);
  } finally {
    socket.destroy();
  }
}

function tlsServer(door: TlsDoor, accept: (socket: Socket) => void, log: NodeLogger): Server {
  const allowed = clientFingerprints(door.clientCertificate);
  const server = createTlsServer(
    {
      pfx: door.pfx,
      passphrase: door.passphrase,
      ca: door.clientCa,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      handshakeTimeout: HANDSHAKE_MS,
      noDelay: true,
    },
    (socket: TLSSocket) => {
      if (isAllowed(socket, allowed)) {
        accept(socket);
        return;
      }
      log.warn(
        { peer: socket.remoteAddress },
        'a client certificate other than the imported one was refused',
      );
      socket.destroy();
    },
  );
  server.on('tlsClientError', (error) =>
    log.warn({ code: (error as NodeJS.ErrnoException).code ?? error.name }, 'a TLS handshake failed'),
  );
  return server;
}

/** @throws Error unless the file holds one certificate or two. */
function clientFingerprints(pem: Buffer): readonly Buffer[] {
  const certificates = pem.toString('latin1').match(PEM_CERTIFICATE) ?? [];
  if (certificates.length < 1 || certificates.length > MAX_CLIENT_CERTIFICATES)
    throw new Error(
      '--client-cert takes a file of one certificate (PEM), or of the old one and its successor',
    );
  return certificates.map((certificate) => fingerprint(new X509Certificate(certificate).raw));
}

function isAllowed(socket: TLSSocket, allowed: readonly Buffer[]): boolean {
  const certificate = socket.getPeerX509Certificate();
  if (!socket.authorized || certificate === undefined) return false;
  const presented = fingerprint(certificate.raw);
  return allowed.some((one) => timingSafeEqual(presented, one));
}

function fingerprint(der: Buffer): Buffer {
  return createHash('sha256').update(der).digest();
}

function admit(socket: Socket, connections: Set<Duplex>, options: NodeServerOptions): void {
  if (connections.size >= options.maxConnections) {
    options.log.warn('a connection over the limit was refused');
    socket.destroy();
    return;
  }
  connections.add(socket);
  socket.setNoDelay(true);
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  serve(socket, options, () => connections.delete(socket));
}

/** A peer has to say hello, and so settle the version, before anything else. */
function serve(socket: Socket, { handle }: NodeServerOptions, onClose: () => void): void {
  let greeted = false;
  const greetFirst: RequestHandler = (request) => {
    greeted ||= request.operation === 'hello';
    if (!greeted) throw new HsmError('PROTOCOL', 'The first request has to be hello.');
    return handle(request);
  };
  serveFrames(socket, greetFirst, onClose);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function closeServer(server: Server, connections: ReadonlySet<Duplex>): Promise<void> {
  const done = once(server, 'close');
  server.close();
  for (const connection of connections) connection.destroy();
  await done;
}

async function closed(socket: Socket): Promise<void> {
  if (socket.closed) return;
  const done = once(socket, 'close');
  socket.destroy();
  await done;
}
