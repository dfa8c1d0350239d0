// The authority and the server certificate against independent readers: node:crypto and node:tls, and the openssl command
// where the machine has one. Source: data-plane specification 2.2, conformance item 6.

import { spawnSync } from 'node:child_process';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Authority,
  createAuthority,
  issueServerCertificate,
  type ServerCertificate,
} from '../../certs-tool/index.ts';
import { at, certificateExtensions, type DerElement, elements } from '../support/der.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = new Date('2026-11-23T10:20:30.456Z');
const INSTANCE = 'kst-kms0123456789abcdefg';
const NAMES = [`${INSTANCE}.cryptoservice.kms.aliyuncs.com`, 'localhost', '127.0.0.1', '2001:db8::7', '::1'];
const ASCII_PEM = /^[\x20-\x7e\n]+$/;

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

let authority: Authority;
let root: X509Certificate;
let sub: X509Certificate;
let leafFile: ServerCertificate;
let leaf: X509Certificate;

beforeAll(async () => {
  authority = await createAuthority({ instanceId: INSTANCE, now: NOW });
  root = new X509Certificate(authority.root.certificatePem);
  sub = new X509Certificate(authority.sub.certificatePem);
  leafFile = await issueServerCertificate({ sub: authority.sub, names: NAMES, now: NOW });
  leaf = new X509Certificate(leafFile.certificatePem);
});

describe('the authority', () => {
  it('is a self-signed Root that issued the Sub CA', () => {
    expect(root.checkIssued(root) && root.verify(root.publicKey)).toBe(true);
    expect(sub.checkIssued(root) && sub.verify(root.publicKey)).toBe(true);
    expect([root.ca, sub.ca]).toEqual([true, true]);
    expect(root.subject).toBe('O=Dedicated KMS\nOU=Private KMS\nCN=Private KMS Root CA');
    expect(sub.subject).toBe(`O=Dedicated KMS\nOU=Private KMS\nCN=Private KMS ${INSTANCE} Second CA`);
  });

  it('has P-256 keys as PKCS#8 that match the certificates', () => {
    for (const { certificatePem, privateKeyPem } of [authority.root, authority.sub, leafFile]) {
      const key = createPrivateKey(privateKeyPem);
      expect(privateKeyPem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
      expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
      expect(new X509Certificate(certificatePem).checkPrivateKey(key)).toBe(true);
    }
  });

  it('begins five minutes early and lasts 20 and 15 years', () => {
    expect(new Date(root.validFrom)).toEqual(new Date('2026-11-23T10:15:30Z'));
    expect(new Date(root.validTo)).toEqual(new Date('2046-11-23T10:20:30Z'));
    expect(new Date(sub.validTo)).toEqual(new Date('2041-11-23T10:20:30Z'));
  });

  it('writes years before 2050 as UTCTime and later ones as GeneralizedTime', async () => {
    const ends = async (now: string): Promise<DerElement[]> => {
      const { root: made } = await createAuthority({ instanceId: INSTANCE, now: new Date(now) });
      const certificate = new X509Certificate(made.certificatePem);
      return elements(at(certificate.raw, 0, 0, 4));
    };
    const texts = (times: DerElement[]) => times.map(({ tag, content }) => [tag, content.toString('latin1')]);
    expect(texts(await ends('2029-12-31T23:59:59Z'))).toEqual([
      [0x17, '291231235459Z'],
      [0x17, '491231235959Z'],
    ]);
    expect(texts(await ends('2030-01-01T00:00:00Z'))).toEqual([
      [0x17, '291231235500Z'],
      [0x18, '20500101000000Z'],
    ]);
  });

  it('gives every certificate its own positive serial of 16 bytes', () => {
    const serials = [root, sub, leaf].map(({ serialNumber }) => serialNumber);
    for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
    expect(new Set(serials).size).toBe(3);
  });

  it('has the extensions of the strict profile, with key identifiers of RFC 5280 method 1', () => {
    const rootId = keyIdentifier(root);
    const subId = keyIdentifier(sub);
    const caUsage = { id: '0603551d0f', critical: true, value: '03020186' };
    expect(certificateExtensions(root.raw)).toEqual([
      { id: '0603551d13', critical: true, value: '30030101ff' },
      caUsage,
      { id: '0603551d0e', critical: false, value: `0414${rootId}` },
      { id: '0603551d23', critical: false, value: `30168014${rootId}` },
    ]);
    expect(certificateExtensions(sub.raw)).toEqual([
      { id: '0603551d13', critical: true, value: '30060101ff020100' },
      caUsage,
      { id: '0603551d0e', critical: false, value: `0414${subId}` },
      { id: '0603551d23', critical: false, value: `30168014${rootId}` },
    ]);
  });

  it('refuses an instance id that does not fit a name', async () => {
    for (const instanceId of ['', 'kst-ü', 'kst kms', 'k'.repeat(41)]) {
      await expect(createAuthority({ instanceId, now: NOW })).rejects.toThrow(Error);
    }
  });
});

describe('a server certificate', () => {
  it('is issued by the Sub CA and is no CA', () => {
    expect(leaf.checkIssued(sub) && leaf.verify(sub.publicKey)).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    const byId = new Map(certificateExtensions(leaf.raw).map((extension) => [extension.id, extension]));
    expect(byId.get('0603551d13')).toMatchObject({ critical: true, value: '3000' });
    expect(byId.get('0603551d0f')).toMatchObject({ critical: true, value: '03020780' });
    expect(byId.get('0603551d0e')?.value).toBe(`0414${keyIdentifier(leaf)}`);
    expect(byId.get('0603551d23')?.value).toBe(`30168014${keyIdentifier(sub)}`);
  });

  it('is valid for its names and no other', () => {
    expect(leaf.checkHost(`${INSTANCE}.cryptoservice.kms.aliyuncs.com`)).toBeDefined();
    expect(leaf.checkHost('LOCALHOST')).toBeDefined();
    expect(leaf.checkHost('example.com')).toBeUndefined();
    for (const address of ['127.0.0.1', '2001:db8::7', '::1']) expect(leaf.checkIP(address)).toBe(address);
    expect(leaf.checkIP('127.0.0.2')).toBeUndefined();
    expect(leaf.checkIP('2001:db8::8')).toBeUndefined();
  });

  it('lasts 397 days unless told otherwise, in whole seconds', async () => {
    expect(leafFile.notAfter).toEqual(new Date(Math.floor((NOW.getTime() + 397 * DAY_MS) / 1000) * 1000));
    expect(new Date(leaf.validTo)).toEqual(leafFile.notAfter);
    const short = await issueServerCertificate({
      sub: authority.sub,
      names: ['a.example'],
      now: NOW,
      days: 1,
    });
    expect(new Date(new X509Certificate(short.certificatePem).validTo)).toEqual(short.notAfter);
    expect(short.notAfter).toEqual(new Date('2026-11-24T10:20:30Z'));
  });

  it('never outlives the Sub CA', async () => {
    const late = new Date(Date.parse(sub.validTo) - 3 * DAY_MS);
    const cut = await issueServerCertificate({ sub: authority.sub, names: ['a.example'], now: late });
    expect(cut.notAfter).toEqual(new Date(sub.validTo));
    const over = new Date(sub.validTo);
    await expect(
      issueServerCertificate({ sub: authority.sub, names: ['a.example'], now: over }),
    ).rejects.toThrow('Sub CA has ended');
  });

  it('is refused for a Sub CA with another key, an issuer that is no CA, or a bad number of days', async () => {
    const { certificatePem } = authority.sub;
    const mixed = { certificatePem, privateKeyPem: authority.root.privateKeyPem };
    const request = { names: ['a.example'], now: NOW };
    await expect(issueServerCertificate({ ...request, sub: mixed })).rejects.toThrow('does not match');
    await expect(issueServerCertificate({ ...request, sub: leafFile })).rejects.toThrow('is a CA');
    for (const days of [0, -1, 1.5, 826, Number.NaN]) {
      await expect(issueServerCertificate({ ...request, sub: authority.sub, days })).rejects.toThrow('days');
    }
  });
});

describe('a TLS handshake on loopback', () => {
  // The handshake reads the machine's clock, so these certificates begin now.
  let root: string;
  let sub: string;
  let server: tls.Server;
  let port: number;
  const sockets: tls.TLSSocket[] = [];

  beforeAll(async () => {
    const now = new Date();
    const made = await createAuthority({ instanceId: INSTANCE, now });
    root = made.root.certificatePem;
    sub = made.sub.certificatePem;
    const { certificatePem, privateKeyPem } = await issueServerCertificate({
      sub: made.sub,
      names: NAMES,
      now,
    });
    const cert = certificatePem + sub;
    server = tls.createServer({ cert, key: privateKeyPem });
    server.on('secureConnection', (socket) => {
      socket.on('error', () => undefined);
      sockets.push(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });

  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });

  it.each([
    ['root and sub', true, 'localhost'],
    ['root and sub, by address', true, undefined],
    ['root only', false, 'localhost'],
  ])('succeeds for a client that trusts %s', async (_, withSub, servername) => {
    const ca = withSub ? root + sub : root;
    const socket = tls.connect({
      port,
      host: '127.0.0.1',
      ca,
      ...(servername === undefined ? {} : { servername }),
    });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    socket.destroy();
  });

  it('fails for another host name and for a client that does not know the Root', async () => {
    const codeOf = async (options: tls.ConnectionOptions) => {
      const socket = tls.connect({ port, host: '127.0.0.1', ...options });
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      return error.code;
    };
    expect(await codeOf({ ca: root + sub, servername: 'other.example' })).toBe(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    );
    expect(await codeOf({ servername: 'localhost' })).toBe('UNABLE_TO_GET_ISSUER_CERT_LOCALLY');
  });
});

describe('every PEM', () => {
  it('is pure ASCII, since Java counts its bytes as characters', () => {
    for (const { certificatePem, privateKeyPem } of [authority.root, authority.sub, leafFile]) {
      expect(certificatePem).toMatch(ASCII_PEM);
      expect(privateKeyPem).toMatch(ASCII_PEM);
    }
  });
});

// A further reading of the same files; the tests above need no command.
if (hasOpenssl) {
  describe('the openssl command', () => {
    let folder: string;
    const file = (name: string): string => join(folder, name);

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'certs-tool-'));
      writeFileSync(file('root.pem'), authority.root.certificatePem);
      writeFileSync(file('sub.pem'), authority.sub.certificatePem);
      writeFileSync(file('leaf.pem'), leafFile.certificatePem);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('verifies the chain under the strict profile, for the names of the server', () => {
      const time = String(Math.floor(NOW.getTime() / 1000));
      const chain = ['-CAfile', file('root.pem'), '-untrusted', file('sub.pem'), '-attime', time];
      const verify = (...names: string[]) => {
        const args = [
          'verify',
          '-x509_strict',
          '-purpose',
          'sslserver',
          ...chain,
          ...names,
          file('leaf.pem'),
        ];
        return spawnSync('openssl', args).status;
      };
      expect(verify('-verify_hostname', 'localhost')).toBe(0);
      expect(verify('-verify_ip', '2001:db8::7')).toBe(0);
      expect(verify('-verify_hostname', 'other.example')).not.toBe(0);
    });
  });
}

/** SHA-1 of the uncompressed point of a P-256 certificate. */
function keyIdentifier(certificate: X509Certificate): string {
  const { x = '', y = '' } = certificate.publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return createHash('sha1').update(point).digest('hex');
}
