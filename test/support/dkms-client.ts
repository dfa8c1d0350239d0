// A client of the data plane over real HTTPS, for tests. Written from data-plane specification 1.1 to 1.4 without the
// product's signature code; what it sends can be bent before and after it is signed.

import { createHash, sign } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import type { Credentials } from './client-key-file.ts';
import {
  type Api,
  decodeError,
  decodeReply,
  encodeRequest,
  type Fields,
  type Reply,
} from './dkms-messages.ts';

export interface DkmsClientOptions {
  readonly port: number;
  readonly ca: string;
  readonly credentials: Credentials;
  readonly now: () => number;
  readonly host?: string;
  /** Certificate and key to present when the server asks. */
  readonly certificate?: Credentials;
  /** Connections at once; 1 keeps to a single open connection. */
  readonly maxSockets?: number;
}

/** Header names and values as they go on the wire, in order. */
export type HeaderList = (readonly [name: string, value: string])[];

export interface CallOptions {
  readonly credentials?: Credentials;
  /** Added to the headers and signed when their name starts with a lower-case `x-kms-`; undefined removes one. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** The last word on the headers, after the signature. */
  readonly edit?: (headers: HeaderList) => HeaderList;
  readonly method?: string;
  readonly path?: string;
  /** Chunked instead of with a Content-Length. */
  readonly chunked?: boolean;
  /** Sent instead of the body that was signed. */
  readonly body?: Buffer;
}

export interface DkmsAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly reply: Reply;
  /** The error code, or 'none' for a success. */
  readonly code: string;
  /** Number of the connection that carried it. */
  readonly localPort: number;
}

export interface Prepared {
  readonly headers: HeaderList;
  readonly body: Buffer;
}

export const EMPTY_SHA_256 = 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855';

export class DkmsClient {
  readonly options: DkmsClientOptions;
  readonly agent: Agent;

  constructor(options: DkmsClientOptions) {
    const { ca, certificate, maxSockets } = options;
    this.options = options;
    this.agent = new Agent({
      ca,
      keepAlive: true,
      ...(maxSockets !== undefined && { maxSockets }),
      ...(certificate && {
        cert: certificate.certificatePem,
        key: certificate.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      }),
    });
  }

  close(): void {
    this.agent.destroy();
  }

  call(api: Api, fields: Fields = {}, options: CallOptions = {}): Promise<DkmsAnswer> {
    return this.callBytes(api, encodeRequest(api, fields), options);
  }

  /** The reply of a call that must succeed. */
  async ok(api: Api, fields: Fields = {}, options: CallOptions = {}): Promise<Reply> {
    const { code, reply } = await this.call(api, fields, options);
    if (code !== 'none') throw new Error(`${api} failed: ${code} ${reply.ErrorMessage}`);
    return reply;
  }

  /** The error code of a call; 'none' when it succeeds. */
  async code(api: Api, fields: Fields = {}, options: CallOptions = {}): Promise<string> {
    return (await this.call(api, fields, options)).code;
  }

  callBytes(api: Api, bytes: Buffer, options: CallOptions = {}): Promise<DkmsAnswer> {
    const { headers, body } = this.prepare(api, bytes, options);
    return this.send(api, headers, body, options);
  }

  /** A request ready to be sent. */
  prepare(api: Api, bytes: Buffer, options: CallOptions = {}): Prepared {
    const { now, port } = this.options;
    const { keyId, privateKey } = options.credentials ?? this.options.credentials;
    const headers: Record<string, string | undefined> = {
      host: `127.0.0.1:${port}`,
      accept: 'application/x-protobuf',
      date: new Date(now()).toUTCString(),
      'content-type': 'application/x-protobuf',
      'x-kms-apiversion': 'dkms-gcs-0.2',
      'x-kms-apiname': api,
      'x-kms-signaturemethod': 'RSA_PKCS1_SHA_256',
      'x-kms-acccesskeyid': keyId,
      'content-sha256': createHash('sha256').update(bytes).digest('hex').toUpperCase(),
      ...options.headers,
    };
    const list: HeaderList = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    const text = stringToSign(options.method ?? 'POST', list);
    const signature = sign('sha256', Buffer.from(text, 'latin1'), privateKey).toString('base64');
    list.push(['authorization', `Bearer ${signature}`]);
    return { headers: options.edit?.(list) ?? list, body: options.body ?? bytes };
  }

  send(api: Api, headers: HeaderList, body: Buffer, options: CallOptions = {}): Promise<DkmsAnswer> {
    const { method = 'POST', path = '/', chunked = false } = options;
    const framing = chunked ? ['transfer-encoding', 'chunked'] : ['content-length', String(body.length)];
    return new Promise((resolve, reject) => {
      const outgoing = request({
        host: this.options.host ?? '127.0.0.1',
        port: this.options.port,
        agent: this.agent,
        servername: 'localhost',
        method,
        path,
        headers: [...headers.flat(), ...framing],
      });
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = [];
        const localPort = incoming.socket.localPort ?? 0;
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const { statusCode: status = 0, rawHeaders } = incoming;
          const bytes = Buffer.concat(chunks);
          try {
            const reply = method === 'HEAD' ? decodeError(bytes) : decodeReply(api, status, bytes);
            const code = status === 200 ? 'none' : reply.ErrorCode;
            resolve({ status, headers: incoming.headers, rawHeaders, body: bytes, reply, code, localPort });
          } catch (error) {
            reject(new Error(`${api} was not answered in the protobuf`, { cause: error }));
          }
        });
      });
      outgoing.end(body);
    });
  }
}

/** Data-plane specification 1.3, over the headers as they go on the wire. */
export function stringToSign(method: string, headers: HeaderList): string {
  const value = (wanted: string): string =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
  const lines = [method, value('content-sha256'), value('content-type'), value('date')];
  const signed = headers.filter(([name]) => name.startsWith('x-kms-'));
  signed.sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, text] of signed) lines.push(`${name}:${text.replace(/^[ \t]+|[ \t]+$/g, '')}`);
  return `${lines.join('\n')}\n/`;
}
