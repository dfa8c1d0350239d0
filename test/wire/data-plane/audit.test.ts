// One audit record a request, written before its answer and without its payload; and what the plane does when parts of
// it fail. Sources: control-plane specification 5.2, design sections 7 and 9.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { KeyStore } from '../../../appliance/core/ports/key-store.ts';
import { type DataPlaneFixture, NOW, startDataPlane } from '../../support/data-plane.ts';
import { exchange, openRaw } from '../../support/raw-connection.ts';
import { softwareKeyStore } from '../../support/software-keys.ts';

const MARK = 'MARKED-PLAINTEXT-4711';
const TEXT = Buffer.from(MARK);

let plane: DataPlaneFixture;
let aes: string;

const start = async (options: Parameters<typeof startDataPlane>[0] = {}): Promise<void> => {
  plane = await startDataPlane(options);
  aes = (await plane.createKey('Aliyun_AES_256')).id;
};

beforeEach(() => start());

afterEach(() => plane.close());

describe('the audit record', () => {
  test('of a success says who did what with which key, from where, and when', async () => {
    await plane.keys.createAlias('alias/a', aes);
    const fields = { KeyId: 'alias/a', Plaintext: TEXT };
    const { reply } = await plane.client.call('Encrypt', fields, { headers: { 'user-agent': 'test/1' } });
    expect(plane.audit.records).toEqual([
      {
        time: NOW,
        plane: 'data',
        clientAddress: '127.0.0.1',
        userAgent: 'test/1',
        requestId: reply.RequestId,
        api: 'Encrypt',
        apiVersion: 'dkms-gcs-0.2',
        accessKeyId: plane.credentials.keyId,
        identityType: 'aap',
        principal: 'app',
        fingerprint: '',
        resource: aes,
        durationMs: 0,
        status: 200,
        errorCode: '',
        errorMessage: '',
      },
    ]);
  });

  test('of a failure has its code and text, and the key as far as it is known', async () => {
    const { reply } = await plane.client.call('Sign', { KeyId: aes, Message: TEXT });
    expect(plane.audit.last).toMatchObject({
      requestId: reply.RequestId,
      api: 'Sign',
      resource: aes,
      status: 400,
      errorCode: 'UnsupportedOperation',
      errorMessage: 'Rejected.UnsupportedOperation',
    });
    await plane.client.call('Encrypt', { KeyId: 'alias/none', Plaintext: TEXT });
    expect(plane.audit.last).toMatchObject({ resource: 'alias/none', errorCode: 'Forbidden.KeyNotFound' });
    await plane.access.updatePolicy('all-keys', { resources: ['key/none'] });
    await plane.client.call('Encrypt', { KeyId: aes, Plaintext: TEXT });
    expect(plane.audit.last).toMatchObject({ resource: aes, errorCode: 'Forbidden.NoPermission' });
  });

  test('of a caller who is not authenticated claims no identity', async () => {
    await plane.client.call('GenerateRandom', { Length: 1 }, { body: Buffer.of(8, 2) });
    expect(plane.audit.last).toMatchObject({
      api: 'GenerateRandom',
      accessKeyId: plane.credentials.keyId,
      identityType: '',
      principal: '',
      errorCode: 'InvalidParam',
    });
  });

  test('is one for each request, also of many at once, quick and slow', async () => {
    const { id: KeyId } = await plane.createKey('EC_P256');
    const { client } = plane;
    const calls = Array.from({ length: 30 }, () => [
      client.call('Sign', { KeyId, Message: TEXT }),
      client.call('Encrypt', { KeyId: aes, Plaintext: TEXT }),
      client.call('Encrypt', { KeyId: 'none', Plaintext: TEXT }),
    ]);
    const answers = await Promise.all(calls.flat());
    const expected = answers.map(({ reply, status }) => `${reply.RequestId} ${status}`);
    const recorded = plane.audit.records.map(({ requestId, status }) => `${requestId} ${status}`);
    expect(recorded.sort()).toEqual(expected.sort());
    expect(new Set(recorded).size).toBe(90);
  });

  test('and the log hold nothing of plaintext, ciphertext, messages or signatures', async () => {
    const { id: signing } = await plane.createKey('EC_P256');
    const encrypted = await plane.client.ok('Encrypt', { KeyId: aes, Plaintext: TEXT, Aad: TEXT });
    const { CiphertextBlob, Iv } = encrypted;
    await plane.client.ok('Decrypt', { KeyId: aes, CiphertextBlob, Iv, Aad: TEXT });
    await plane.client.call('Decrypt', { KeyId: aes, CiphertextBlob, Iv });
    const { Signature } = await plane.client.ok('Sign', { KeyId: signing, Message: TEXT });
    await plane.client.ok('Verify', { KeyId: signing, Message: TEXT, Signature });
    await plane.client.call('Encrypt', { KeyId: aes, Plaintext: TEXT, Algorithm: MARK, PaddingMode: MARK });
    await plane.client.call('Sign', { KeyId: signing, Message: TEXT, MessageType: MARK });
    await plane.client.callBytes('Encrypt', TEXT);
    const dataKey = await plane.client.ok('GenerateDataKey', { KeyId: aes });
    const written = JSON.stringify([plane.audit.records, plane.logged]);
    for (const secret of [TEXT, CiphertextBlob, Signature, dataKey.Plaintext]) {
      for (const encoding of ['latin1', 'base64', 'hex'] as const) {
        expect(written).not.toContain(secret.toString(encoding).slice(0, 16));
      }
    }
  });
});

describe('an answer that waits for the disk', () => {
  afterEach(() => {
    plane.audit.flush = null;
  });

  test('leaves when the record is there', async () => {
    let onDisk = (): void => undefined;
    plane.audit.flush = new Promise((resolve) => {
      onDisk = resolve;
    });
    let answered = false;
    const answer = plane.client.code('GenerateRandom', { Length: 1 }).finally(() => {
      answered = true;
    });
    await vi.waitFor(() => expect(plane.audit.records).toHaveLength(1));
    expect(answered).toBe(false);
    onDisk();
    expect(await answer).toBe('none');
  });

  test('is no success when the disk fails', async () => {
    plane.audit.flush = Promise.reject(new Error('the disk failed'));
    // Nobody waits for it before the request is there.
    plane.audit.flush.catch(() => undefined);
    expect(await plane.client.code('GenerateRandom', { Length: 1 })).toBe('ServiceUnavailableTemporary');
  });
});

describe('while the audit log cannot be written', () => {
  test('nothing is returned, and service resumes with it', async () => {
    plane.audit.broken = true;
    const answer = await plane.client.call('Encrypt', { KeyId: aes, Plaintext: TEXT });
    expect([answer.status, answer.code]).toEqual([503, 'ServiceUnavailableTemporary']);
    expect(answer.headers).not.toHaveProperty('x-kms-migrationkeyversionid');
    const { id: KeyId } = await plane.createKey('EC_P256');
    expect(await plane.client.code('Sign', { KeyId, Message: TEXT })).toBe('ServiceUnavailableTemporary');
    expect(await plane.client.code('Encrypt', {}, { method: 'GET' })).toBe('ServiceUnavailableTemporary');
    expect(plane.logged).toContainEqual(
      expect.objectContaining({ message: 'audit record could not be written' }),
    );
    plane.audit.broken = false;
    expect(await plane.client.code('Encrypt', { KeyId: aes, Plaintext: TEXT })).toBe('none');
    expect(plane.audit.records).toHaveLength(1);
  });

  test('the operator is told once, until it works again', async () => {
    const levels = (): unknown[] =>
      plane.logged
        .filter((line) => 'message' in line && line.message === 'audit record could not be written')
        .map((line) => ('level' in line ? line.level : ''));
    plane.logged.length = 0;
    for (let round = 0; round < 2; round += 1) {
      plane.audit.broken = true;
      for (let call = 0; call < 3; call += 1) await plane.client.code('GenerateRandom', { Length: 1 });
      plane.audit.broken = false;
      await plane.client.code('GenerateRandom', { Length: 1 });
    }
    expect(levels()).toEqual(['error', 'debug', 'debug', 'error', 'debug', 'debug']);
  });

  test('what is no HTTP is not answered as if it had been recorded', async () => {
    const status = async (): Promise<number | undefined> => {
      const socket = await openRaw({ port: plane.port, ca: plane.ca });
      return (await exchange(socket, 'hello\r\n\r\n'))[0]?.status;
    };
    expect(await status()).toBe(400);
    plane.audit.broken = true;
    expect(await status()).toBe(503);
    plane.audit.broken = false;
    const failing = Promise.reject(new Error('the disk does not sync'));
    failing.catch(() => undefined);
    plane.audit.flush = failing;
    expect(await status()).toBe(503);
    plane.audit.flush = null;
  });
});

describe('an exception inside', () => {
  const failing = (): KeyStore => {
    const keyStore = softwareKeyStore();
    return {
      generate: (identity) => keyStore.generate(identity),
      generateWrappingKey: (identity) => keyStore.generateWrappingKey(identity),
      importMaterial: (identity, wrapped) => keyStore.importMaterial(identity, wrapped),
      encrypt: () => {
        throw new TypeError('a detail nobody should see');
      },
      decrypt: () => Promise.reject(new Error('a detail nobody should see')),
      sign: () => Promise.reject(new Error('')),
      verify: () => Promise.resolve(true),
      forget: () => keyStore.forget(),
      close: () => keyStore.close(),
    };
  };

  test('an operation is an InternalFailure without detail, recorded and logged, and the next request is served', async () => {
    await plane.close();
    await start({ keyStore: failing() });
    const { id: signing } = await plane.createKey('EC_P256');
    const calls = [
      plane.client.call('Encrypt', { KeyId: aes, Plaintext: TEXT }),
      plane.client.call('Decrypt', { KeyId: aes, CiphertextBlob: TEXT, Iv: Buffer.alloc(12) }),
      plane.client.call('Sign', { KeyId: signing, Message: TEXT }),
    ];
    for (const answer of await Promise.all(calls)) {
      expect([answer.status, answer.code, answer.reply.ErrorMessage]).toEqual([
        500,
        'InternalFailure',
        'Internal Failure.',
      ]);
    }
    expect(plane.audit.records.map(({ errorCode }) => errorCode)).toEqual(Array(3).fill('InternalFailure'));
    expect(plane.logged).toHaveLength(3);
    expect(await plane.client.code('GenerateRandom', { Length: 1 })).toBe('none');
  });

  test('the store makes the service unavailable, and nothing is decided on what was known before', async () => {
    let broken = false;
    await plane.close();
    await start({
      wrapStore: (store) => ({
        ...store,
        refresh() {
          if (broken) throw new Error('the disk is gone');
          return store.refresh();
        },
      }),
    });
    const fields = { KeyId: aes, Plaintext: TEXT };
    expect(await plane.client.code('Encrypt', fields)).toBe('none');
    broken = true;
    const answer = await plane.client.call('Encrypt', fields);
    expect([answer.status, answer.code]).toEqual([503, 'ServiceUnavailableTemporary']);
    broken = false;
    expect(await plane.client.code('Encrypt', fields)).toBe('none');
    expect(plane.audit.records.map(({ status }) => status)).toEqual([200, 503, 200]);
  });
});
