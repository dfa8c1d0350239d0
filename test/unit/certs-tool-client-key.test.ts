// The Client Key file against independent readers: a DER walk, OpenSSL inside Node (node:tls) and, where the machine has
// one, the openssl command. Source: data-plane specification section 3, conformance item 7.

import { spawnSync } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ClientKeyFile,
  createAuthority,
  createClientKey,
  issueServerCertificate,
} from '../../certs-tool/index.ts';
import { at, certificateExtensions, elements, first } from '../support/der.ts';

const NOW = new Date('2026-11-23T10:20:30.456Z');
const PASSWORD = 'Abcd 1234!~';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

let clientKey: ClientKeyFile;
let certificate: X509Certificate;
let pfx: Buffer;

beforeAll(async () => {
  clientKey = await createClientKey({
    subject: { commonName: 'orders-应用' },
    password: PASSWORD,
    notBefore: NOW,
    notAfter: new Date('2031-11-23T10:20:30Z'),
  });
  certificate = new X509Certificate(clientKey.certificatePem);
  pfx = Buffer.from(clientKey.pkcs12Base64, 'base64');
});

describe('a Client Key', () => {
  it('has a self-signed RSA-2048 certificate for signatures only', () => {
    // checkIssued() says no: the key usage, like the official sample's, does not cover certificates.
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyType).toBe('rsa');
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(clientKey.certificatePem).toMatch(/^[\x20-\x7e\n]+$/);
    expect(certificate.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    expect(certificate.subject).toBe('O=Dedicated KMS\nOU=Client Key\nCN=orders-应用');
    expect(certificate.ca).toBe(false);
    expect(certificateExtensions(certificate.raw)).toEqual([
      { id: '0603551d0f', critical: true, value: '03020780' },
    ]);
    expect(new Date(certificate.validFrom)).toEqual(new Date('2026-11-23T10:20:30Z'));
    expect(new Date(certificate.validTo)).toEqual(new Date('2031-11-23T10:20:30Z'));
  });

  it('names its public key and fingerprint as the certificate has them', () => {
    const publicKey = createPublicKey({ key: clientKey.publicKeyDer, type: 'spki', format: 'der' });
    expect(publicKey.equals(certificate.publicKey)).toBe(true);
    expect(clientKey.fingerprint).toBe(certificate.fingerprint256.replaceAll(':', '').toLowerCase());
  });

  it('is a PKCS#12 that OpenSSL opens with its password and no other', () => {
    expect(clientKey.pkcs12Base64).toMatch(/^MII[A-Za-z0-9+/]+={0,2}$/);
    expect(() => tls.createSecureContext({ pfx, passphrase: PASSWORD })).not.toThrow();
    expect(() => tls.createSecureContext({ pfx, passphrase: `${PASSWORD}x` })).toThrow('mac verify failure');
  });

  it('holds one plain certificate, then one key under PBE-SHA1-3DES, and a SHA-1 MAC', () => {
    expect(at(pfx, 0, 0).toString('hex')).toBe('03');
    const infos = elements(at(octetsOfData(at(pfx, 0, 1)), 0));
    const macData = at(pfx, 0, 2);
    expect(infos).toHaveLength(2);
    const bags = infos.map(({ content }) => at(octetsOfData(content), 0));
    for (const bag of bags) expect(elements(bag)).toHaveLength(1);
    const [certBag, keyBag] = bags.map((bag) => at(bag, 0)) as [Buffer, Buffer];

    // certBag with an x509Certificate, then pkcs8ShroudedKeyBag under pbeWithSHAAnd3-KeyTripleDES-CBC, 2048 rounds.
    expect(first(certBag)).toBe('060b2a864886f70d010c0a0103');
    expect(first(at(certBag, 1, 0))).toBe('060a2a864886f70d01091601');
    expect(at(certBag, 1, 0, 1, 0)).toEqual(certificate.raw);
    expect(first(keyBag)).toBe('060b2a864886f70d010c0a0102');
    expect(first(at(keyBag, 1, 0, 0))).toBe('060a2a864886f70d010c0103');
    expect(at(keyBag, 1, 0, 0, 1, 1).readUInt16BE()).toBe(2048);

    const localKeyId = createHash('sha1').update(certificate.raw).digest('hex');
    for (const bag of [certBag, keyBag]) {
      expect(elements(at(bag, 2))).toHaveLength(1);
      expect(first(at(bag, 2, 0))).toBe('06092a864886f70d010915');
      expect(at(bag, 2, 0, 1, 0).toString('hex')).toBe(localKeyId);
    }
    expect(first(at(macData, 0, 0))).toBe('06052b0e03021a');
    expect(at(macData, 2).readUInt16BE()).toBe(2048);
  });

  it('is refused for a password that is empty or not printable ASCII', async () => {
    const request = { subject: { commonName: 'a' }, notBefore: NOW, notAfter: new Date('2031-01-01') };
    for (const password of [
      '',
      'Pässword1',
      '密码密码12345678',
      'tab\t12345678',
      'line\n',
      'nul\0',
      'del\x7f',
    ]) {
      await expect(createClientKey({ ...request, password })).rejects.toThrow('not printable ASCII');
    }
  });

  it('is refused for a name or validity that a certificate cannot hold', async () => {
    const good = { subject: { commonName: 'a' }, password: PASSWORD, notBefore: NOW, notAfter: NOW };
    const later = new Date('2031-01-01');
    for (const commonName of ['', 'a'.repeat(65)]) {
      const request = { ...good, subject: { commonName }, notAfter: later };
      await expect(createClientKey(request)).rejects.toThrow('1 to 64');
    }
    await expect(createClientKey(good)).rejects.toThrow('ends after it begins');
    await expect(createClientKey({ ...good, notAfter: new Date('never') })).rejects.toThrow('ends after');
    await expect(createClientKey({ ...good, notAfter: new Date('+010000-01-01') })).rejects.toThrow('9999');
  });

  it('is what a TLS client presents, to be recognised by its fingerprint', async () => {
    const now = new Date();
    const { root, sub } = await createAuthority({ instanceId: 'kst-test', now });
    const leaf = await issueServerCertificate({ sub, names: ['127.0.0.1'], now });
    const server = tls.createServer({
      cert: leaf.certificatePem + sub.certificatePem,
      key: leaf.privateKeyPem,
      requestCert: true,
      rejectUnauthorized: false,
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const accepted = once(server, 'secureConnection') as Promise<[tls.TLSSocket]>;
    const { port } = server.address() as AddressInfo;
    const ca = root.certificatePem;
    const client = tls.connect({ port, host: '127.0.0.1', ca, pfx, passphrase: PASSWORD });
    const [peer] = await accepted;
    const fingerprint = peer.getPeerCertificate().fingerprint256;
    expect(fingerprint.replaceAll(':', '').toLowerCase()).toBe(clientKey.fingerprint);
    peer.destroy();
    client.destroy();
    server.close();
    await once(server, 'close');
  });
});

// A further reading of the same file; the tests above need no command.
if (hasOpenssl) {
  describe('the openssl command', () => {
    let folder: string;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'certs-tool-'));
      writeFileSync(join(folder, 'client.p12'), pfx);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('reads the certificate and the key from the PKCS#12', () => {
      const read = (...args: string[]) => {
        const file = ['-in', join(folder, 'client.p12'), '-passin', `pass:${PASSWORD}`];
        return spawnSync('openssl', ['pkcs12', '-info', ...file, ...args], { encoding: 'utf8' });
      };
      const { stdout: certificatePem } = read('-nokeys');
      expect(new X509Certificate(certificatePem).raw).toEqual(certificate.raw);
      const { stdout: key, stderr: structure } = read('-nocerts', '-nodes');
      // Bag attributes come before the PEM block.
      const privateKey = createPrivateKey(key.slice(key.indexOf('-----BEGIN')));
      const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
      expect(publicKey).toEqual(clientKey.publicKeyDer);
      expect(structure).toContain('pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048');
    });
  });
}

/** The OCTET STRING of a ContentInfo (its content is given), which must be of type data. */
function octetsOfData(contentInfo: Buffer): Buffer {
  expect(first(contentInfo)).toBe('06092a864886f70d010701');
  return at(contentInfo, 1, 0);
}
