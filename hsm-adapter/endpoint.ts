// Where a node is and how a connection to it is made: mutual TLS to another host, a Unix socket on this one, or a child
// process of its own. Resolves once the peer is known; every way sends at once what it is given (TCP_NODELAY).

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, createSecureContext, type PeerCertificate, type SecureContext, TLSSocket } from 'node:tls';
import { HsmError } from './hsm-error.ts';

export interface TlsEndpoint {
  readonly type: 'tls';
  readonly host: string;
  readonly port: number;
  /** client.p12 and its password. */
  readonly pfx: Buffer;
  readonly passphrase: string;
  /** rootca.pem: the one authority whose servers are believed. */
  readonly ca: Buffer;
  /** Name in the server's certificate; without one the authority's word (a server of the security domain) is enough. */
  readonly serverName?: string;
}

export interface UnixEndpoint {
  readonly type: 'unix';
  readonly path: string;
}

/** `hsm-node serve --parent …`, started for the connection and ended with it. */
export interface ProcessEndpoint {
  readonly type: 'process';
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export type Endpoint = TlsEndpoint | UnixEndpoint | ProcessEndpoint;

const CONNECT_MS = 5_000;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const PARENT_FD = 3;

/** @throws HsmError UNAVAILABLE, with what went wrong as its cause. */
export async function dial(endpoint: Endpoint): Promise<Duplex> {
  try {
    return await DIALERS[endpoint.type](endpoint as never);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new HsmError('UNAVAILABLE', `No connection to the HSM node${code}.`, { cause });
  }
}

/** When the first certificate of a connection ends, this end's or the peer's; null where there are none. */
export function certificateEnd(stream: Duplex): Date | null {
  if (!(stream instanceof TLSSocket)) return null;
  const ends = [stream.getX509Certificate(), stream.getPeerX509Certificate()]
    .filter((certificate) => certificate !== undefined)
    .map(({ validTo }) => new Date(validTo).getTime());
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

const DIALERS = {
  tls: dialTls,
  unix: async ({ path }: UnixEndpoint) => connected(createConnection({ path }), 'connect'),
  process: dialProcess,
} as const;

// Opening client.p12 derives keys from its password, which may take long on the event loop: once, not for every connection.
const contexts = new WeakMap<TlsEndpoint, SecureContext>();

function contextOf(endpoint: TlsEndpoint): SecureContext {
  const { pfx, passphrase, ca } = endpoint;
  const context =
    contexts.get(endpoint) ?? createSecureContext({ pfx, passphrase, ca, minVersion: 'TLSv1.2' });
  contexts.set(endpoint, context);
  return context;
}

async function dialTls(endpoint: TlsEndpoint): Promise<Duplex> {
  const { host, port, serverName } = endpoint;
  const named =
    serverName === undefined ? { checkServerIdentity: checkServerUse } : { servername: serverName };
  const socket = connect({ host, port, secureContext: contextOf(endpoint), ...named });
  socket.setNoDelay(true);
  return connected(socket, 'secureConnect');
}

/** The authority issues client certificates too: only a server's may answer. */
function checkServerUse(_host: string, certificate: PeerCertificate): Error | undefined {
  const uses = certificate.ext_key_usage ?? [];
  return uses.includes(SERVER_AUTH) ? undefined : new Error('not the certificate of a server');
}

async function connected<T extends Duplex | TLSSocket>(socket: T, event: string): Promise<T> {
  try {
    await once(socket, event, { signal: AbortSignal.timeout(CONNECT_MS) });
    return socket;
  } catch (error) {
    socket.on('error', () => undefined);
    socket.destroy();
    throw error;
  }
}

async function dialProcess({ command, args, env }: ProcessEndpoint): Promise<Duplex> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit', 'pipe'], env });
  await once(child, 'spawn');
  const socket = child.stdio[PARENT_FD] as Duplex;
  socket.once('close', () => child.kill('SIGKILL'));
  return socket;
}
