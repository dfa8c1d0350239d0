// What the listener keeps of each open connection: who is at the other end, and how far its requests are.

import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { plainAddress } from '../core/address-list.ts';
import type { Peer } from './call.ts';
import type { GiveUp } from './request-body.ts';

export interface Connection {
  readonly peer: Peer;
  /** The request begun last. */
  latest: { readonly response: ServerResponse; readonly giveUp: GiveUp } | null;
  /** Requests begun and not yet answered. */
  unanswered: number;
  /** It closes, and whatever it still sends is not looked at. */
  ending: boolean;
}

const connections = new WeakMap<Socket, Connection>();

/** Called first when the handshake is done, because a connection that has gone no longer tells its peer. */
export function connectionOf(socket: Socket): Connection {
  const known = connections.get(socket);
  if (known) return known;
  const peer = {
    address: plainAddress(socket.remoteAddress ?? ''),
    certificateFingerprint: fingerprintOf(socket as Partial<TLSSocket>),
  };
  const connection = { peer, latest: null, unanswered: 0, ending: false };
  connections.set(socket, connection);
  return connection;
}

function fingerprintOf(socket: Partial<TLSSocket>): string {
  // Null, against its type, once the connection has gone.
  const certificate: { readonly fingerprint256?: string } | null | undefined = socket.getPeerCertificate?.();
  return certificate?.fingerprint256?.replaceAll(':', '').toLowerCase() ?? '';
}
