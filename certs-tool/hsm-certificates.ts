// The certificates of a security domain, the HSM cluster's own PKI: a root, a certificate for the nodes' TLS servers and one
// for the instance that connects to them, both as PKCS#12 under one password. RSA throughout, because the PKCS#12 writer
// and the documented HSM products know nothing else. Source: hsm specification, section F; RFC 5280; RFC 7292.

import { createPrivateKey, generateKeyPair, type KeyObject, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { type CertificateProfile, encodePkcs12, type Issuer, signCertificate } from './forge.ts';
import { parseServerNames } from './server-names.ts';

const generateKeyPairAsync = promisify(generateKeyPair);

const DAY_MS = 24 * 60 * 60 * 1000;
const CLOCK_SKEW_MS = 5 * 60 * 1000;
const ROOT_DAYS = 7300;
const PRINTABLE_ASCII = /^[\x20-\x7e]{8,64}$/;

export const HSM_KEY_TYPES = { 'rsa-2048': 2048, 'rsa-3072': 3072, 'rsa-4096': 4096 } as const;
export type HsmKeyType = keyof typeof HSM_KEY_TYPES;

export interface HsmCertificateRequest {
  /** 8 to 64 printable ASCII characters. */
  readonly password: string;
  /** DNS names and IP addresses under which the nodes are reached. */
  readonly serverNames: readonly string[];
  /** Common name of the instance's certificate, 1 to 64 characters. */
  readonly clientName: string;
  /** Validity of the two end certificates, 1 to 7300 days; the root's is 7300. */
  readonly days: number;
  readonly keyType: HsmKeyType;
  /** The security domain's own root, in PEM, to issue further certificates under; without one a new root is made. */
  readonly root?: { readonly certificatePem: string; readonly keyPem: string };
  readonly now: Date;
}

export interface HsmCertificates {
  /** Null under a root that was given. */
  readonly rootKeyPem: string | null;
  readonly rootPem: string;
  readonly serverP12: Buffer;
  readonly clientP12: Buffer;
  readonly clientPem: string;
}

/** @throws Error on a password, name, number of days or root that cannot be used. */
export async function createHsmCertificates(request: HsmCertificateRequest): Promise<HsmCertificates> {
  const { password, now, days, clientName } = request;
  if (!PRINTABLE_ASCII.test(password))
    throw new Error('The password needs 8 to 64 printable ASCII characters.');
  if (!Number.isInteger(days) || days < 1 || days > ROOT_DAYS) {
    throw new Error(`The certificates are valid for 1 to ${ROOT_DAYS} days.`);
  }
  const names = parseServerNames(request.serverNames);
  const issue = issuerOf(now, HSM_KEY_TYPES[request.keyType]);
  const root = request.root === undefined ? await newRoot(issue) : givenRoot(request.root, { now, days });
  const end = { keyUsage: ['digitalSignature', 'keyEncipherment'], basicConstraints: { ca: false } } as const;
  const server = await issue('HSM Node', days, { ...end, extendedKeyUsage: ['serverAuth'], names }, root);
  const client = await issue(clientName, days, { ...end, extendedKeyUsage: ['clientAuth'] }, root);
  return {
    rootKeyPem:
      request.root === undefined ? root.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() : null,
    rootPem: root.certificate.toString(),
    serverP12: encodePkcs12(server.certificate, server.privateKey, password),
    clientP12: encodePkcs12(client.certificate, client.privateKey, password),
    clientPem: client.certificate.toString(),
  };
}

interface Issued {
  readonly certificate: X509Certificate;
  readonly privateKey: KeyObject;
}

function newRoot(issue: ReturnType<typeof issuerOf>): Promise<Issued> {
  return issue('HSM Security Domain Root CA', ROOT_DAYS, {
    keyUsage: ['keyCertSign', 'cRLSign'],
    basicConstraints: { ca: true, pathLength: 0 },
  });
}

/** @throws Error unless it is an authority with its own key that outlives what it issues. */
function givenRoot(
  { certificatePem, keyPem }: { readonly certificatePem: string; readonly keyPem: string },
  { now, days }: { readonly now: Date; readonly days: number },
): Issued {
  const { certificate, privateKey } = readRoot(certificatePem, keyPem);
  if (!certificate.ca) throw new Error('The root certificate is no authority.');
  if (!certificate.checkPrivateKey(privateKey))
    throw new Error('The root key is not that of the root certificate.');
  if (new Date(certificate.validTo).getTime() < now.getTime() + days * DAY_MS)
    throw new Error(`The root ends ${certificate.validTo}, before what it would issue: give fewer days.`);
  return { certificate, privateKey };
}

/** What OpenSSL says of a key may be anything, so it stays the cause. */
function readRoot(certificatePem: string, keyPem: string): Issued {
  try {
    return { certificate: new X509Certificate(certificatePem), privateKey: createPrivateKey(keyPem) };
  } catch (cause) {
    throw new Error('The root certificate or its key cannot be read: PEM, the key without a passphrase.', {
      cause,
    });
  }
}

type Extensions = Pick<CertificateProfile, 'keyUsage' | 'basicConstraints' | 'extendedKeyUsage' | 'names'>;

function issuerOf(now: Date, modulusLength: number) {
  return async (
    commonName: string,
    days: number,
    extensions: Extensions,
    issuer?: Issuer,
  ): Promise<Issued> => {
    const { publicKey, privateKey } = await generateKeyPairAsync('rsa', { modulusLength });
    const profile: CertificateProfile = {
      ...extensions,
      subject: { organization: 'Dedicated KMS', organizationalUnit: 'HSM Security Domain', commonName },
      notBefore: new Date(now.getTime() - CLOCK_SKEW_MS),
      notAfter: new Date(now.getTime() + days * DAY_MS),
      keyIdentifiers: true,
    };
    return { certificate: await signCertificate(profile, publicKey, issuer ?? { privateKey }), privateKey };
  };
}
