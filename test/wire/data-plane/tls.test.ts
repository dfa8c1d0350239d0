// TLS: versions, sessions that resume, and client certificates off, optional and required.
// Sources: data-plane specification 1.11, 2.3 and 2.4.

import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeListener, listen } from '../../../appliance/ops/listener.ts';
import type { Credentials } from '../../support/client-key-file.ts';
import { type DataPlaneFixture, startDataPlane } from '../../support/data-plane.ts';
import type { DkmsClient } from '../../support/dkms-client.ts';
import { decodeError, encodeRequest } from '../../support/dkms-messages.ts';
import { present } from '../../support/present.ts';
import { exchange, openRaw, requestBytes } from '../../support/raw-connection.ts';

const fingerprintOf = ({ certificatePem }: Credentials) =>
  new X509Certificate(certificatePem).fingerprint256.replaceAll(':', '').toLowerCase();
const certificate = ({ certificatePem, privateKey }: Credentials): ConnectionOptions => ({
  cert: certificatePem,
  key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
});
const random = (client: DkmsClient, credentials?: Credentials) =>
  client.call('GenerateRandom', { Length: 1 }, credentials ? { credentials } : {});
const randomRequest = (plane: DataPlaneFixture): Buffer =>
  requestBytes(plane.client.prepare('GenerateRandom', encodeRequest('GenerateRandom', { Length: 1 })));

/** Sends a request on a connection of its own, keeping the newest session ticket. */
async function visit(plane: DataPlaneFixture, options: ConnectionOptions) {
  const socket = connect({
    host: '127.0.0.1',
    servername: 'localhost',
    port: plane.port,
    ca: plane.ca,
    ...options,
  });
  let session: Buffer | undefined;
  socket.on('session', (ticket: Buffer) => {
    session = ticket;
  });
  await once(socket, 'secureConnect');
  const reused = socket.isSessionReused();
  const [answer] = await exchange(socket, randomRequest(plane), 1);
  return { reused, session, answer: present(answer) };
}

describe('with client certificates optional', () => {
  let plane: DataPlaneFixture;
  let other: Credentials;

  beforeAll(async () => {
    plane = await startDataPlane();
    other = await plane.newCredentials();
  });

  afterAll(() => plane.close());

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s is spoken, and its sessions resume', async (version) => {
    const options: ConnectionOptions = { minVersion: version, maxVersion: version };
    const first = await visit(plane, options);
    expect([first.reused, first.answer.status]).toEqual([false, 200]);
    const second = await visit(plane, { ...options, session: present(first.session) });
    expect([second.reused, second.answer.status]).toEqual([true, 200]);
  });

  test('TLS 1.1 is not', async () => {
    const socket = connect({
      port: plane.port,
      host: '127.0.0.1',
      ca: plane.ca,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toMatch(/^ERR_SSL_/);
  });

  test.each([
    ['no SNI', ''],
    ['another SNI', 'kst-x.cryptoservice.kms.aliyuncs.com'],
  ])('%s is served', async (_what, servername) => {
    const socket = await openRaw({
      port: plane.port,
      ca: plane.ca,
      servername,
      checkServerIdentity: () => undefined,
    });
    expect((await exchange(socket, randomRequest(plane), 1))[0]?.status).toBe(200);
  });

  test('a client that speaks plain HTTP gets no answer and does no harm', async () => {
    const socket = connectTcp(plane.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.end('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect((await random(plane.client)).code).toBe('none');
  });

  test('a certificate is recorded, whosever it is, and the signature says who calls', async () => {
    const client = plane.newClient({ certificate: other });
    expect((await random(client)).code).toBe('none');
    expect(plane.audit.last).toMatchObject({
      accessKeyId: plane.credentials.keyId,
      fingerprint: `sha256-${fingerprintOf(other)}`,
      principal: 'app',
    });
    expect((await random(plane.client)).code).toBe('none');
    expect(plane.audit.last.fingerprint).toBe('');
  });

  test('the server names no authorities when it asks, or the Go SDK would present nothing', async () => {
    const socket = await openRaw({
      port: plane.port,
      ca: plane.ca,
      ...certificate(other),
      maxVersion: 'TLSv1.2',
    });
    await exchange(socket, 'nonsense\r\n\r\n');
    expect(plane.audit.last.fingerprint).toBe(`sha256-${fingerprintOf(other)}`);
  });

  test('a connection that does not finish its handshake is cut after a while, and holds up no stop', async () => {
    const open = async (port: number) => {
      const socket = connectTcp(port, '127.0.0.1');
      socket.on('error', () => undefined).resume();
      await once(socket, 'connect');
      return socket;
    };
    const impatient = await startDataPlane({ timeouts: { handshakeMs: 50 } });
    await once(await open(impatient.port), 'close');
    await impatient.close();
    const server = createServer();
    await open(await listen(server, '127.0.0.1', 0));
    await closeListener(server, 50);
  });

  test('a client may not renegotiate', async () => {
    const socket = await openRaw({ port: plane.port, ca: plane.ca, maxVersion: 'TLSv1.2' });
    const closed = once(socket, 'close');
    socket.renegotiate({}, () => undefined);
    await closed;
    expect((await random(plane.client)).code).toBe('none');
  });
});

test('with client certificates off none is asked for', async () => {
  const plane = await startDataPlane({ clientCertificates: 'off' });
  try {
    expect((await random(plane.newClient({ certificate: plane.credentials }))).code).toBe('none');
    expect(plane.audit.last.fingerprint).toBe('');
  } finally {
    await plane.close();
  }
});

describe('with client certificates required', () => {
  let plane: DataPlaneFixture;
  let other: Credentials;

  beforeAll(async () => {
    plane = await startDataPlane({ clientCertificates: 'required' });
    other = await plane.newCredentials();
  });

  afterAll(() => plane.close());

  test('the certificate of the Client Key that signs is needed', async () => {
    const none = await random(plane.client);
    expect([none.status, none.code]).toEqual([403, 'Forbidden.NoPermission']);
    expect((await random(plane.newClient({ certificate: other }))).code).toBe('Forbidden.NoPermission');
    expect(plane.audit.last).toMatchObject({
      accessKeyId: plane.credentials.keyId,
      fingerprint: `sha256-${fingerprintOf(other)}`,
    });
    expect((await random(plane.newClient({ certificate: plane.credentials }))).code).toBe('none');
  });

  test('on every request: also when another Client Key signs on an open connection', async () => {
    const client = plane.newClient({ certificate: plane.credentials, maxSockets: 1 });
    const own = await random(client);
    const foreign = await random(client, other);
    const again = await random(client);
    expect([own.code, foreign.code, again.code]).toEqual(['none', 'Forbidden.NoPermission', 'none']);
    expect(foreign.localPort).toBe(own.localPort);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'a resumed %s session still has its certificate',
    async (version) => {
      const options = { minVersion: version, maxVersion: version, ...certificate(plane.credentials) };
      const first = await visit(plane, options);
      const second = await visit(plane, { ...options, session: present(first.session) });
      expect([second.reused, second.answer.status]).toEqual([true, 200]);
      const bare = await visit(plane, { minVersion: version, maxVersion: version });
      expect(decodeError(bare.answer.body).ErrorCode).toBe('Forbidden.NoPermission');
    },
  );

  test('a certificate of the same name with another key does not do', async () => {
    const impostor = { ...other, keyId: plane.credentials.keyId };
    expect((await random(plane.newClient({ certificate: impostor }))).code).toBe('Forbidden.NoPermission');
  });

  test('a wrong signature is a wrong signature first', async () => {
    const client = plane.newClient({ certificate: plane.credentials });
    const credentials = { ...plane.credentials, privateKey: other.privateKey };
    expect((await random(client, credentials)).code).toBe('SignatureNotMatch');
  });

  test('a Client Key that is deleted ends with the next request on its open connection', async () => {
    const doomed = await plane.newCredentials();
    const client = plane.newClient({ certificate: doomed, credentials: doomed, maxSockets: 1 });
    expect((await random(client)).code).toBe('none');
    await plane.access.deleteClientKey(doomed.keyId);
    expect((await random(client)).code).toBe('Unauthorized');
  });
});
