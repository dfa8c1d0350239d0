// Port: makes the RSA-2048 key pair of a Client Key, its self-signed certificate and the PKCS#12 handed out once.
// The private key and the password exist only inside the call. Source: data-plane specification 3.3.

export interface ClientKeyRequest {
  readonly subject: { readonly commonName: string };
  readonly password: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface IssuedClientKey {
  /** DER PKCS#12 in one line of base64, encrypted with the password. */
  readonly pkcs12Base64: string;
  readonly certificatePem: string;
  /** X.509 SubjectPublicKeyInfo, DER. */
  readonly publicKeyDer: Buffer;
  /** SHA-256 of the certificate's DER, lower-case hex. */
  readonly fingerprint: string;
}

export type ClientKeyIssuer = (request: ClientKeyRequest) => Promise<IssuedClientKey>;
