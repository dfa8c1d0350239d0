// A client of the control plane over real HTTPS, for tests: every form in which official clients send a request.
// Written from control-plane specification 1.1 to 1.4 without the product's signature code.

import { createHash, createHmac, randomUUID } from 'node:crypto';
import { Agent, type RequestOptions, request } from 'node:https';

export type Form =
  | 'V1 GET'
  | 'V1 POST query'
  | 'V1 POST form'
  | 'V1 mixed'
  | 'V3 query'
  | 'V3 body'
  | 'V3 GET';
export const FORMS: readonly Form[] = [
  'V1 GET',
  'V1 POST query',
  'V1 POST form',
  'V1 mixed',
  'V3 query',
  'V3 body',
  'V3 GET',
];

/** Members of answers that tests look into. Which of them there are depends on the action: absent ones are undefined. */
export interface RpcBody {
  readonly RequestId: string;
  readonly Code: string;
  readonly Message: string;
  readonly HostId: string;
  readonly KeyMetadata: {
    readonly KeyId: string;
    readonly KeyState: string;
    readonly KeySpec: string;
    readonly Description: string;
    readonly ProtectionLevel: string;
  };
  readonly Keys: { readonly Key: readonly { readonly KeyId: string }[] };
  readonly TotalCount: number;
  readonly SourcePrivateIp: string;
  readonly Description: string;
  readonly ClientKeyId: string;
  readonly ClientKeys: readonly object[];
  readonly PrivateKeyData: string;
  readonly PublicKeyData: string;
  readonly CiphertextBlob: string;
  readonly Plaintext: string;
  readonly ExportedDataKey: string;
  readonly KeyId: string;
  readonly KeyVersionId: string;
  readonly PublicKey: string;
  readonly Value: string | boolean;
  readonly KmsInstanceQuotaInfos: readonly object[];
  readonly KmsInstance: object;
  readonly AccessKey: { readonly AccessKeyId: string; readonly AccessKeySecret: string };
  readonly AccessKeys: { readonly AccessKey: readonly { readonly AccessKeyId: string }[] };
  readonly Users: { readonly User: readonly { readonly UserName: string }[] };
  readonly Policies: { readonly Policy: readonly { readonly PolicyName: string }[] };
  readonly Policy: string;
  readonly IsTruncated: boolean;
  readonly Marker: string | undefined;
  readonly KmsInstances: { readonly KmsInstance: readonly object[] };
}

export interface RpcAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly body: RpcBody;
  /** What the client signed: the string to sign (V1) or the canonical request (V3). */
  readonly signedText: string;
}

export interface RpcClientOptions {
  readonly port: number;
  readonly ca: string;
  readonly accessKeyId: string;
  readonly secret: string;
  readonly now: () => number;
  /** PEM of a client certificate. */
  readonly certificate?: { readonly cert: string; readonly key: string };
}

export interface CallOptions {
  /** Of the API; default that of KMS. */
  readonly version?: string;
  readonly form?: Form;
  readonly nonce?: string | null;
  readonly time?: number | string;
  readonly secret?: string;
  readonly accessKeyId?: string;
  /** Send the body in chunks of this many bytes instead of with a Content-Length. */
  readonly chunk?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** V3: header names to leave out of SignedHeaders. */
  readonly unsigned?: readonly string[];
}

const KMS_VERSION = '2016-01-20';
export const RAM_VERSION = '2015-05-01';

type Pairs = readonly (readonly [string, string])[];

interface Prepared {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signedText: string;
}

export class RpcClient {
  readonly #options: RpcClientOptions;
  readonly #agent: Agent;

  constructor(options: RpcClientOptions) {
    this.#options = options;
    this.#agent = new Agent({ ca: options.ca, ...options.certificate, keepAlive: true });
  }

  close(): void {
    this.#agent.destroy();
  }

  async call(
    action: string,
    parameters: Readonly<Record<string, string>> = {},
    options: CallOptions = {},
  ): Promise<RpcAnswer> {
    const prepared = this.prepare(action, parameters, options);
    const answer = await this.send(prepared.method, prepared.path, {
      headers: { ...prepared.headers, ...options.headers },
      body: prepared.body,
      ...(options.chunk !== undefined && { chunk: options.chunk }),
    });
    return { ...answer, signedText: prepared.signedText };
  }

  prepare(action: string, parameters: Readonly<Record<string, string>>, options: CallOptions): Prepared {
    const form = options.form ?? 'V1 POST form';
    const business = Object.entries(parameters);
    return form.startsWith('V1')
      ? this.#prepareV1(form, [['Action', action], ...business], options)
      : this.#prepareV3(form, action, business, options);
  }

  async send(
    method: string,
    path: string,
    {
      headers = {},
      body = '',
      chunk,
    }: { headers?: Readonly<Record<string, string>>; body?: string; chunk?: number },
  ): Promise<RpcAnswer> {
    const options: RequestOptions = {
      host: '127.0.0.1',
      port: this.#options.port,
      agent: this.#agent,
      method,
      path,
    };
    const bytes = Buffer.from(body, 'utf8');
    return new Promise((resolve, reject) => {
      const outgoing = request({ ...options, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (data: Buffer) => chunks.push(data));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const json = String(incoming.headers['content-type']).startsWith('application/json');
          const status = incoming.statusCode ?? 0;
          try {
            const body = (json ? JSON.parse(text) : {}) as RpcBody;
            if (status === 200 && json) requireCleanSuccess(body);
            resolve({ status, headers: incoming.headers, text, body, signedText: '' });
          } catch (error) {
            reject(error instanceof Error ? error : new Error('the answer is not JSON'));
          }
        });
      });
      outgoing.on('error', reject);
      if (chunk === undefined) {
        if (method === 'POST') outgoing.setHeader('content-length', bytes.length);
      } else {
        for (let start = 0; start < bytes.length; start += chunk)
          outgoing.write(bytes.subarray(start, start + chunk));
      }
      outgoing.end(chunk === undefined ? bytes : undefined);
    });
  }

  #prepareV1(form: Form, business: Pairs, options: CallOptions): Prepared {
    const nonce = options.nonce === undefined ? randomUUID() : options.nonce;
    const shared: Pairs = [
      ['Version', options.version ?? KMS_VERSION],
      ['Format', 'JSON'],
      ['AccessKeyId', options.accessKeyId ?? this.#options.accessKeyId],
      ['SignatureMethod', 'HMAC-SHA1'],
      ['SignatureVersion', '1.0'],
      ['Timestamp', this.#timestamp(options)],
      ...(nonce === null ? [] : [['SignatureNonce', nonce] as const]),
    ];
    const own = business.filter(([name]) => !shared.some(([each]) => each === name));
    const overridden = shared.map(([name, value]) => [name, given(business, name) ?? value] as const);
    const method = form === 'V1 GET' ? 'GET' : 'POST';
    const signedText = `${method}&%2F&${escapeText(sortedQuery([...own, ...overridden]))}`;
    const key = `${options.secret ?? this.#options.secret}&`;
    const signature = createHmac('sha1', key).update(signedText).digest('base64');
    const signed: Pairs = [...overridden, ['Signature', signature]];
    const inForm: Pairs = form === 'V1 POST form' ? [...own, ...signed] : form === 'V1 mixed' ? own : [];
    const query = [...own, ...signed].filter((pair) => !inForm.includes(pair));
    return {
      method,
      path: query.length > 0 ? `/?${sortedQuery(query)}` : '/',
      headers: inForm.length > 0 ? { 'content-type': 'application/x-www-form-urlencoded' } : {},
      body: sortedQuery(inForm),
      signedText,
    };
  }

  #prepareV3(form: Form, action: string, business: Pairs, options: CallOptions): Prepared {
    const method = form === 'V3 GET' ? 'GET' : 'POST';
    const body = form === 'V3 body' ? sortedQuery(business) : '';
    const query = form === 'V3 body' ? '' : sortedQuery(business);
    const payload = createHash('sha256').update(body).digest('hex');
    const headers: Record<string, string> = {
      host: `127.0.0.1:${this.#options.port}`,
      accept: 'application/json',
      'x-acs-action': action,
      'x-acs-version': options.version ?? KMS_VERSION,
      'x-acs-date': this.#timestamp(options),
      'x-acs-signature-nonce': options.nonce ?? randomUUID(),
      'x-acs-content-sha256': payload,
      ...(body !== '' && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const names = Object.keys(headers)
      .filter((name) => name !== 'accept' && !options.unsigned?.includes(name))
      .sort();
    const signedText = [
      method,
      '/',
      query,
      ...names.map((name) => `${name}:${headers[name]}`),
      '',
      names.join(';'),
      payload,
    ].join('\n');
    const stringToSign = `ACS3-HMAC-SHA256\n${createHash('sha256').update(signedText).digest('hex')}`;
    const signature = createHmac('sha256', options.secret ?? this.#options.secret)
      .update(stringToSign)
      .digest('hex');
    const credential = options.accessKeyId ?? this.#options.accessKeyId;
    headers['authorization'] =
      `ACS3-HMAC-SHA256 Credential=${credential},SignedHeaders=${names.join(';')},Signature=${signature}`;
    return { method, path: query === '' ? '/' : `/?${query}`, headers, body, signedText };
  }

  #timestamp({ time = this.#options.now() }: CallOptions): string {
    return typeof time === 'string' ? time : `${new Date(time).toISOString().slice(0, 19)}Z`;
  }
}

/** Members that make one client or another take a success for a failure, and null, which none expects. */
function requireCleanSuccess(body: object): void {
  const misleading = ['Code', 'Message', 'Success'].filter((name) => name in body);
  if (misleading.length > 0) throw new Error(`a success has the member ${misleading.join()}`);
  JSON.stringify(body, (name, value: unknown) => {
    if (value === null) throw new Error(`the member ${name} of a success is null`);
    return value;
  });
  if (!('RequestId' in body)) throw new Error('a success has no RequestId');
}

function given(pairs: Pairs, name: string): string | undefined {
  return pairs.find(([each]) => each === name)?.[1];
}

export function sortedQuery(pairs: Pairs): string {
  return [...pairs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${escapeText(name)}=${escapeText(value)}`)
    .join('&');
}

/** Byte by byte, unlike the product, which goes by way of encodeURIComponent. */
export function escapeText(text: string): string {
  return Array.from(Buffer.from(text, 'utf8'), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9._~-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
