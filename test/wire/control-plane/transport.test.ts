// What the listener makes of HTTP: sizes, encodings, methods, routes, formats, and the error on every bad path.

import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { UNBUILT_ACTIONS } from '../../../appliance/control-plane/unbuilt-actions.ts';
import { type ControlPlaneFixture, startControlPlane } from '../../support/control-plane.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let plane: ControlPlaneFixture;

beforeAll(async () => {
  plane = await startControlPlane({ timeouts: { headersMs: 200, requestMs: 400 } });
});

afterAll(() => plane.close());

/** Sends raw bytes and collects everything until the server closes the connection. */
function raw(bytes: string | Buffer): Promise<{ head: string; json: Record<string, string> }> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({ host: '127.0.0.1', port: plane.port, ca: plane.ca }, () =>
      socket.write(bytes),
    );
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n');
      resolve({ head, json: JSON.parse(body) as Record<string, string> });
    });
  });
}

describe('sizes', () => {
  const description = 'ä'.repeat(8000);

  test.each(['V1 GET', 'V1 POST query', 'V3 query'] as const)(
    'a URL of 40 KB and more is read, form %s',
    async (form) => {
      const { path } = plane.client.prepare('CreateKey', { Description: description }, { form });
      expect(path.length).toBeGreaterThan(40_000);
      const answer = await plane.client.call('CreateKey', { Description: description }, { form });
      expect(answer.body.KeyMetadata.Description).toBe(description);
    },
  );

  test.each(['V1 POST form', 'V1 mixed', 'V3 body'] as const)(
    'a chunked body is read, form %s',
    async (form) => {
      const answer = await plane.client.call(
        'CreateKey',
        { Description: description },
        { form, chunk: 1000 },
      );
      expect(answer.body.KeyMetadata.Description).toBe(description);
    },
  );

  test('a body over 256 KiB is refused', async () => {
    const body = `a=${'b'.repeat(262_144)}`;
    const answer = await plane.client.send('POST', '/', { headers: FORM, body });
    expect([answer.status, answer.body.Code]).toEqual([413, 'RequestBodyTooLarge']);
    const chunked = await plane.client.send('POST', '/', { headers: FORM, body, chunk: 10_000 });
    expect(chunked.body.Code).toBe('RequestBodyTooLarge');
  });

  test('a header over 256 KiB is refused with the JSON error', async () => {
    const { head, json } = await raw(`GET /?a=${'b'.repeat(270_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(head).toMatch(/^HTTP\/1\.1 431 /);
    expect(json['Code']).toBe('RequestHeaderTooLarge');
  });
});

describe('bad HTTP gets the JSON error with all its strings', () => {
  beforeEach(() => {
    plane.audit.records.length = 0;
  });

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'ParseRequestParameterException'],
    ['a broken header', 'GET / HTTP/1.1\r\nA B: c\r\n\r\n', 400, 'ParseRequestParameterException'],
    ['CONNECT', 'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'ParseRequestParameterException'],
    ['headers that do not end', 'GET / HTTP/1.1\r\nHost: x\r\n', 408, 'RequestTimeout'],
    [
      'a body that does not end',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na',
      408,
      'RequestTimeout',
    ],
  ])('%s', async (_what, bytes, status, code) => {
    const { head, json } = await raw(bytes);
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toContain('content-type: application/json;charset=utf-8');
    expect(json).toEqual({
      RequestId: matching(UUID),
      HostId: '',
      Code: code,
      Message: matching(/./),
      Recommend: '',
    });
    expect(plane.audit.last).toMatchObject({
      requestId: json['RequestId'],
      status,
      errorCode: code,
      api: '',
    });
    // One record, also of what had begun as a request.
    expect(plane.audit.records.filter(({ errorCode }) => errorCode === code)).toHaveLength(1);
  });

  test('a request without Host, and one that expects the unexpected, are read like any other', async () => {
    for (const header of ['', 'Host: x\r\nExpect: magic\r\n']) {
      const { json } = await raw(`GET / HTTP/1.1\r\n${header}Connection: close\r\n\r\n`);
      expect(json['Code']).toBe('MissingParameter');
    }
  });
});

describe('connections', () => {
  test('are kept alive', async () => {
    const request = 'GET / HTTP/1.1\r\nHost: x\r\n';
    const { json, head } = await raw(`${request}Connection: close\r\n\r\n`);
    expect(head.toLowerCase()).toContain('connection: close');
    expect(json['HostId']).toBe('x');
    const kept = await plane.client.call('ListKeys');
    expect(kept.headers['connection']).toBe('keep-alive');
  });

  test('answers are complete, not cached, and carry the request id in the header', async () => {
    const answer = await plane.client.call('ListKeys');
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json;charset=utf-8',
      'content-length': String(Buffer.byteLength(answer.text)),
      'cache-control': 'no-store',
      'x-acs-request-id': answer.body.RequestId,
    });
    expect(answer.body.RequestId).toMatch(UUID);
  });
});

describe('routing', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('the method %s is refused', async (method) => {
    const answer = await plane.client.send(method, '/', {});
    expect([answer.status, answer.body.Code]).toEqual([403, 'UnsupportedHTTPMethod']);
  });

  test('a path other than / is refused', async () => {
    for (const path of ['/keys', '//', '/x?Action=ListKeys']) {
      expect((await plane.client.send('GET', path, {})).body.Code).toBe('InvalidAction.NotFound');
    }
  });

  test('a request without Action or Version names what is missing', async () => {
    expect((await plane.client.send('GET', '/', {})).body).toMatchObject({ Code: 'MissingParameter' });
    const answer = await plane.client.send('GET', '/?Action=ListKeys', {});
    expect(answer.body.Message).toContain('Version');
  });

  test('another version is refused', async () => {
    expect((await plane.client.call('ListKeys', { Version: '2015-01-01' })).body.Code).toBe('InvalidVersion');
  });

  test('the name of an action is matched in any case when it does not match exactly', async () => {
    expect((await plane.client.call('listkeys')).body.Keys).toBeDefined();
  });

  test('an unknown action is not found', async () => {
    for (const name of ['DescribeService', 'constructor', '__proto__']) {
      const answer = await plane.client.call(name);
      expect([answer.status, answer.body.Code]).toEqual([404, 'InvalidAction.NotFound']);
    }
  });

  test.each(UNBUILT_ACTIONS)('%s is known but not built', async (name) => {
    const answer = await plane.client.call(name);
    expect([answer.status, answer.body.Code]).toEqual([400, 'UnsupportedOperation']);
    expect(plane.audit.last.api).toBe(name);
  });
});

describe('parameters', () => {
  test('given twice are refused before the signature is looked at', async () => {
    const answer = await plane.client.send('POST', '/?Action=ListKeys', {
      headers: FORM,
      body: 'Action=CreateKey',
    });
    expect([answer.status, answer.body.Code]).toEqual([400, 'InvalidParameter']);
  });

  test('that cannot be decoded are refused', async () => {
    expect((await plane.client.send('GET', '/?Action=%zz', {})).body.Code).toBe(
      'ParseRequestParameterException',
    );
    const json = { headers: { 'content-type': 'application/json' }, body: '{}' };
    expect((await plane.client.send('POST', '/', json)).body.Code).toBe('ParseRequestParameterException');
  });

  test('that no action knows are ignored', async () => {
    const answer = await plane.client.call('ListKeys', {
      RegionId: 'x',
      SecureTransport: 'true',
      keyid: 'y',
    });
    expect(answer.status).toBe(200);
  });

  test('that are missing or empty are named', async () => {
    for (const parameters of [{}, { KeyId: '' }, { keyid: 'x' }]) {
      const { body } = await plane.client.call('DescribeKey', parameters);
      expect(body.Code).toBe('MissingParameter');
      expect(body.Message).toContain('KeyId');
    }
  });

  test.each([
    ['ListKeys', 'PageNumber', '0'],
    ['ListKeys', 'PageNumber', '-1'],
    ['ListKeys', 'PageNumber', '1e1'],
    ['ListKeys', 'PageSize', '0'],
    ['ListKeys', 'PageSize', '101'],
    ['ListKeys', 'Filters', 'KeyState'],
    ['ListKeys', 'Filters', '{"Key":"KeyState"}'],
    ['ListKeys', 'Filters', '[{"Key":"Shape","Values":["round"]}]'],
    ['DescribeKey', 'KeyId', 'k'.repeat(257)],
    ['CreateKey', 'EnableAutomaticRotation', 'maybe'],
    ['CreateKey', 'KeySpec', 'ROT_13'],
  ])('of %s: %s %s is refused by name, its value not repeated', async (action, name, value) => {
    const { body } = await plane.client.call(action, { [name]: value });
    expect(body.Code).toBe('InvalidParameter');
    expect(body.Message).toContain(name);
    expect(body.Message).not.toContain(value);
  });

  test('that are optional and empty count as absent', async () => {
    const page = await plane.client.call('ListKeys', { PageNumber: '', PageSize: '', Filters: '' });
    expect(page.body).toMatchObject({ PageNumber: 1, PageSize: 10 });
    const key = await plane.client.call('CreateKey', {
      KeySpec: '',
      Origin: '',
      DKMSInstanceId: '',
      Tags: '',
    });
    expect(key.status).toBe(200);
  });
});

describe('bad requests', () => {
  test('with a signature in the query and another in the form are refused', async () => {
    const { path } = plane.client.prepare('ListKeys', {}, { form: 'V1 POST query' });
    const answer = await plane.client.send('POST', path, { headers: FORM, body: 'Signature=x' });
    expect([answer.status, answer.body.Code]).toEqual([400, 'InvalidParameter']);
  });

  test('with two headers Authorization are judged by the first and never by both', async () => {
    const { headers } = plane.client.prepare('ListKeys', {}, { form: 'V3 query' });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const second = ['authorization: ACS3-HMAC-SHA256 Credential=x'];
    const request = (fields: readonly string[]) =>
      `POST / HTTP/1.1\r\n${fields.join('\r\n')}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
    expect((await raw(request([...second, ...lines]))).json['Code']).toBe('IncompleteSignature');
    expect((await raw(request([...lines, ...second]))).json['Code']).toBeUndefined();
  });

  test.each([
    ['GET', '/?Action=ListKeys&Description=%E4', ''],
    ['POST', '/?Action=ListKeys', 'Description=%E4'],
    ['POST', '/?Action=ListKeys', 'Description=%C3%28'],
  ])('in another charset than UTF-8 are refused: %s %s %s', async (method, path, body) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=iso-8859-1' };
    const answer = await plane.client.send(method, path, { headers, body });
    expect([answer.status, answer.body.Code]).toEqual([400, 'ParseRequestParameterException']);
  });

  test('with 1001 parameters are refused', async () => {
    const body = Array.from({ length: 1001 }, (_, index) => `a${index}=`).join('&');
    expect((await plane.client.send('POST', '/', { headers: FORM, body })).body.Code).toBe(
      'InvalidParameter',
    );
  });

  test.each([
    ['with a length', (body: string) => `Content-Length: ${body.length}\r\n\r\n${body.slice(0, -5)}`],
    [
      'chunked',
      (body: string) => `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n`,
    ],
  ])('whose body breaks off, %s, do nothing and are recorded once', async (_how, rest) => {
    const keys = plane.store.records.keys.count();
    const { path, headers, body } = plane.client.prepare('CreateKey', {}, { form: 'V1 POST form' });
    const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const arrived = once(plane.server, 'request');
    const socket = connect({ host: '127.0.0.1', port: plane.port, ca: plane.ca });
    socket.on('error', () => undefined);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\n${fields.join('')}${rest(body)}`);
    const [request] = (await arrived) as [IncomingMessage];
    const gone = new Promise((resolve) => request.once('close', resolve));
    request.on('error', () => undefined);
    plane.audit.records.length = 0;
    socket.destroy();
    await gone;
    await vi.waitFor(() =>
      expect(plane.audit.records).toMatchObject([
        { status: 400, errorCode: 'ParseRequestParameterException', clientAddress: '127.0.0.1', api: '' },
      ]),
    );
    expect((await plane.client.call('ListKeys')).status).toBe(200);
    expect(plane.store.records.keys.count()).toBe(keys);
  });
});

describe('the format', () => {
  test('is XML when the parameter says so, for answers and errors', async () => {
    const { body } = await plane.client.call('CreateKey', { Description: '<&>"\'\u0001\r' });
    const parameters = { KeyId: body.KeyMetadata.KeyId, Format: 'xml' };
    const answer = await plane.client.call('DescribeKey', parameters);
    expect(answer.headers['content-type']).toBe('text/xml;charset=utf-8');
    expect(answer.text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?><DescribeKeyResponse><RequestId>/);
    expect(answer.text).toContain('<Description>&lt;&amp;&gt;"\'\ufffd&#13;</Description>');
    const list = await plane.client.call('ListKeys', { Format: 'XML', PageSize: '2' });
    expect(list.text).toMatch(/<Keys><Key><KeyId>[^<]+<\/KeyId><KeyArn>[^<]+<\/KeyArn><\/Key>/);
    const error = await plane.client.call('DescribeKey', { KeyId: 'x', Format: 'XML' });
    expect(error.status).toBe(404);
    expect(error.text).toMatch(/<Error><RequestId>.+<\/HostId><Code>Forbidden\.KeyNotFound<\/Code><Message>/);
  });

  test('is JSON unless Accept asks for XML', async () => {
    const request = { form: 'V3 query' as const };
    expect((await plane.client.call('ListKeys', {}, request)).body.Keys).toBeDefined();
    const xml = await plane.client.call('ListKeys', {}, { ...request, headers: { accept: 'text/xml' } });
    expect(xml.text).toContain('<ListKeysResponse>');
    const json = await plane.client.call(
      'ListKeys',
      { Format: 'JSON' },
      { ...request, headers: { accept: 'text/xml' } },
    );
    expect(json.body.Keys).toBeDefined();
  });
});

test('closing lets a request under way finish, answers it with connection: close, and then accepts none', async () => {
  const own = await startControlPlane();
  try {
    const { path, headers, body } = own.client.prepare('CreateKey', {}, { form: 'V1 POST form' });
    const fields = Object.entries({ ...headers, 'content-length': body.length }).map((field) =>
      field.join(': '),
    );
    const arrived = once(own.server, 'request');
    const socket = connect({ host: '127.0.0.1', port: own.port, ca: own.ca });
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\n${fields.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
    await arrived;
    const stopped = own.stop();
    socket.write(body.slice(10));
    const answer = await text(socket);
    await stopped;
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer.toLowerCase()).toContain('connection: close');
    expect(answer).toContain('KeyMetadata');
    await expect(own.client.call('ListKeys')).rejects.toThrow();
  } finally {
    own.client.close();
  }
});

describe('requests under way', () => {
  const unfinished = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n';
  let own: ControlPlaneFixture;

  beforeAll(async () => {
    own = await startControlPlane({ requestLimits: { perConnection: 3, overall: 2 } });
  });

  afterAll(() => own.close());

  const opened = async (bytes: string): Promise<TLSSocket> => {
    const arrived = once(own.server, 'request');
    const socket = connect({ host: '127.0.0.1', port: own.port, ca: own.ca });
    socket.on('error', () => undefined);
    socket.write(bytes);
    await arrived;
    return socket;
  };

  test('beyond the bound are refused, and served again when others are done', async () => {
    const held = [await opened(unfinished), await opened(unfinished)];
    const refused = await own.client.call('ListKeys');
    expect([refused.status, refused.body.Code]).toEqual([429, 'Rejected.Throttling']);
    expect(own.audit.last.errorCode).toBe('Rejected.Throttling');
    const answers = held.map(async (socket) => {
      socket.write('0123456789');
      await once(socket, 'data');
      socket.destroy();
    });
    await Promise.all(answers);
    expect((await own.client.call('ListKeys')).status).toBe(200);
  });

  test('of one connection beyond its bound cut it', async () => {
    let release = (): void => undefined;
    own.audit.flush = new Promise((resolve) => {
      release = resolve;
    });
    const whole = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
    own.audit.records.length = 0;
    const socket = await opened(whole.repeat(6));
    await once(socket, 'close');
    const message = 'control-plane connection with too many requests';
    expect(own.logged).toContainEqual(expect.objectContaining({ message }));
    const tooMany = 'Too many requests on the connection.';
    expect(own.audit.records.filter(({ errorMessage }) => errorMessage === tooMany)).toHaveLength(1);
    own.audit.flush = null;
    release();
    await vi.waitFor(async () => expect((await own.client.call('ListKeys')).status).toBe(200));
  });
});
