// What is in a certificate file: PEM (one or more certificates) or PKCS#12. A PKCS#12 file is not parsed here: OpenSSL opens
// it for a TLS server that talks to itself in memory, which also proves that the private key belongs to the certificate.

import { X509Certificate } from 'node:crypto';
import { connect, createSecureContext, TLSSocket } from 'node:tls';
import { duplexPair } from './duplex-pair.ts';

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

export interface CertificateDescription {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly names: string;
  readonly keyType: string;
  readonly ca: boolean;
  /** SHA-256 of the DER, lower-case hex. */
  readonly fingerprint: string;
  /** Whether its private key is in the file too. */
  readonly privateKey: boolean;
}

/** `password` is needed for PKCS#12 only. @throws Error when the file is neither, or the password is wrong. */
export async function inspectCertificates(file: Buffer, password: string): Promise<CertificateDescription[]> {
  const pem = file.toString('latin1').match(PEM_CERTIFICATE);
  if (pem) return pem.map((text) => describe(new X509Certificate(text), false));
  return [describe(await certificateOfPkcs12(file, password), true)];
}

function describe(certificate: X509Certificate, privateKey: boolean): CertificateDescription {
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: details } = certificate.publicKey;
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    serial: certificate.serialNumber,
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    names: certificate.subjectAltName ?? '',
    keyType: `${type}-${details?.modulusLength ?? details?.namedCurve ?? ''}`,
    ca: certificate.ca,
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    privateKey,
  };
}

function oneLine(name: string): string {
  return name.split('\n').join(', ');
}

async function certificateOfPkcs12(pfx: Buffer, passphrase: string): Promise<X509Certificate> {
  let secureContext: ReturnType<typeof createSecureContext>;
  try {
    secureContext = createSecureContext({ pfx, passphrase });
  } catch (cause) {
    throw new Error('The file is neither PEM nor PKCS#12 with a private key, or the password is wrong.', {
      cause,
    });
  }
  const [near, far] = duplexPair();
  const server = new TLSSocket(far, { isServer: true, secureContext });
  const client = connect({ socket: near, rejectUnauthorized: false });
  try {
    return await new Promise<X509Certificate>((resolve, reject) => {
      for (const socket of [server, client]) socket.once('error', reject);
      client.once('secureConnect', () => {
        const certificate = client.getPeerX509Certificate();
        if (certificate) resolve(certificate);
        else reject(new Error('The file holds no certificate.'));
      });
    });
  } finally {
    for (const socket of [client, server]) socket.destroy();
  }
}
