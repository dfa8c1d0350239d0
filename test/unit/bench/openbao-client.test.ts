// The client of OpenBao's transit engine against a stand-in that speaks as its documentation says.

import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OpenBaoClient } from '../../../bench/openbao-client.ts';
import { loopbackCertificate } from '../../../bench/servers.ts';

interface Received {
  readonly path: string;
  readonly token: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

const SECRETS = { keys: ['unseal-key'], root_token: 'root-token' };

let server: Server;
let client: OpenBaoClient;
let received: Received[];
let state: 'new' | 'sealed' | 'open';

/** Status and answer of a call. */
function answer({ path, token, body }: Received): readonly [number, object | null] {
  if (path === 'sys/seal-status') return [200, { sealed: state !== 'open' }];
  if (path === 'sys/init' && state === 'new') {
    state = 'sealed';
    return [200, SECRETS];
  }
  if (path === 'sys/unseal' && body['key'] === SECRETS.keys[0]) {
    state = 'open';
    return [200, { sealed: false }];
  }
  if (path === 'sys/health') return [state === 'open' ? 200 : 503, {}];
  if (state !== 'open' || token !== SECRETS.root_token) return [403, { errors: ['permission denied'] }];
  if (path === 'sys/mounts/transit' || path.startsWith('transit/keys/')) return [204, null];
  if (path.startsWith('transit/encrypt/'))
    return [200, { data: { ciphertext: `vault:v1:${String(body['plaintext'])}` } }];
  if (path.startsWith('transit/sign/')) return [200, { data: { signature: 'vault:v1:signed' } }];
  if (path.startsWith('transit/')) return [200, { data: {} }];
  return [404, { errors: [] }];
}

beforeEach(async () => {
  received = [];
  state = 'new';
  const { key, certificate, ca } = await loopbackCertificate();
  server = createServer({ key, cert: certificate }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const call = {
        path: (request.url ?? '').replace('/v1/', ''),
        token: request.headers['x-vault-token'] as string | undefined,
        body: text === '' ? {} : (JSON.parse(text) as Received['body']),
      };
      received.push(call);
      const [status, reply] = answer(call);
      response.writeHead(status).end(reply === null ? undefined : JSON.stringify(reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new OpenBaoClient({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, ca });
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

/** Path and body of a request ready to be sent. */
function parse(request: Buffer | undefined): { path: string; token: string; body: Record<string, string> } {
  const [head = '', body = '{}'] = (request ?? Buffer.alloc(0)).toString().split('\r\n\r\n');
  return {
    path: /^POST (\S+) HTTP\/1\.1\r\n/.exec(head)?.[1] ?? '',
    token: /\r\nx-vault-token: (\S+)/.exec(head)?.[1] ?? '',
    body: JSON.parse(body) as Record<string, string>,
  };
}

describe('the client of OpenBao', () => {
  it('knows whether the server answers', async () => {
    expect(await client.answers()).toBe(true);
    await new Promise((resolve) => server.close(resolve));
    expect(await client.answers()).toBe(false);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  it('initialises, unseals and mounts transit with the root token', async () => {
    await client.setUp();
    const paths = received.map(({ path }) => path);
    expect(paths).toEqual(['sys/init', 'sys/unseal', 'sys/health', 'sys/mounts/transit']);
    expect(received.at(-1)).toMatchObject({ token: 'root-token', body: { type: 'transit' } });
  });

  it('makes a pool of different Encrypt requests, and tries one', async () => {
    await client.setUp();
    const requests = await client.requests('encrypt');
    expect(new Set(requests?.map(String)).size).toBe(1024);
    const { path, token, body } = parse(requests?.[0]);
    expect(path).toBe('/v1/transit/encrypt/aes256-gcm96');
    expect(token).toBe('root-token');
    expect(Buffer.from(body['plaintext'] ?? '', 'base64')).toHaveLength(32);
    expect(received.some((call) => call.path === 'transit/encrypt/aes256-gcm96')).toBe(true);
  });

  it('decrypts what it encrypted before, and verifies what it signed', async () => {
    await client.setUp();
    const [sealed] = (await client.requests('decrypt')) ?? [];
    expect(parse(sealed)).toMatchObject({
      path: '/v1/transit/decrypt/aes256-gcm96',
      body: { ciphertext: expect.stringMatching(/^vault:v1:/) as string },
    });
    const [signed] = (await client.requests('verify-rsa2048')) ?? [];
    expect(parse(signed)).toMatchObject({
      path: '/v1/transit/verify/rsa-2048/sha2-256',
      body: { signature: 'vault:v1:signed', signature_algorithm: 'pss' },
    });
  });

  it('makes each key once', async () => {
    await client.setUp();
    await client.requests('encrypt');
    await client.requests('encrypt-4k');
    expect(received.filter(({ path }) => path.startsWith('transit/keys/'))).toHaveLength(1);
  });

  it('has nothing for what transit does not do', async () => {
    expect(await client.requests('sign-sm2')).toBeNull();
  });

  it('says which call was refused', async () => {
    await expect(client.requests('encrypt')).rejects.toThrow('transit/keys/aes256-gcm96 with status 403');
  });
});
