// What the listener makes of HTTP: sizes, framing, pipelining, time-outs, and the Error protobuf on every bad path.
// Sources: data-plane specification 1.1, 1.6, 1.10 to 1.12.

import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type DataPlaneFixture, startDataPlane } from '../../support/data-plane.ts';
import type { HeaderList } from '../../support/dkms-client.ts';
import { APIS, decodeError, decodeReply, encodeRequest } from '../../support/dkms-messages.ts';
import { present } from '../../support/present.ts';
import { exchange, openRaw, type RawAnswer, requestBytes } from '../../support/raw-connection.ts';

/** Twelve megabytes are on their way, on a machine that may be busy. */
const PATIENTLY = { timeout: 20_000, interval: 100 };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_BODY = 3 * 1024 * 1024;

let plane: DataPlaneFixture;
let aes: string;

beforeAll(async () => {
  plane = await startDataPlane({
    timeouts: { headersMs: 200, requestMs: 400 },
  });
  aes = (await plane.createKey('Aliyun_AES_256')).id;
});

afterAll(() => plane.close());

const open = (): Promise<TLSSocket> => openRaw({ port: plane.port, ca: plane.ca });
const raw = async (bytes: string | Buffer, count?: number) => exchange(await open(), bytes, count);
const randomRequest = (): Buffer =>
  requestBytes(plane.client.prepare('GenerateRandom', encodeRequest('GenerateRandom', { Length: 8 })));
const audited = () => vi.waitFor(() => expect(plane.audit.records).not.toEqual([]));

/** What every refusal has, whoever made it. */
function expectError(answer: RawAnswer | undefined, status: number): void {
  const { head, body, ...rest } = present(answer);
  const error = decodeError(body);
  expect(rest.status).toBe(status);
  expect(head).toMatch(/\ncontent-type: application\/x-protobuf(?:\r|$)/);
  expect(error).toMatchObject({ StatusCode: status, ErrorCode: 'InvalidParameter' });
  expect(error.ErrorMessage).not.toBe('');
  expect(error.RequestId).toMatch(UUID);
  expect(plane.audit.last).toMatchObject({ requestId: error.RequestId, status, errorCode: error.ErrorCode });
}

describe('bad HTTP gets the Error protobuf and one audit record, and the connection is closed', () => {
  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['a broken header', 'POST / HTTP/1.1\r\nA B: c\r\n\r\n', 400],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['CONNECT', 'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    [
      'length and chunks at once',
      'POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc',
      400,
    ],
    ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc', 400],
    ['a negative length', 'POST / HTTP/1.1\r\nContent-Length: -3\r\n\r\nabc', 400],
    ['a bad chunk', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef', 400],
    ['a header of 20 KB', `POST / HTTP/1.1\r\nA: ${'b'.repeat(20_000)}\r\n\r\n`, 431],
    ['headers of 20 KB', `POST / HTTP/1.1\r\n${'Abcdef: ghijkl\r\n'.repeat(2000)}\r\n`, 431],
    ['a path of 20 KB', `POST /${'b'.repeat(20_000)} HTTP/1.1\r\n\r\n`, 431],
    ['headers that do not end', 'POST / HTTP/1.1\r\nHost: x\r\n', 408],
    ['a body that does not end', 'POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\na', 408],
    [
      'a chunked body that does not end',
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n',
      408,
    ],
    ['nothing', '', 408],
  ])('%s', async (_what, bytes, status) => {
    plane.audit.records.length = 0;
    const answers = await raw(bytes);
    expect(answers).toHaveLength(1);
    expectError(answers[0], status);
    expect(answers[0]?.head).toMatch(/connection: close/i);
    expect(plane.audit.records).toHaveLength(1);
  });

  test('the answers before a malformed request go out first', async () => {
    const answers = await raw(Buffer.concat([randomRequest(), Buffer.from('nonsense\r\n\r\n')]));
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    expect(decodeReply('GenerateRandom', 200, present(answers[0]).body).Random).toHaveLength(8);
    expectError(answers[1], 400);
  });
});

describe('unusual HTTP is served', () => {
  test.each(['GET', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND'])('%s is no API', async (method) => {
    const answer = await plane.client.call('GenerateRandom', { Length: 8 }, { method });
    expect([answer.status, answer.code]).toEqual([400, 'InvalidApiName']);
  });

  test('HEAD is refused too, its answer without a body as HTTP wants it', async () => {
    const answer = await plane.client.call('GenerateRandom', {}, { method: 'HEAD' });
    expect(answer.status).toBe(400);
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
  });

  test.each([
    ['a target in absolute form', 'POST https://x/ HTTP/1.1'],
    ['the asterisk', 'OPTIONS * HTTP/1.1'],
    ['an encoded path', 'POST /%2e HTTP/1.1'],
    ['two slashes', 'POST // HTTP/1.1'],
  ])('%s is no API', async (_what, line) => {
    const [answer] = await raw(`${line}\r\nHost: x\r\nContent-Length: 0\r\n\r\n`, 1);
    expect(decodeError(present(answer).body).ErrorCode).toBe('InvalidApiName');
  });

  test.each([
    ['no Host', ''],
    ['an upgrade', 'Connection: upgrade\r\nUpgrade: websocket\r\n'],
    ['an upgrade to h2c', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n'],
    ['an unknown expectation', 'Expect: magic\r\n'],
  ])('%s is read like any other request', async (_what, header) => {
    const bytes = randomRequest()
      .toString('latin1')
      .replace(/host: .*\r\n/, header);
    const [answer] = await raw(Buffer.from(bytes, 'latin1'), 1);
    expect(answer?.status).toBe(200);
  });

  test('Expect: 100-continue is answered, then the request', async () => {
    const bytes = randomRequest()
      .toString('latin1')
      .replace(/host: /, 'Expect: 100-continue\r\nhost: ');
    const answers = await raw(Buffer.from(bytes, 'latin1'), 2);
    expect(answers.map(({ status }) => status)).toEqual([100, 200]);
  });

  test('HTTP/1.0 is answered and the connection closed', async () => {
    const bytes = randomRequest().toString('latin1').replace('HTTP/1.1', 'HTTP/1.0');
    const answers = await raw(Buffer.from(bytes, 'latin1'));
    expect(answers.map(({ status }) => status)).toEqual([200]);
  });

  test('pipelined requests are answered in their order', async () => {
    const { id: rsa } = await plane.createKey('EC_P256');
    const slow = requestBytes(
      plane.client.prepare('Sign', encodeRequest('Sign', { KeyId: rsa, Message: Buffer.of(1) })),
    );
    const answers = await raw(Buffer.concat([slow, randomRequest(), slow, randomRequest()]), 4);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(decodeReply('Sign', 200, present(answers[2]).body).Signature.length).toBeGreaterThan(60);
    expect(decodeReply('GenerateRandom', 200, present(answers[3]).body).Random).toHaveLength(8);
  });

  test('a request that arrives byte by byte is read', async () => {
    const socket = await open();
    const bytes = randomRequest();
    for (const byte of bytes.subarray(0, -1)) socket.write(Buffer.of(byte));
    const [answer] = await exchange(socket, bytes.subarray(-1), 1);
    expect(answer?.status).toBe(200);
  });
});

describe('the size of a body', () => {
  const sized = (length: number) => Buffer.alloc(length, 0x0a);

  test('may be 3 MiB', async () => {
    const overhead = encodeRequest('Encrypt', { KeyId: aes, Plaintext: Buffer.alloc(MAX_BODY - 100) }).length;
    const Plaintext = Buffer.alloc(MAX_BODY - 100 + MAX_BODY - overhead, 7);
    expect(encodeRequest('Encrypt', { KeyId: aes, Plaintext })).toHaveLength(MAX_BODY);
    const { CiphertextBlob } = await plane.client.ok('Encrypt', { KeyId: aes, Plaintext });
    expect(CiphertextBlob).toHaveLength(Plaintext.length + 16);
  });

  test.each([
    ['a byte more', MAX_BODY + 1, false],
    ['a byte more in chunks', MAX_BODY + 1, true],
    ['five times as much', 5 * MAX_BODY, true],
  ])('%s is refused with a readable 413, and the connection stays', async (_what, length, chunked) => {
    const answer = await plane.client.callBytes('Encrypt', sized(length), { chunked });
    expect([answer.status, answer.code]).toEqual([413, 'InvalidParameter']);
    expect(answer.reply.ErrorMessage).toBe('Request body exceeds 3145728 bytes.');
    const next = await plane.client.call('GenerateRandom', { Length: 1 });
    expect(next.localPort).toBe(answer.localPort);
  });

  test('without any end is answered after 32 MiB, and the connection cut', async () => {
    plane.audit.records.length = 0;
    const socket = await open();
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.write('POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n');
    const closed = once(socket, 'close');
    const piece = Buffer.alloc(1024 * 1024);
    for (let sent = 0; sent < 64 && !socket.destroyed; sent += 1) {
      if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), closed]);
    }
    await closed;
    expect(plane.audit.records).toMatchObject([{ status: 413, errorCode: 'InvalidParameter' }]);
  });

  test('of all connections together is bounded: what is over is refused, small requests go on', async () => {
    const patient = await startDataPlane({ bodyLimits: { largeBytes: 8 * 1024 * 1024 } });
    const { id: KeyId } = await patient.createKey('Aliyun_AES_256');
    const Plaintext = Buffer.alloc(MAX_BODY - 1000);
    const unfinished = Buffer.concat([
      Buffer.from(`POST / HTTP/1.1\r\nContent-Length: ${MAX_BODY}\r\n\r\n`),
      Buffer.alloc(MAX_BODY - 1),
    ]);
    try {
      const holders = [];
      for (let count = 0; count < 4; count += 1) {
        const socket = await openRaw({ port: patient.port, ca: patient.ca });
        socket.write(unfinished);
        holders.push(socket);
      }
      await vi.waitFor(async () => {
        const big = await patient.client.call('Encrypt', { KeyId, Plaintext });
        expect([big.status, big.code]).toEqual([429, 'Rejected.Throttling']);
      }, PATIENTLY);
      expect(await patient.client.code('Encrypt', { KeyId, Plaintext: Buffer.alloc(6000) })).toBe('none');
      for (const socket of holders) socket.destroy();
      await vi.waitFor(
        async () => expect(await patient.client.code('Encrypt', { KeyId, Plaintext })).toBe('none'),
        PATIENTLY,
      );
    } finally {
      await patient.close();
    }
  });
});

test('small bodies that nobody has authenticated are bounded together, and leave room when they go', async () => {
  const patient = await startDataPlane({ bodyLimits: { smallBytes: 1024 * 1024 } });
  const half = Buffer.concat([
    Buffer.from('POST / HTTP/1.1\r\nContent-Length: 70000\r\n\r\n'),
    Buffer.alloc(60_000),
  ]);
  try {
    const holders = [];
    for (let count = 0; count < 18; count += 1) {
      const socket = await openRaw({ port: patient.port, ca: patient.ca });
      socket.write(half);
      holders.push(socket);
    }
    const encrypt = () =>
      patient.client.code('GenerateDataKey', { KeyId: 'none', NumberOfBytes: 16, Aad: Buffer.alloc(60_000) });
    await vi.waitFor(async () => expect(await encrypt()).toBe('Rejected.Throttling'));
    for (const socket of holders) socket.destroy();
    await vi.waitFor(async () => expect(await encrypt()).not.toBe('Rejected.Throttling'));
  } finally {
    await patient.close();
  }
});

describe('a connection that goes away', () => {
  test('right after its handshake leaves nothing', async () => {
    plane.audit.records.length = 0;
    for (let count = 0; count < 5; count += 1) (await open()).destroy();
    for (let count = 0; count < 5; count += 1) (await open()).end();
    expect(await plane.client.code('GenerateRandom', { Length: 1 })).toBe('none');
    expect(plane.audit.records).toHaveLength(1);
  });

  test.each([
    ['is closed', (socket: TLSSocket) => socket.destroy()],
    ['is reset', (_socket: TLSSocket, tcp: Socket) => tcp.resetAndDestroy()],
  ])('in the middle of a body, because it %s, leaves one record of who it was', async (_how, end) => {
    plane.audit.records.length = 0;
    const tcp = connectTcp(plane.port, '127.0.0.1');
    const socket = await openRaw({ socket: tcp, ca: plane.ca });
    const bytes = requestBytes(plane.client.prepare('Encrypt', Buffer.alloc(1000)));
    await new Promise((resolve) => socket.write(bytes.subarray(0, -10), resolve));
    end(socket, tcp);
    await audited();
    expect(plane.audit.records).toMatchObject([
      {
        status: 400,
        errorCode: 'InvalidParameter',
        accessKeyId: plane.credentials.keyId,
        apiVersion: 'dkms-gcs-0.2',
        identityType: '',
      },
    ]);
  });

  test('after its half of a body, politely, gets its 400 and one record', async () => {
    plane.audit.records.length = 0;
    const socket = await open();
    socket.end('POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\na');
    socket.resume();
    await once(socket, 'close');
    await audited();
    expect(plane.audit.records).toMatchObject([{ status: 400, errorCode: 'InvalidParameter' }]);
  });

  test('before its answer leaves the record of its success, and the next request is served', async () => {
    plane.audit.records.length = 0;
    const socket = await open();
    await new Promise((resolve) => socket.write(randomRequest(), resolve));
    socket.destroy();
    await audited();
    expect(plane.audit.records).toMatchObject([{ api: 'GenerateRandom', status: 200 }]);
    expect(await plane.client.code('GenerateRandom', { Length: 1 })).toBe('none');
  });
});

describe('a client that floods its connection', () => {
  const refused = Buffer.from('GET / HTTP/1.1\r\n\r\n'.repeat(200));
  const connections = (server: DataPlaneFixture['server']) =>
    new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));

  test('and does not read its answers is cut', async () => {
    const impatient = await startDataPlane({ timeouts: { headersMs: 50, requestMs: 100, keepAliveMs: 100 } });
    try {
      const socket = await openRaw({ port: impatient.port, ca: impatient.ca });
      socket.pause();
      for (let count = 0; count < 1000 && !socket.destroyed; count += 1) {
        socket.write(refused);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await vi.waitFor(async () => expect(await connections(impatient.server)).toBe(0), { timeout: 10_000 });
      socket.destroy();
    } finally {
      await impatient.close();
    }
  });

  test('with more requests than may be under way is cut and recorded', async () => {
    plane.audit.records.length = 0;
    const socket = await open();
    socket.resume();
    socket.write(Buffer.concat([refused, refused]));
    await once(socket, 'close');
    await vi.waitFor(() => expect(plane.audit.records).toHaveLength(257));
    expect(plane.audit.records.filter((record) => record.errorCode === 'Rejected.Throttling')).toHaveLength(
      1,
    );
  });
});

test('a request with more than 500 headers is refused, because Node would drop some of them', async () => {
  const many = Array.from({ length: 500 }, (_, index) => [`a${index}`, 'b'] as const);
  const options = { edit: (list: HeaderList) => [...list, ...many] };
  const answer = await plane.client.call('GenerateRandom', { Length: 1 }, options);
  expect([answer.status, answer.code]).toEqual([431, 'InvalidParameter']);
});

test('every API answers its errors with 4xx in the protobuf, whatever the body', async () => {
  for (const api of APIS) {
    for (const body of [Buffer.alloc(0), Buffer.from('{"KeyId":"x"}')]) {
      const answer = await plane.client.callBytes(api, body);
      expect(answer.status, api).toBe(400);
      expect(answer.reply.ErrorMessage, api).not.toBe('');
    }
  }
});
