// One request on its way through the pipeline: what came in, what each step found out, and what goes back.

import type { ClientAccess, grantsFor } from '../core/authorization.ts';
import type { Key } from '../core/key.ts';
import type { KmsError } from '../errors.ts';
import type { AnyOperation } from './operation.ts';
import { type RequestHeaders, readRequestHeaders } from './request-headers.ts';

/** What the listener knows about the other end of the connection. */
export interface Peer {
  /** IPv4-mapped addresses as IPv4. */
  readonly address: string;
  /** SHA-256 of the client certificate, lower-case hex; '' when none was presented. */
  readonly certificateFingerprint: string;
}

export interface IncomingCall {
  readonly method: string;
  readonly url: string;
  /** Names and values alternating, as on the wire, bytes as latin1. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly peer: Peer;
  /** Set by the listener when it already knows the request cannot be served (too large, overload). */
  readonly refusal?: KmsError | undefined;
  /** Sends the answer; called exactly once. */
  readonly respond: (status: number, body: Uint8Array, keyVersionId: string) => void;
}

export class Call {
  readonly incoming: IncomingCall;
  readonly headers: RequestHeaders;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Monotonic milliseconds, for the duration. */
  readonly startedTick: number;

  operation: AnyOperation | null = null;
  access: ClientAccess | null = null;
  /** Only credentials whose signature verified make a caller. */
  authenticated = false;
  grants: ReturnType<typeof grantsFor> = [];
  message: unknown = null;
  key: Key | null = null;
  /** For the audit: the key's id once it is known, until then the name the request has for it. */
  resource = '';
  /** Version named by the request (migration header or ciphertext); '' when it names none. */
  versionId = '';
  error: KmsError | null;
  /** Work that did not finish in its batch. */
  pending: Promise<void> | null = null;
  reply: Uint8Array | null = null;
  replyVersionId = '';

  constructor(incoming: IncomingCall, requestId: string, startedAt: number, startedTick: number) {
    this.incoming = incoming;
    this.headers = readRequestHeaders(incoming.method, incoming.rawHeaders);
    this.requestId = requestId;
    this.startedAt = startedAt;
    this.startedTick = startedTick;
    this.error = incoming.refusal ?? null;
  }
}
