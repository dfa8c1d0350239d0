// The other end of a connection: its address and the client certificate it presented, read once, while it is there.

import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { plainAddress } from '../core/authorization.ts';
import type { Peer } from './call.ts';

const peers = new WeakMap<Socket, Peer>();

/** Called first when the handshake is done, because a connection that has gone no longer tells. */
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

function fingerprintOf(socket: Partial<TLSSocket>): string {
  // Null, against its type, once the connection has gone.
  const certificate: { readonly fingerprint256?: string } | null | undefined = socket.getPeerCertificate?.();
  return certificate?.fingerprint256?.replaceAll(':', '').toLowerCase() ?? '';
}
