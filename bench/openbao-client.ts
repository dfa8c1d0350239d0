// The client side of OpenBao's transit engine: sets a fresh server up, and makes the requests of the bench's scenarios.
// Source: OpenBao's HTTP API, system back end and transit secrets engine.

import { request } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import type { Target } from './load-connection.ts';
import { payload, type ScenarioName } from './scenarios.ts';
import { requestBytes } from './signed-request.ts';

const POOL = 1024;
const DISTINCT_CIPHERTEXTS = 64;
const DEADLINE_MS = 20_000;
const POLL_MS = 50;

type Body = Readonly<Record<string, unknown>>;
/** Makes the body of the request with a number; `once` performs what must have happened before. */
type MakeBody = (number: number) => Body;
type Once = (path: string, body: Body) => Promise<Body>;

interface Operation {
  /** Of transit's own names. */
  readonly keyType: string;
  readonly path: (key: string) => string;
  readonly prepare: (key: string, once: Once) => MakeBody | Promise<MakeBody>;
}

const AES = 'aes256-gcm96';
const P256 = 'ecdsa-p256';
const RSA = 'rsa-2048';

const OPERATIONS: Readonly<Partial<Record<ScenarioName, Operation>>> = {
  encrypt: encryption(32),
  'encrypt-4k': encryption(4096),
  'cold-full': encryption(32),
  'cold-resumed': encryption(32),
  decrypt: {
    keyType: AES,
    path: (key) => `transit/decrypt/${key}`,
    async prepare(key, once) {
      const sealed: Body[] = [];
      for (let number = 0; number < DISTINCT_CIPHERTEXTS; number++) {
        const { ciphertext } = await once(`transit/encrypt/${key}`, { plaintext: text(number, 32) });
        sealed.push({ ciphertext });
      }
      return (number) => sealed[number % sealed.length] ?? {};
    },
  },
  'generate-data-key': {
    keyType: AES,
    path: (key) => `transit/datakey/plaintext/${key}`,
    prepare: () => () => ({ bits: 256 }),
  },
  'sign-p256': signing(P256),
  'sign-rsa2048': signing(RSA),
  'sign-rsa4096': signing('rsa-4096'),
  'verify-p256': verifying(P256),
  'verify-rsa2048': verifying(RSA),
};

export class OpenBaoClient {
  readonly #target: Target;
  readonly #keys = new Set<string>();
  #token = '';

  constructor(target: Target) {
    this.#target = target;
  }

  /** Whether the server is there, sealed or not. */
  async answers(): Promise<boolean> {
    try {
      await this.#call('GET', 'sys/seal-status');
      return true;
    } catch {
      return false;
    }
  }

  /** Initialises and unseals a fresh server, and mounts transit. */
  async setUp(): Promise<void> {
    const made = await this.#call('PUT', 'sys/init', { secret_shares: 1, secret_threshold: 1 });
    const [key] = made['keys'] as string[];
    this.#token = String(made['root_token']);
    await this.#call('PUT', 'sys/unseal', { key });
    await this.#active();
    await this.#call('POST', 'sys/mounts/transit', { type: 'transit' });
  }

  /** Unsealed, it needs a moment until it takes requests; until then its health is an error status. */
  async #active(): Promise<void> {
    const deadline = Date.now() + DEADLINE_MS;
    for (;;) {
      try {
        await this.#call('GET', 'sys/health');
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await delay(POLL_MS);
      }
    }
  }

  /** Null when transit has nothing that does the same. @throws Error when the server refuses a request of the pool */
  async requests(scenario: ScenarioName): Promise<Buffer[] | null> {
    const operation = OPERATIONS[scenario];
    if (operation === undefined) return null;
    const { keyType, path, prepare } = operation;
    const key = await this.#key(keyType);
    const once: Once = async (target, body) => (await this.#call('POST', target, body))['data'] as Body;
    const makeBody = await prepare(key, once);
    await once(path(key), makeBody(0));
    return Array.from({ length: POOL }, (_, number) => this.#bytes(path(key), makeBody(number)));
  }

  async #key(type: string): Promise<string> {
    if (!this.#keys.has(type)) await this.#call('POST', `transit/keys/${type}`, { type });
    this.#keys.add(type);
    return type;
  }

  #bytes(path: string, body: Body): Buffer {
    const bytes = Buffer.from(JSON.stringify(body));
    return requestBytes(this.#headers(bytes), bytes, `/v1/${path}`);
  }

  #headers(body: Buffer): Record<string, string> {
    return {
      host: `${this.#target.host}:${this.#target.port}`,
      'user-agent': 'dedicated-kms-bench',
      'content-type': 'application/json',
      'content-length': String(body.length),
      ...(this.#token !== '' && { 'x-vault-token': this.#token }),
    };
  }

  #call(method: string, path: string, body: Body = {}): Promise<Body> {
    const bytes = Buffer.from(method === 'GET' ? '' : JSON.stringify(body));
    const options = { ...this.#target, method, path: `/v1/${path}`, headers: this.#headers(bytes) };
    return new Promise((resolve, reject) => {
      const outgoing = request({ ...options, timeout: DEADLINE_MS }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const status = incoming.statusCode ?? 0;
          if (status < 200 || status > 299)
            reject(new Error(`OpenBao refused ${path} with status ${status}`));
          else resolve(text === '' ? {} : (JSON.parse(text) as Body));
        });
      });
      outgoing.on('timeout', () => outgoing.destroy(new Error(`OpenBao does not answer ${path}`)));
      outgoing.on('error', reject);
      outgoing.end(bytes);
    });
  }
}

function encryption(bytes: number): Operation {
  return {
    keyType: AES,
    path: (key) => `transit/encrypt/${key}`,
    prepare: () => (number) => ({ plaintext: text(number, bytes) }),
  };
}

/** RAW messages of 32 bytes, RSA with PSS, as the instance signs. */
function signing(keyType: string): Operation {
  return {
    keyType,
    path: (key) => `transit/sign/${key}/sha2-256`,
    prepare: () => (number) => ({ input: text(number, 32), signature_algorithm: 'pss' }),
  };
}

function verifying(keyType: string): Operation {
  return {
    keyType,
    path: (key) => `transit/verify/${key}/sha2-256`,
    async prepare(key, once) {
      const body = { input: text(0, 32), signature_algorithm: 'pss' };
      const { signature } = await once(`transit/sign/${key}/sha2-256`, body);
      return () => ({ ...body, signature });
    },
  };
}

function text(number: number, bytes: number): string {
  return payload(number, bytes).toString('base64');
}
