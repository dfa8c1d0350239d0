// A small client of the control plane for the runner: RPC with signature V1 over POST, everything in the form body.
// Written from control-plane specification 1.1 to 1.3 without the product's code, so that a mistake shared by both
// sides of the signature cannot hide.

import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:https';

export interface AdminEndpoint {
  readonly host: string;
  readonly port: number;
  /** PEM of the certificate authorities that sign the listener's certificate. */
  readonly ca: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

export type AdminAnswer = Readonly<Record<string, unknown>>;

/** Many keys are made at once, some of RSA_4096, perhaps on a busy machine. */
const TIMEOUT_MS = 180_000;

/** Calls actions of the control plane; each answer is the parsed JSON body of a 200. */
export class AdminClient {
  readonly #endpoint: AdminEndpoint;

  constructor(endpoint: AdminEndpoint) {
    this.#endpoint = endpoint;
  }

  /** Throws with the server's code and message when the action is refused. */
  async call(
    action: string,
    parameters: Readonly<Record<string, string>> = {},
    version = '2016-01-20',
  ): Promise<AdminAnswer> {
    const form = signedForm(this.#endpoint, { Action: action, Version: version, ...parameters });
    const { status, body } = await post(this.#endpoint, form);
    const answer = JSON.parse(body) as AdminAnswer;
    if (status !== 200) {
      throw new Error(
        `${action} was refused: ${status} ${String(answer['Code'])}: ${String(answer['Message'])}`,
      );
    }
    return answer;
  }
}

function signedForm(endpoint: AdminEndpoint, parameters: Readonly<Record<string, string>>): string {
  const all: Record<string, string> = {
    ...parameters,
    Format: 'JSON',
    AccessKeyId: endpoint.accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    Timestamp: utcSeconds(new Date()),
  };
  const canonical = Object.keys(all)
    .sort()
    .map((name) => `${percentEncode(name)}=${percentEncode(all[name] ?? '')}`)
    .join('&');
  const signature = createHmac('sha1', `${endpoint.accessKeySecret}&`)
    .update(`POST&%2F&${percentEncode(canonical)}`)
    .digest('base64');
  return `${canonical}&Signature=${percentEncode(signature)}`;
}

function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A time as the API writes it: UTC, whole seconds, rounded down. */
export function utcSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function post(endpoint: AdminEndpoint, form: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: endpoint.host,
        port: endpoint.port,
        path: '/',
        method: 'POST',
        ca: endpoint.ca,
        timeout: TIMEOUT_MS,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(form),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('the control plane did not answer in time')));
    outgoing.on('error', reject);
    outgoing.end(form);
  });
}
