// Requests that never became one: bad HTTP, headers too large, time-outs, CONNECT. They too get the Error protobuf and
// an audit record; the connection is then closed. Source: data-plane specification 1.10 and section 5.

import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { AuditLog } from '../core/ports/audit-log.ts';
import type { Clock } from '../core/ports/clock.ts';
import { type ErrorCode, KmsError } from '../errors.ts';
import type { Logger } from '../ops/logger.ts';
import type { Peer } from './call.ts';
import { renderError, wireCode } from './render-error.ts';

export interface MalformedHttp {
  readonly audit: Pick<AuditLog, 'append' | 'flushed'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newRequestId: () => string;
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'RequestHeaderTooLarge',
  ERR_HTTP_REQUEST_TIMEOUT: 'RequestTimeout',
};

const GONE: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

const TLS_ERROR = /^ERR_(?:SSL|TLS)_/;

/** Whether the connection is gone or its TLS broken, so that nobody is there to answer. */
export function isGone({ code = '' }: NodeJS.ErrnoException, socket: Socket): boolean {
  return !socket.writable || GONE.has(code) || TLS_ERROR.test(code);
}

/** What the client is told of an error of Node's HTTP parser. */
export function malformedRefusal(error: NodeJS.ErrnoException): KmsError {
  return new KmsError(CODES[error.code ?? ''] ?? 'InvalidParameter', 'The HTTP request is not valid.');
}

/** Answers in place of the HTTP server, when the record is written, and closes the connection. Never rejects. */
export async function refuseMalformedHttp(
  refusal: KmsError,
  socket: Socket,
  peer: Peer,
  malformed: MalformedHttp,
): Promise<void> {
  const { requestId, isWritten } = await recordRefusal(refusal, peer, malformed);
  const answer = isWritten ? refusal : new KmsError('ServiceUnavailableTemporary');
  const body = renderError(answer, requestId);
  const head = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    'content-type: application/x-protobuf',
    `content-length: ${body.length}`,
    'connection: close',
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]));
}

/** Writes the audit record of a refusal, which has the request id. Never rejects. */
export async function recordRefusal(
  refusal: KmsError,
  peer: Peer,
  { audit, clock, logger, newRequestId }: MalformedHttp,
): Promise<{ readonly requestId: string; readonly isWritten: boolean }> {
  const requestId = newRequestId();
  try {
    audit.append([malformedRecord(refusal, requestId, clock(), peer)]);
    await audit.flushed();
    return { requestId, isWritten: true };
  } catch (failure) {
    // That nothing can be written is told by who watches over the log, and by the requests.
    logger.debug({ requestId, err: failure }, 'audit record could not be written');
    return { requestId, isWritten: false };
  }
}

function malformedRecord(refusal: KmsError, requestId: string, time: number, peer: Peer) {
  return {
    time,
    plane: 'data',
    clientAddress: peer.address,
    userAgent: '',
    requestId,
    api: '',
    apiVersion: '',
    accessKeyId: '',
    identityType: '',
    principal: '',
    fingerprint: peer.certificateFingerprint === '' ? '' : `sha256-${peer.certificateFingerprint}`,
    resource: '',
    durationMs: 0,
    status: refusal.status,
    errorCode: wireCode(refusal),
    errorMessage: refusal.message,
  } as const;
}
