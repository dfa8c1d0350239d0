// The conformance checklist of the data plane: data-plane specification section 9, one test a line. The other files of
// this folder go into each of them.

import { constants, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DataPlaneFixture, PASSWORD, startDataPlane } from '../../support/data-plane.ts';
import { at, certificateExtensions, elements } from '../../support/der.ts';
import { EMPTY_SHA_256, type HeaderList } from '../../support/dkms-client.ts';

let plane: DataPlaneFixture;
let aes: string;
let signing: string;

beforeAll(async () => {
  plane = await startDataPlane();
  aes = (await plane.createKey('Aliyun_AES_256')).id;
  signing = (await plane.createKey('EC_P256')).id;
});

afterAll(() => plane.close());

test('1. POST / with lower-case x-kms-* and three c; the signature is verified over the headers as they were sent', async () => {
  const plaintext = Buffer.from('32 bytes of test plaintext, yes!');
  const { status, headers } = await plane.client.call('Encrypt', { KeyId: aes, Plaintext: plaintext });
  expect([status, headers['content-type']]).toEqual([200, 'application/x-protobuf']);
  const fields = { KeyId: aes, Plaintext: plaintext };
  // Not lower case: sent, but not part of what is signed.
  const unsigned = { edit: (list: HeaderList) => [...list, ['X-Kms-Foo', 'bar'] as const] };
  expect(await plane.client.code('Encrypt', fields, unsigned)).toBe('none');
  const smuggled = { edit: (list: HeaderList) => [...list, ['x-kms-foo', 'bar'] as const] };
  expect(await plane.client.code('Encrypt', fields, smuggled)).toBe('SignatureNotMatch');
  const twoC = { headers: { 'x-kms-acccesskeyid': undefined, 'x-kms-accesskeyid': plane.credentials.keyId } };
  expect(await plane.client.code('Encrypt', fields, twoC)).toBe('MissingParameter');
});

test('2. an empty body is read, chunked or not, under the hash of nothing', async () => {
  const options = { headers: { 'content-sha256': EMPTY_SHA_256 } };
  for (const chunked of [false, true]) {
    // GenerateRandom with Length 0 is the empty message: read, verified, and refused only for its length.
    const answer = await plane.client.call('GenerateRandom', {}, { ...options, chunked });
    expect([answer.status, answer.code]).toEqual([400, 'InvalidParameter']);
  }
});

test('3. every error is a protobuf Error with a 4xx or 5xx status, a code and a message', async () => {
  const answers = [
    await plane.client.call('Encrypt', {}, { method: 'GET' }),
    await plane.client.call('Encrypt', { KeyId: aes }, { headers: { 'content-type': 'application/json' } }),
    await plane.client.call('Encrypt', { KeyId: 'key-none', Plaintext: Buffer.of(1) }),
    await plane.client.call('Sign', { KeyId: aes, Message: Buffer.of(1) }),
    await plane.client.callBytes('Encrypt', Buffer.from('<html>')),
    await plane.client.callBytes('Encrypt', Buffer.alloc(4 * 1024 * 1024)),
  ];
  for (const { status, headers, reply } of answers) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers['content-type']).toBe('application/x-protobuf');
    expect(reply.StatusCode).toBe(status);
    expect(reply.ErrorCode).not.toBe('');
    expect(reply.ErrorMessage).not.toBe('');
    expect(reply.RequestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  }
});

test('4. a body that is not the signed one is answered with exactly the text that Java retries on', async () => {
  const answer = await plane.client.call('GenerateRandom', { Length: 8 }, { body: Buffer.alloc(0) });
  expect(answer.status).toBe(400);
  expect(answer.reply.ErrorMessage).toBe('The Param Content-SHA256 is invalid.');
});

test('5. no redirect, no 204, no compression, and connections are kept for 65 seconds and more', async () => {
  const accepting = { headers: { 'accept-encoding': 'gzip, deflate, br' } };
  const first = await plane.client.call('GenerateRandom', { Length: 8 }, accepting);
  expect(first.status).toBe(200);
  expect(first.headers).not.toHaveProperty('content-encoding');
  expect(first.headers['content-length']).toBe(String(first.body.length));
  const seconds = Number(/timeout=(\d+)/.exec(String(first.headers['keep-alive']))?.[1]);
  expect(seconds).toBeGreaterThanOrEqual(65);
  expect(plane.server.headersTimeout).toBeGreaterThan(plane.server.keepAliveTimeout);
  expect((await plane.client.call('GenerateRandom', { Length: 8 })).localPort).toBe(first.localPort);
});

test('6. the server presents leaf and Sub CA, the leaf with its names, to a client that holds the Root', async () => {
  const socket = connect({ host: '127.0.0.1', port: plane.port, ca: plane.ca, servername: 'localhost' });
  await once(socket, 'secureConnect');
  const leaf = socket.getPeerCertificate(true);
  socket.destroy();
  expect(socket.authorized).toBe(true);
  expect(leaf.subjectaltname).toContain('DNS:localhost');
  expect(leaf.subjectaltname).toContain('IP Address:127.0.0.1');
  expect(leaf.issuerCertificate.subject.CN).toContain('Second CA');
  expect(leaf.issuerCertificate.issuerCertificate.subject.CN).toBe(
    new X509Certificate(plane.ca).subject.match(/CN=(.*)/)?.[1],
  );
  // What Python 3.13 insists on: key identifiers, critical constraints.
  const extensions = (der: Buffer) =>
    certificateExtensions(der).map(({ id, critical }) => `${id} ${critical}`);
  expect(extensions(leaf.issuerCertificate.raw)).toEqual(
    expect.arrayContaining(['0603551d13 true', '0603551d0f true', '0603551d0e false', '0603551d23 false']),
  );
  expect(extensions(leaf.raw)).toEqual(expect.arrayContaining(['0603551d23 false', '0603551d11 false']));
  expect(plane.ca).toMatch(/^(?:[ -~]+\n)+$/);
});

test('7. a Client Key is 3DES with a SHA-1 MAC, one certificate first and one key second', async () => {
  const { privateKeyData } = await plane.access.createClientKey({ accessPoint: 'app', password: PASSWORD });
  expect(privateKeyData).toMatch(/^[A-Za-z0-9+/]+=*$/);
  const pfx = Buffer.from(privateKeyData, 'base64');
  const contents = elements(at(at(pfx, 0, 1, 1, 0), 0));
  expect(contents).toHaveLength(2);
  const bags = contents.map(({ content }) => elements(at(at(content, 1, 0), 0)));
  const ids = bags.map((each) => each.map(({ content }) => at(content, 0).toString('hex')));
  const [certBag, shroudedKeyBag] = ['2a864886f70d010c0a0103', '2a864886f70d010c0a0102'];
  expect(ids).toEqual([[certBag], [shroudedKeyBag]]);
  // PBE-SHA1-3DES (1.2.840.113549.1.12.1.3) for the key, SHA-1 (1.3.14.3.2.26) for the MAC.
  expect(pfx.toString('hex')).toContain('060a2a864886f70d010c0103');
  expect(at(pfx, 0, 2, 0, 0, 0).toString('hex')).toBe('2b0e03021a');
});

test('8. effective Algorithm, PaddingMode and MessageType are echoed, and the Iv even if it was supplied', async () => {
  const iv = Buffer.alloc(12, 9);
  const encrypted = await plane.client.ok('Encrypt', { KeyId: aes, Plaintext: Buffer.of(1), Iv: iv });
  expect(encrypted).toMatchObject({ KeyId: aes, Algorithm: 'AES_GCM', PaddingMode: '', Iv: iv });
  const { CiphertextBlob, Iv } = encrypted;
  expect(await plane.client.ok('Decrypt', { KeyId: aes, CiphertextBlob, Iv })).toMatchObject({
    Algorithm: 'AES_GCM',
    PaddingMode: '',
    Plaintext: Buffer.of(1),
  });
  const signed = await plane.client.ok('Sign', { KeyId: signing, Message: Buffer.from('message') });
  expect(signed).toMatchObject({ KeyId: signing, Algorithm: 'ECDSA_SHA_256', MessageType: 'RAW' });
  const verified = await plane.client.ok('Verify', {
    KeyId: signing,
    Message: Buffer.from('message'),
    Signature: signed.Signature,
  });
  expect(verified).toMatchObject({ Value: true, Algorithm: 'ECDSA_SHA_256', MessageType: 'RAW' });
});

test('9. the tag is appended; an Advance blob is 24 00 02, the 36-character version id and the 12-byte Iv', async () => {
  const plain = await plane.client.ok('Encrypt', { KeyId: aes, Plaintext: Buffer.alloc(5) });
  expect(plain.CiphertextBlob).toHaveLength(5 + 16);
  const { CiphertextBlob, Iv, KeyVersionId } = await plane.client.ok('AdvanceEncrypt', {
    KeyId: aes,
    Plaintext: Buffer.alloc(5),
  });
  expect(KeyVersionId).toMatch(/^[!-~]{36}$/);
  expect(CiphertextBlob.subarray(0, 3).toString('hex')).toBe('240002');
  expect(CiphertextBlob.toString('latin1', 3, 39)).toBe(KeyVersionId);
  expect(CiphertextBlob.subarray(39, 51)).toEqual(Iv);
  expect(CiphertextBlob).toHaveLength(51 + 5 + 16);
});

test('10. the migration header comes with answers; it or the blob stands for KeyId when decrypting', async () => {
  const encrypted = await plane.client.call('Encrypt', { KeyId: aes, Plaintext: Buffer.of(7) });
  const version = String(encrypted.headers['x-kms-migrationkeyversionid']);
  expect(version).toMatch(/^[!-~]{36}$/);
  expect((await plane.client.call('GenerateDataKey', { KeyId: aes })).headers).toHaveProperty(
    'x-kms-migrationkeyversionid',
    version,
  );
  const { CiphertextBlob, Iv } = encrypted.reply;
  const headers = { 'x-kms-migrationkeyversionid': version };
  expect(await plane.client.ok('Decrypt', { CiphertextBlob, Iv }, { headers })).toMatchObject({
    KeyId: aes,
    Plaintext: Buffer.of(7),
  });
  const advance = await plane.client.ok('AdvanceEncrypt', { KeyId: aes, Plaintext: Buffer.of(8) });
  const opened = await plane.client.ok('AdvanceDecrypt', { CiphertextBlob: advance.CiphertextBlob });
  expect(opened).toMatchObject({ KeyId: aes, Plaintext: Buffer.of(8), KeyVersionId: version });
});

test('11. ECDSA signatures are DER, PSS salts 32 bytes, public keys PEM of type PUBLIC KEY', async () => {
  const message = Buffer.from('to be signed');
  const ec = await plane.client.ok('Sign', { KeyId: signing, Message: message });
  const pem = (await plane.client.ok('GetPublicKey', { KeyId: signing })).PublicKey.toString();
  expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n(?:[A-Za-z0-9+/=]{1,64}\n)+-----END PUBLIC KEY-----\n$/);
  expect(verify('sha256', message, { key: createPublicKey(pem), dsaEncoding: 'der' }, ec.Signature)).toBe(
    true,
  );
  const { id: rsa } = await plane.createKey('RSA_2048');
  const { Signature } = await plane.client.ok('Sign', { KeyId: rsa, Message: message });
  const key = createPublicKey((await plane.client.ok('GetPublicKey', { KeyId: rsa })).PublicKey);
  const pss = (saltLength: number) => ({ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
  expect(verify('sha256', message, pss(32), Signature)).toBe(true);
  expect(verify('sha256', message, pss(20), Signature)).toBe(false);
});

test('12. too many requests are answered 429 with exactly Rejected.Throttling', async () => {
  const throttled = await startDataPlane({ qps: 1 });
  try {
    expect((await throttled.client.call('GenerateRandom', { Length: 1 })).status).toBe(200);
    const answer = await throttled.client.call('GenerateRandom', { Length: 1 });
    expect([answer.status, answer.code]).toEqual([429, 'Rejected.Throttling']);
  } finally {
    await throttled.close();
  }
});
