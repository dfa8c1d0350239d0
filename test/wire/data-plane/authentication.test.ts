// Who is asking: the checks before a body is looked into, their order, and the code, status and text of each.
// Source: data-plane specification 1.2 to 1.5 and section 5.

import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataPlaneFixture, NOW, startDataPlane } from '../../support/data-plane.ts';
import {
  type CallOptions,
  type DkmsAnswer,
  EMPTY_SHA_256,
  type HeaderList,
  stringToSign,
} from '../../support/dkms-client.ts';

const MINUTE = 60_000;
const RANDOM = { Length: 8 };

let plane: DataPlaneFixture;

beforeAll(async () => {
  plane = await startDataPlane();
});

afterAll(() => plane.close());

const random = (options: CallOptions = {}): Promise<DkmsAnswer> =>
  plane.client.call('GenerateRandom', RANDOM, options);
const withHeaders = (headers: Readonly<Record<string, string | undefined>>): Promise<DkmsAnswer> =>
  random({ headers });
const edited = (edit: (list: HeaderList) => HeaderList): Promise<DkmsAnswer> => random({ edit });
const replaced =
  (wanted: string, value: string) =>
  (list: HeaderList): HeaderList =>
    list.map(([name, old]) => [name, name === wanted ? value : old] as const);
const outcome = ({ status, reply }: DkmsAnswer) => [status, reply.ErrorCode, reply.ErrorMessage];

describe('each check has the status, code and text of the specification', () => {
  test.each<[string, CallOptions, unknown[]]>([
    ['another method', { method: 'PUT' }, [400, 'InvalidApiName', 'The ApiName "" is invalid.']],
    ['another path', { path: '/kms' }, [400, 'InvalidApiName', 'The ApiName "" is invalid.']],
    ['a query', { path: '/?a=b' }, [400, 'InvalidApiName', 'The ApiName "" is invalid.']],
    [
      'another content type',
      { headers: { 'content-type': 'application/json' } },
      [415, 'InvalidContentType', 'Content-Type "application/json" is unsupported.'],
    ],
    [
      'no content type',
      { headers: { 'content-type': undefined } },
      [415, 'InvalidContentType', 'Content-Type "" is unsupported.'],
    ],
    [
      'another version',
      { headers: { 'x-kms-apiversion': 'dkms-gcs-0.3' } },
      [400, 'InvalidApiVersion', 'The ApiVersion "dkms-gcs-0.3" is invalid.'],
    ],
    [
      'no version',
      { headers: { 'x-kms-apiversion': undefined } },
      [400, 'InvalidApiVersion', 'The ApiVersion "" is invalid.'],
    ],
    [
      'an unknown API',
      { headers: { 'x-kms-apiname': 'CreateKey' } },
      [400, 'InvalidApiName', 'The ApiName "CreateKey" is invalid.'],
    ],
    [
      'a name every object has',
      { headers: { 'x-kms-apiname': 'constructor' } },
      [400, 'InvalidApiName', 'The ApiName "constructor" is invalid.'],
    ],
    [
      'no API',
      { headers: { 'x-kms-apiname': undefined } },
      [400, 'InvalidApiName', 'The ApiName "" is invalid.'],
    ],
    [
      'no signature method',
      { headers: { 'x-kms-signaturemethod': undefined } },
      [400, 'InvalidParam', 'The Param x-kms-signaturemethod is invalid.'],
    ],
    [
      'another signature method',
      { headers: { 'x-kms-signaturemethod': 'RSA_PSS' } },
      [400, 'InvalidParam', 'The Param x-kms-signaturemethod is invalid. message:"RSA_PSS".'],
    ],
    [
      'no Client Key',
      { headers: { 'x-kms-acccesskeyid': undefined } },
      [400, 'MissingParameter', 'Parameter x-kms-acccesskeyid does not exist in http header or body.'],
    ],
    ['no date', { headers: { date: undefined } }, [400, 'InvalidParam', 'The Param Date is invalid.']],
    [
      'an old date',
      { headers: { date: new Date(NOW - 16 * MINUTE).toUTCString() } },
      [400, 'RequestTimeTooSkewed', 'Request time exceeds server time more than 15 minutes.'],
    ],
    [
      'a hash of something else',
      { headers: { 'content-sha256': EMPTY_SHA_256 } },
      [400, 'InvalidParam', 'The Param Content-SHA256 is invalid.'],
    ],
    [
      'no hash',
      { headers: { 'content-sha256': undefined } },
      [400, 'InvalidParam', 'The Param Content-SHA256 is invalid.'],
    ],
    [
      'no authorization',
      { edit: (list) => list.filter(([name]) => name !== 'authorization') },
      [400, 'InvalidParam', 'The Param Authorization is invalid.'],
    ],
    [
      'an unknown Client Key',
      { headers: { 'x-kms-acccesskeyid': 'KAAP.00000000-0000-0000-0000-000000000000' } },
      [
        404,
        'Unauthorized',
        'The AccessKey ID "KAAP.00000000-0000-0000-0000-000000000000" does not exist in our records.',
      ],
    ],
    [
      'a signature of something else',
      { edit: replaced('date', new Date(NOW + 1000).toUTCString()) },
      [401, 'SignatureNotMatch', 'Signature is not matched.'],
    ],
  ])('%s', async (_what, options, expected) => {
    expect(outcome(await random(options))).toEqual(expected);
    expect(plane.audit.last).toMatchObject({ status: expected[0], errorCode: expected[1], identityType: '' });
  });

  test('a long or odd value is not repeated to its sender', async () => {
    for (const value of ['x'.repeat(65), 'a"b', 'caf\u00e9']) {
      expect((await withHeaders({ 'x-kms-apiname': value })).reply.ErrorMessage).toBe(
        'The ApiName "" is invalid.',
      );
    }
  });
});

describe('the checks come in their order', () => {
  test('mending the first fault of a request brings out the next', async () => {
    const faults: CallOptions[] = [
      { method: 'PUT' },
      { headers: { 'content-type': 'text/html' } },
      { headers: { 'x-kms-apiversion': 'x' } },
      { headers: { 'x-kms-apiname': 'x' } },
      { headers: { 'x-kms-signaturemethod': 'x' } },
      { headers: { 'x-kms-acccesskeyid': undefined } },
      { headers: { date: 'x' } },
      { headers: { 'content-sha256': 'x' } },
      { edit: (list) => replaced('authorization', 'x')(list) },
    ];
    const codes: string[] = [];
    for (let first = 0; first < faults.length; first += 1) {
      const left = faults.slice(first);
      let options: CallOptions = {};
      for (const fault of left) {
        options = { ...options, ...fault, headers: { ...options.headers, ...fault.headers } };
      }
      codes.push((await random(options)).code);
    }
    expect(codes).toEqual([
      'InvalidApiName',
      'InvalidContentType',
      'InvalidApiVersion',
      'InvalidApiName',
      'InvalidParam',
      'MissingParameter',
      'InvalidParam',
      'InvalidParam',
      'InvalidParam',
    ]);
  });

  test('an unknown Client Key comes before its signature, an address before the body, the body before the key', async () => {
    const headers = { 'x-kms-acccesskeyid': 'KAAP.x' };
    const both = await random({ headers, edit: replaced('authorization', 'Bearer AAAA') });
    expect(both.code).toBe('Unauthorized');
    expect((await plane.client.callBytes('Encrypt', Buffer.of(0xff))).code).toBe('InvalidParameter');
  });
});

describe('dates', () => {
  const at = (offset: number) => new Date(NOW + offset).toUTCString();

  test.each([
    ['15 minutes slow', at(-15 * MINUTE), 'none'],
    ['15 minutes fast', at(15 * MINUTE), 'none'],
    ['a second slower', at(-15 * MINUTE - 1000), 'RequestTimeTooSkewed'],
    ['a second faster', at(15 * MINUTE + 1000), 'RequestTimeTooSkewed'],
    ['UTC for GMT', at(0).replace('GMT', 'UTC'), 'none'],
    ['+0000 for GMT', at(0).replace('GMT', '+0000'), 'none'],
    ['another zone', at(0).replace('GMT', '+0800'), 'InvalidParam'],
    ['ISO 8601', new Date(NOW).toISOString(), 'InvalidParam'],
    ['lower case', at(0).toLowerCase(), 'InvalidParam'],
    ['a word after it', `${at(0)} x`, 'InvalidParam'],
    ['a German month', at(0).replace('Jan', 'Jän'), 'InvalidParam'],
    ['a 31st of February', 'Tue, 31 Feb 2026 03:04:05 GMT', 'InvalidParam'],
    ['hour 24', 'Fri, 02 Jan 2026 24:04:05 GMT', 'InvalidParam'],
  ])('%s', async (_what, date, code) => {
    expect((await withHeaders({ date })).code).toBe(code);
  });

  test('a request may be sent again within the window: SDKs repeat signatures within a second', async () => {
    const prepared = plane.client.prepare('GenerateRandom', Buffer.of(8, 8));
    for (let time = 0; time < 2; time += 1) {
      expect((await plane.client.send('GenerateRandom', prepared.headers, prepared.body)).code).toBe('none');
    }
  });
});

describe('the string to sign', () => {
  test('is the one of the specification for a known request, and its signature verifies', () => {
    const { headers } = plane.client.prepare('GenerateRandom', Buffer.alloc(0), {
      headers: { 'x-kms-migrationkeyversionid': 'version' },
    });
    expect(stringToSign('POST', headers)).toBe(
      `POST\n${EMPTY_SHA_256}\napplication/x-protobuf\nFri, 02 Jan 2026 03:04:05 GMT\n` +
        `x-kms-acccesskeyid:${plane.credentials.keyId}\nx-kms-apiname:GenerateRandom\n` +
        'x-kms-apiversion:dkms-gcs-0.2\nx-kms-migrationkeyversionid:version\n' +
        'x-kms-signaturemethod:RSA_PKCS1_SHA_256\n/',
    );
  });

  test('has further lower-case x-kms headers in byte order, and values without the blanks around them', async () => {
    expect((await withHeaders({ 'x-kms-b': '2', 'x-kms-a': ' 1 ', 'x-kms-': '', 'x-kms-_': 'c' })).code).toBe(
      'none',
    );
  });

  test('leaves out x-kms headers in other case, which then count for nothing', async () => {
    expect((await withHeaders({ 'X-Kms-Foo': 'bar', 'X-KMS-FOO2': 'bar' })).code).toBe('none');
    const unsigned = await withHeaders({ 'x-kms-apiname': undefined, 'X-Kms-Apiname': 'GenerateRandom' });
    expect(unsigned.code).toBe('InvalidApiName');
  });

  test('takes other headers in any case', async () => {
    const shout = (list: HeaderList) =>
      list.map(([name, value]) => [name.startsWith('x-kms-') ? name : name.toUpperCase(), value] as const);
    expect((await edited(shout)).code).toBe('none');
  });

  test('has the bytes of a value that is not ASCII', async () => {
    const bytes = Buffer.from('schlüssel 密钥\u00a0', 'utf8').toString('latin1');
    expect((await withHeaders({ 'x-kms-note': bytes })).code).toBe('none');
  });

  test('has the content type as it was sent, parameters included', async () => {
    expect((await withHeaders({ 'content-type': 'Application/X-Protobuf; charset=utf-8' })).code).toBe(
      'none',
    );
  });

  test.each(['x-kms-apiname', 'date', 'content-sha256', 'authorization', 'content-type', 'x-kms-foo'])(
    'is never chosen from two headers %s',
    async (name) => {
      const twice = (list: HeaderList): HeaderList => [...list, [name, 'x'], [name, 'x']];
      const answer = await edited(twice);
      expect([answer.status, answer.code]).toEqual([400, 'InvalidParam']);
      expect(answer.reply.ErrorMessage).toBe(`The Param ${name} is invalid.`);
    },
  );

  test('covers method and every signed value: changing any of them breaks the signature', async () => {
    expect((await withHeaders({ 'x-kms-note': 'a' })).code).toBe('none');
    for (const [name, value] of [
      ['x-kms-note', 'b'],
      ['x-kms-apiname', 'Encrypt'],
      ['content-type', 'application/x-protobuf;a=b'],
      ['date', new Date(NOW + 1000).toUTCString()],
    ] as const) {
      const options = { headers: { 'x-kms-note': 'a' }, edit: replaced(name, value) };
      expect((await random(options)).code, name).toBe('SignatureNotMatch');
    }
  });

  test('takes the body hash in lower case too', async () => {
    const headers = { 'content-sha256': EMPTY_SHA_256.toLowerCase() };
    const answer = await plane.client.callBytes('GenerateRandom', Buffer.alloc(0), { headers });
    expect(answer.reply.ErrorMessage).toBe('The specified parameter is not valid.');
  });
});

describe('the authorization header', () => {
  const authorization = (change: (value: string) => string) => (list: HeaderList) =>
    list.map(([name, value]) => [name, name === 'authorization' ? change(value) : value] as const);

  test.each([
    ['TOKEN, as the documentation has it', (value: string) => value.replace('Bearer', 'TOKEN'), 'none'],
    ['bearer in lower case', (value: string) => value.replace('Bearer', 'bearer'), 'none'],
    ['Basic', (value: string) => value.replace('Bearer', 'Basic'), 'InvalidParam'],
    ['no scheme', (value: string) => value.replace('Bearer ', ''), 'InvalidParam'],
    ['base64url', () => 'Bearer -_-_', 'InvalidParam'],
    ['no padding', () => 'Bearer QQ', 'InvalidParam'],
    ['nothing after the scheme', () => 'Bearer ', 'InvalidParam'],
    ['very much', () => `Bearer ${'A'.repeat(2000)}`, 'InvalidParam'],
    ['a signature of four bytes', () => 'Bearer AAAAAA==', 'SignatureNotMatch'],
    ['a signature of 384 bytes', () => `Bearer ${'A'.repeat(512)}`, 'SignatureNotMatch'],
    ['a signature of zeros', () => `Bearer ${Buffer.alloc(256).toString('base64')}`, 'SignatureNotMatch'],
  ])('%s', async (_what, change, code) => {
    expect((await edited(authorization(change))).code).toBe(code);
  });

  test('signed with another key, or by another scheme, does not match', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect((await random({ credentials: { ...plane.credentials, privateKey } })).code).toBe(
      'SignatureNotMatch',
    );
    const sha1 = (list: HeaderList) => {
      const text = stringToSign(
        'POST',
        list.filter(([name]) => name !== 'authorization'),
      );
      const bytes = sign('sha1', Buffer.from(text, 'latin1'), plane.credentials.privateKey);
      return replaced('authorization', `Bearer ${bytes.toString('base64')}`)(list);
    };
    expect((await edited(sha1)).code).toBe('SignatureNotMatch');
  });
});

describe('a Client Key counts from notBefore until notAfter', () => {
  test.each([
    ['a second before', -1000, 'Unauthorized'],
    ['at its begin', 0, 'none'],
    ['a second before its end', 3_599_000, 'none'],
    ['at its end', 3_600_000, 'Unauthorized'],
  ])('%s', async (_what, offset, code) => {
    const notBefore = NOW + MINUTE;
    await plane.store.transact(({ clientKeys }) => {
      const key = clientKeys.get(plane.credentials.keyId);
      if (key)
        clientKeys.put('KAAP.limited', {
          ...key,
          id: 'KAAP.limited',
          notBefore,
          notAfter: notBefore + 3_600_000,
        });
    });
    plane.clock.now = notBefore + offset;
    try {
      const credentials = { ...plane.credentials, keyId: 'KAAP.limited' };
      expect((await random({ credentials })).code).toBe(code);
    } finally {
      plane.clock.now = NOW;
    }
  });
});
