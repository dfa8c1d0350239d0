// What the authority's and the server's certificates share: a fresh P-256 key, the product's name in the subject,
// whole seconds, and a start that tolerates clocks running behind ours. Source: data-plane specification 2.2.

import { generateKeyPair, type KeyObject, type X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { type CertificateProfile, type Issuer, signCertificate } from './forge.ts';

const generateKeyPairAsync = promisify(generateKeyPair);

const CLOCK_SKEW_MS = 5 * 60 * 1000;

export interface CertificateAndKey {
  /** One certificate, ASCII PEM. */
  readonly certificatePem: string;
  /** PKCS#8, unencrypted, ASCII PEM. */
  readonly privateKeyPem: string;
}

export interface Issued {
  readonly certificate: X509Certificate;
  readonly privateKey: KeyObject;
}

/** `subject` is the common name; the certificate begins five minutes before `now`. */
export interface P256Profile extends Omit<CertificateProfile, 'subject' | 'notBefore' | 'keyIdentifiers'> {
  readonly commonName: string;
  readonly now: Date;
}

/** Signed by the issuer, or by its own key when there is none. Carries both key identifiers. */
export async function issueP256Certificate(profile: P256Profile, issuer?: Issuer): Promise<Issued> {
  const { commonName, now, ...rest } = profile;
  const { publicKey, privateKey } = await generateKeyPairAsync('ec', { namedCurve: 'prime256v1' });
  const certificate = await signCertificate(
    {
      ...rest,
      subject: { organization: 'Dedicated KMS', organizationalUnit: 'Private KMS', commonName },
      notBefore: new Date(now.getTime() - CLOCK_SKEW_MS),
      keyIdentifiers: true,
    },
    publicKey,
    issuer ?? { privateKey },
  );
  return { certificate, privateKey };
}

export function toPem({ certificate, privateKey }: Issued): CertificateAndKey {
  return {
    certificatePem: certificate.toString(),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
