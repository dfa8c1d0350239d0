// The `kms` command's client of the control plane: one signed POST a call, parameters in the body so that none of them
// stands in a URL, a deadline on each, no retry (the API has no client token: a create sent twice makes two).

import { Agent, type RequestOptions, request } from 'node:https';
import { isIP } from 'node:net';
import { isoSeconds, type RandomBytes } from '../../core/ids.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { canonicalQuery } from '../percent-encoding.ts';
import { ServiceError, unreachable } from './failures.ts';
import { type AccessKey, signedHeaders } from './sign-request.ts';

export const VERSIONS = { kms: '2016-01-20', ram: '2015-05-01', actiontrail: '2020-07-06' } as const;
export type Api = keyof typeof VERSIONS;

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const NONCE_BYTES = 16;

export type Parameters = Readonly<Record<string, string>>;
export type AnswerBody = Readonly<Record<string, unknown>>;

export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface Connection {
  readonly hostname: string;
  readonly port: number;
  /** PEM; null: the authorities the system trusts. */
  readonly ca: string | null;
  /** PEM, presented to a control plane that demands one (`controlPlane.clientCaFile`); null: none. */
  readonly certificate: ClientCertificate | null;
  readonly accessKey: AccessKey;
  readonly timeoutMs: number;
}

export interface CallOptions {
  readonly api?: Api;
  readonly signal?: AbortSignal;
}

export interface ApiClient {
  /** The body of a success. @throws ServiceError; CliError when there is no answer */
  readonly call: (action: string, parameters?: Parameters, options?: CallOptions) => Promise<AnswerBody>;
  readonly close: () => void;
}

export interface ApiClientOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

export function createApiClient({ connection, clock, randomBytes }: ApiClientOptions): ApiClient {
  const { hostname, port, ca, certificate, accessKey, timeoutMs } = connection;
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ...(ca !== null && { ca }), ...certificate });
  const host = `${isIP(hostname) === 6 ? `[${hostname}]` : hostname}:${port}`;

  return {
    async call(action, parameters = {}, { api = 'kms', signal } = {}) {
      const body = canonicalQuery(Object.entries(parameters));
      const headers = signedHeaders(
        {
          host,
          action,
          version: VERSIONS[api],
          query: [],
          body,
          date: isoSeconds(clock()),
          nonce: randomBytes(NONCE_BYTES).toString('hex'),
        },
        accessKey,
      );
      const deadline = AbortSignal.timeout(timeoutMs);
      const options = {
        agent,
        host: hostname,
        port,
        method: 'POST',
        path: '/',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      };
      try {
        return readAnswer(await send(options, body));
      } catch (error) {
        if (error instanceof ServiceError) throw error;
        throw noAnswer(error, { host, deadline, timeoutMs });
      }
    },
    close: () => agent.destroy(),
  };
}

interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

function send(options: RequestOptions, body: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      let length = 0;
      incoming.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > MAX_ANSWER_BYTES) incoming.destroy(new Error('the answer is too long'));
        else chunks.push(chunk);
      });
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function readAnswer({ status, text }: RawAnswer): AnswerBody {
  const body = parseObject(text);
  if (body === null) throw new Error(`HTTP ${status} without a JSON object: not a KMS control plane`);
  if (status === 200) return body;
  const field = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  throw new ServiceError({
    status,
    code: field('Code') || `HTTP ${status}`,
    message: field('Message'),
    requestId: field('RequestId'),
  });
}

function parseObject(text: string): AnswerBody | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as AnswerBody)
      : null;
  } catch {
    return null;
  }
}

const WANTS_CERTIFICATE =
  'the connection was cut: it may demand a client certificate (--client-cert, --client-key), or not admit this address';

/** By the error code of node:tls. */
const TLS_ADVICE: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is not signed by an authority known here: give --ca FILE',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the certificate is not signed by an authority known here: give --ca FILE',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate is not signed by an authority known here: give --ca FILE',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is not signed by an authority known here: give --ca FILE',
  CERT_SIGNATURE_FAILURE: 'the certificate is not signed by the authority of the CA file',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for other names than this endpoint (setting serverNames)',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: WANTS_CERTIFICATE,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: WANTS_CERTIFICATE,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: WANTS_CERTIFICATE,
  // Often the end of the connection is noticed before the alert that says why.
  EPIPE: WANTS_CERTIFICATE,
  ECONNRESET: WANTS_CERTIFICATE,
  ECONNREFUSED: 'connection refused: is the instance running?',
  ENOTFOUND: 'unknown host name',
};

function noAnswer(
  error: unknown,
  { host, deadline, timeoutMs }: { host: string; deadline: AbortSignal; timeoutMs: number },
) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = deadline.aborted
    ? `no answer within ${timeoutMs / 1000} seconds`
    : code === 'ABORT_ERR'
      ? 'interrupted'
      : (TLS_ADVICE[code] ?? (error instanceof Error ? error.message : 'unknown failure'));
  return unreachable(`${host}: ${reason}`, error);
}
