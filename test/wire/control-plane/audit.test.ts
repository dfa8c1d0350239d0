// One audit record a request, without secrets; and what the plane does when records cannot be written.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ACCESS_KEY,
  ACCOUNT,
  type ControlPlaneFixture,
  NOW,
  startControlPlane,
} from '../../support/control-plane.ts';
import { openRaw } from '../../support/raw-connection.ts';

const KEY_USER = '["RbacPermission/Template/CryptoServiceKeyUser"]';

let plane: ControlPlaneFixture;

beforeEach(async () => {
  plane = await startControlPlane();
});

afterEach(() => plane.close());

describe('the audit record', () => {
  test('of a success says who did what to which key, from where, and when', async () => {
    const answer = await plane.client.call('CreateKey', {}, { headers: { 'user-agent': 'test/1' } });
    expect(plane.audit.records).toEqual([
      {
        time: NOW,
        plane: 'control',
        clientAddress: '127.0.0.1',
        userAgent: 'test/1',
        requestId: answer.body.RequestId,
        api: 'CreateKey',
        apiVersion: '2016-01-20',
        accessKeyId: ACCESS_KEY.id,
        identityType: 'cloud-account',
        principal: ACCOUNT.accountId,
        fingerprint: '',
        resource: answer.body.KeyMetadata.KeyId,
        durationMs: 0,
        status: 200,
        errorCode: '',
        errorMessage: '',
        request: {
          host: `127.0.0.1:${plane.port}`,
          region: ACCOUNT.region,
          parameters: {},
        },
      },
    ]);
  });

  test('names the key behind an alias', async () => {
    const { body } = await plane.client.call('CreateKey');
    const { KeyId } = body.KeyMetadata;
    await plane.client.call('CreateAlias', { KeyId, AliasName: 'alias/a' });
    expect(plane.audit.last.resource).toBe('alias/a');
    await plane.client.call('DescribeKey', { KeyId: 'alias/a' });
    expect(plane.audit.last.resource).toBe(KeyId);
  });

  test('is there for a body that is so large that the connection is cut before it ends', async () => {
    const socket = await openRaw({ port: plane.port, ca: plane.ca });
    const length = 8 * 1024 * 1024;
    socket.write(`POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${length}\r\n\r\n`);
    socket.write(Buffer.alloc(length));
    socket.resume();
    await vi.waitFor(() => expect(plane.audit.records).toHaveLength(1), 10_000);
    expect(plane.audit.last).toMatchObject({
      status: 413,
      errorCode: 'RequestBodyTooLarge',
      clientAddress: '127.0.0.1',
    });
    await vi.waitFor(() => expect(socket.destroyed).toBe(true));
  });

  test('of a failure has the code and the resource as it was named', async () => {
    await plane.client.call('DescribeKey', { KeyId: 'alias/none' });
    expect(plane.audit.last).toMatchObject({
      resource: 'alias/none',
      status: 404,
      errorCode: 'Forbidden.AliasNotFound',
      identityType: 'cloud-account',
    });
  });

  test('of a caller who is not authenticated claims no identity', async () => {
    await plane.client.call('ListKeys', {}, { secret: 'wrong' });
    expect(plane.audit.last).toMatchObject({
      api: 'ListKeys',
      accessKeyId: ACCESS_KEY.id,
      identityType: '',
      principal: '',
      errorCode: 'SignatureDoesNotMatch',
    });
    await plane.client.send('PUT', '/', {});
    expect(plane.audit.last).toMatchObject({ api: '', apiVersion: '', accessKeyId: '', status: 403 });
  });

  test('and the log never hold a password, a private key or a secret', async () => {
    await plane.client.call('CreatePolicy', { Name: 'p', Permissions: KEY_USER, Resources: '["key/*"]' });
    await plane.client.call('CreateApplicationAccessPoint', { Name: 'app', Policies: '["p"]' });
    const parameters = { AapName: 'app', Password: 'hunter2-hunter2' };
    const created = await plane.client.call('CreateClientKey', parameters);
    expect(created.status).toBe(200);
    await plane.client.call('CreateClientKey', parameters, { secret: 'wrong' });
    await plane.client.call('CreateClientKey', { AapName: 'app', Password: 'hunter2' });
    const written = JSON.stringify([plane.audit.records, plane.logged]);
    expect(written).not.toContain('hunter2');
    expect(written).not.toContain(ACCESS_KEY.secret);
    expect(written).not.toContain(created.body.PrivateKeyData.slice(0, 40));
  });
});

describe('while the audit log cannot be written', () => {
  test('a change that is already made is answered as a success, and the next is not begun', async () => {
    plane.audit.broken = true;
    expect((await plane.client.call('CreateKey')).status).toBe(200);
    const refused = await plane.client.call('CreateKey');
    expect([refused.status, refused.body.Code]).toEqual([503, 'ServiceUnavailableTemporary']);
    expect(plane.store.records.keys.count()).toBe(1);
    expect(plane.logged).toContainEqual(
      expect.objectContaining({ message: 'audit record could not be written' }),
    );
  });

  test('nothing is read unrecorded', async () => {
    plane.audit.broken = true;
    const answer = await plane.client.call('ListKeys');
    expect([answer.status, answer.body.Code]).toEqual([503, 'ServiceUnavailableTemporary']);
  });

  test('nothing is tried unrecorded: a key that is wrong and a resource that is missing look alike', async () => {
    plane.audit.broken = true;
    for (const options of [{}, { secret: 'wrong' }]) {
      const answer = await plane.client.call('DescribeKey', { KeyId: 'x' }, options);
      expect([answer.status, answer.body.Code]).toEqual([503, 'ServiceUnavailableTemporary']);
    }
  });

  test('service resumes with the first record that can be written again', async () => {
    plane.audit.broken = true;
    await plane.client.call('ListKeys');
    plane.audit.broken = false;
    expect((await plane.client.call('CreateKey')).status).toBe(503);
    expect((await plane.client.call('CreateKey')).status).toBe(200);
  });
});
