// The credential of an application: an RSA-2048 key with a self-signed certificate, handed out once as PKCS#12.
// Invariant: the private key leaves only inside the PKCS#12; the caller keeps the certificate and the public key.
// Source: data-plane specification section 3. The strength of the password is the caller's rule.

import { createHash, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { encodePkcs12, signCertificate } from './forge.ts';

const generateKeyPairAsync = promisify(generateKeyPair);

/** What every parser turns into the same bytes: Go rejects some of the rest, and encodings differ. */
const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;

export interface ClientKeyRequest {
  /** `commonName`: 1 to 64 characters. */
  readonly subject: { readonly commonName: string };
  /** Printable ASCII, not empty. */
  readonly password: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface ClientKeyFile {
  /** DER as base64 on one line: the `PrivateKeyData` of the Client Key file. */
  readonly pkcs12Base64: string;
  readonly certificatePem: string;
  /** X.509 SubjectPublicKeyInfo. */
  readonly publicKeyDer: Buffer;
  /** SHA-256 of the certificate's DER, lower-case hex. */
  readonly fingerprint: string;
}

/**
 * The key is generated off the event loop; writing the PKCS#12 holds it for tens of milliseconds.
 * @throws Error on a password that is not printable ASCII, or a name or validity that cannot be encoded.
 */
export async function createClientKey(request: ClientKeyRequest): Promise<ClientKeyFile> {
  const { password, subject, notBefore, notAfter } = request;
  if (!PRINTABLE_ASCII.test(password)) throw new Error('The password is not printable ASCII.');
  const { publicKey, privateKey } = await generateKeyPairAsync('rsa', { modulusLength: 2048 });
  const certificate = await signCertificate(
    {
      subject: { organization: 'Dedicated KMS', organizationalUnit: 'Client Key', ...subject },
      notBefore,
      notAfter,
      keyUsage: ['digitalSignature'],
    },
    publicKey,
    { privateKey },
  );
  return {
    pkcs12Base64: encodePkcs12(certificate, privateKey, password).toString('base64'),
    certificatePem: certificate.toString(),
    publicKeyDer: publicKey.export({ type: 'spki', format: 'der' }),
    fingerprint: createHash('sha256').update(certificate.raw).digest('hex'),
  };
}
