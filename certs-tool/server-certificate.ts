// The TLS certificate of a server, issued by the Sub CA: P-256, because PHP clients make a handshake a call and a P-256
// signature is the cheapest. Invariant: never valid beyond the CA that signed it. Source: data-plane specification 2.2.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Issuer } from './forge.ts';
import { type CertificateAndKey, issueP256Certificate, toPem } from './p256-certificate.ts';
import { parseServerNames } from './server-names.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 397;
const MAX_DAYS = 825;

export interface ServerCertificateRequest {
  readonly sub: CertificateAndKey;
  /** 1 to 64 DNS names and IPv4 or IPv6 addresses. */
  readonly names: readonly string[];
  readonly now: Date;
  /** 1 to 825, default 397; cut at the end of the Sub CA. */
  readonly days?: number;
}

export interface ServerCertificate extends CertificateAndKey {
  /** Whole seconds. */
  readonly notAfter: Date;
}

/** @throws Error on a bad name or number of days, or a Sub CA that has ended or does not match its key. */
export async function issueServerCertificate(request: ServerCertificateRequest): Promise<ServerCertificate> {
  const { sub, now, days = DEFAULT_DAYS } = request;
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) {
    throw new Error(`A server certificate is valid for 1 to ${MAX_DAYS} days.`);
  }
  const names = parseServerNames(request.names);
  const issuer = openAuthority(sub);
  const end = Math.min(now.getTime() + days * DAY_MS, Date.parse(issuer.certificate.validTo));
  if (!(now.getTime() < end)) throw new Error('The Sub CA has ended.');
  const notAfter = new Date(Math.floor(end / 1000) * 1000);
  const leaf = await issueP256Certificate(
    {
      commonName: 'Dedicated KMS Instance',
      now,
      notAfter,
      keyUsage: ['digitalSignature'],
      basicConstraints: { ca: false },
      extendedKeyUsage: ['serverAuth'],
      names,
    },
    issuer,
  );
  return { ...toPem(leaf), notAfter };
}

function openAuthority(sub: CertificateAndKey): Required<Issuer> {
  const certificate = new X509Certificate(sub.certificatePem);
  const privateKey = createPrivateKey(sub.privateKeyPem);
  if (!certificate.ca) throw new Error('The issuer of a server certificate is a CA.');
  if (!certificate.checkPrivateKey(privateKey)) throw new Error('The Sub CA does not match its private key.');
  return { certificate, privateKey };
}
