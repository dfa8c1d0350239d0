// Who may talk to the listener at all: addresses, client certificates, TLS versions, and callers that keep failing.

import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { connect, type SecureVersion } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clientCertificates } from '../../support/client-certificates.ts';
import {
  ACCESS_KEY,
  type ControlPlaneFixture,
  type FixtureOptions,
  startControlPlane,
} from '../../support/control-plane.ts';
import { exchange, openRaw } from '../../support/raw-connection.ts';

async function start(options: FixtureOptions): Promise<ControlPlaneFixture> {
  const plane = await startControlPlane(options);
  onTestFinished(() => plane.close());
  return plane;
}

describe('the list of allowed sources', () => {
  test.each([['127.0.0.1'], ['10.0.0.0/8', '127.0.0.0/8'], ['::ffff:127.0.0.0/104']])(
    'admits an address that is on it: %s %s',
    async (...allowedSources) => {
      const plane = await start({ allowedSources });
      expect((await plane.client.call('ListKeys')).status).toBe(200);
    },
  );

  test.each([['10.0.0.0/8'], ['::1'], ['::/0']])(
    'cuts every other address off before anything is read: %s',
    async (...allowedSources) => {
      const plane = await start({ allowedSources });
      await expect(plane.client.call('ListKeys')).rejects.toThrow(/ECONNRESET|disconnected|hang up/);
      expect(plane.audit.records).toEqual([]);
      expect(plane.logged).toContainEqual(expect.objectContaining({ clientAddress: '127.0.0.1' }));
    },
  );
});

describe('client certificates', () => {
  test('are required when an authority is given, and told to the audit', async () => {
    const authority = await clientCertificates();
    const certificate = await authority.issue();
    const plane = await start({ clientCaPem: authority.caPem });
    const { id, secret } = ACCESS_KEY;
    const strangers = await (await clientCertificates()).issue();
    for (const client of [plane.client, plane.clientOf(id, secret, strangers)])
      await expect(client.call('ListKeys')).rejects.toThrow();
    expect(plane.audit.records).toEqual([]);
    expect((await plane.clientOf(id, secret, certificate).call('ListKeys')).status).toBe(200);
    const fingerprint = new X509Certificate(certificate.cert).fingerprint256
      .replaceAll(':', '')
      .toLowerCase();
    expect(plane.audit.last.fingerprint).toBe(`sha256-${fingerprint}`);
  });

  test('are still required when the listener has got a new certificate of its own', async () => {
    const authority = await clientCertificates();
    const plane = await start({ clientCaPem: authority.caPem });
    plane.renewTls();
    const { id, secret } = ACCESS_KEY;
    const strangers = await (await clientCertificates()).issue();
    await expect(plane.clientOf(id, secret, strangers).call('ListKeys')).rejects.toThrow();
    const own = plane.clientOf(id, secret, await authority.issue());
    expect((await own.call('ListKeys')).status).toBe(200);
  });

  test('of other authorities are wanted once these are set, and connections of before are over', async () => {
    const [dropped, added] = [await clientCertificates(), await clientCertificates()];
    const plane = await start({ clientCaPem: dropped.caPem });
    const { id, secret } = ACCESS_KEY;
    const before = plane.clientOf(id, secret, await dropped.issue());
    expect((await before.call('ListKeys')).status).toBe(200);
    plane.setClientAuthorities(added.caPem);
    await expect(before.call('ListKeys')).rejects.toThrow();
    const after = plane.clientOf(id, secret, await added.issue());
    expect((await after.call('ListKeys')).status).toBe(200);
    plane.renewTls();
    await expect(before.call('ListKeys')).rejects.toThrow();
    expect((await after.call('ListKeys')).status).toBe(200);
  });

  test('of dropped authorities: the request under way is answered, what follows is refused and recorded', async () => {
    const [dropped, added] = [await clientCertificates(), await clientCertificates()];
    const plane = await start({ clientCaPem: dropped.caPem });
    const socket = await openRaw({ port: plane.port, ca: plane.ca, ...(await dropped.issue()) });
    const begun = once(plane.server, 'request');
    const answers = exchange(socket, 'POST / HTTP/1.1\r\ncontent-length: 2\r\n\r\na');
    await begun;
    plane.setClientAuthorities(added.caPem);
    socket.write('bPOST / HTTP/1.1\r\ncontent-length: 0\r\n\r\n');
    const heads = (await answers).map(({ head }) => head.toLowerCase());
    expect(heads).toEqual([expect.stringContaining('connection: close')]);
    await plane.stop();
    expect(plane.audit.records.map(({ errorCode }) => errorCode).sort()).toEqual([
      'Forbidden.NoPermission',
      'MissingParameter',
    ]);
  });

  test('of dropped authorities are not let in by a handshake that was begun before', async () => {
    const [dropped, added] = [await clientCertificates(), await clientCertificates()];
    const plane = await start({ clientCaPem: dropped.caPem });
    const accepted = once(plane.server, 'connection');
    const socket = connectPlain(plane.port, '127.0.0.1');
    await accepted;
    plane.setClientAuthorities(added.caPem);
    let greeted = false;
    const ended = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
    const client = connect({ socket, ca: plane.ca, ...(await dropped.issue()) }, () => {
      greeted = true;
      client.destroy();
    });
    client.on('error', () => undefined);
    await ended;
    expect(greeted).toBe(false);
  });

  test('do not replace the signature', async () => {
    const authority = await clientCertificates();
    const plane = await start({ clientCaPem: authority.caPem });
    const { id } = ACCESS_KEY;
    const client = plane.clientOf(id, 'wrong', await authority.issue());
    expect((await client.call('ListKeys')).body.Code).toBe('SignatureDoesNotMatch');
  });
});

describe('TLS', () => {
  const handshake = async (version: SecureVersion, { port, ca }: ControlPlaneFixture) => {
    const only = { minVersion: version, maxVersion: version };
    const socket = connect({ host: '127.0.0.1', port, ca, ciphers: 'DEFAULT@SECLEVEL=0', ...only });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    return socket.getProtocol();
  };

  test('is spoken in versions 1.2 and 1.3 and no older one', async () => {
    const plane = await start({});
    expect(await handshake('TLSv1.2', plane)).toBe('TLSv1.2');
    expect(await handshake('TLSv1.3', plane)).toBe('TLSv1.3');
    await expect(handshake('TLSv1.1', plane)).rejects.toThrow();
    plane.renewTls();
    await expect(handshake('TLSv1.1', plane)).rejects.toThrow();
  });
});

describe('an address that keeps failing to authenticate', () => {
  test('is refused for the rest of its minute, even with the right signature', async () => {
    const plane = await start({ failedAuthenticationsPerMinute: 3 });
    const code = async (options = {}) => (await plane.client.call('ListKeys', {}, options)).body.Code;
    expect(await code({ secret: 'wrong' })).toBe('SignatureDoesNotMatch');
    expect(await code({ accessKeyId: 'LTAInobody' })).toBe('InvalidAccessKeyId.NotFound');
    expect(await code()).toBeUndefined();
    expect(await code({ secret: 'wrong' })).toBe('SignatureDoesNotMatch');
    expect(await code()).toBe('Throttling');
    expect(await code({ secret: 'wrong' })).toBe('Throttling');
    plane.clock.now += 60_000;
    expect(await code()).toBeUndefined();
  });

  test('is not one that sends a nonce twice or is refused a permission', async () => {
    const plane = await start({ failedAuthenticationsPerMinute: 1 });
    const options = { nonce: 'twice' };
    await plane.client.call('ListKeys', {}, options);
    for (let count = 0; count < 3; count += 1)
      expect((await plane.client.call('ListKeys', {}, options)).body.Code).toBe('SignatureNonceUsed');
    expect((await plane.client.call('ListKeys')).status).toBe(200);
  });
});
