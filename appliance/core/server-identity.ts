// The TLS identity of the instance: its two-level CA and the server's leaf, as stored (sealed like every record).
// Source: data-plane specification 2.2.

export interface CertificateAndKey {
  readonly certificatePem: string;
  /** PKCS#8, PEM. */
  readonly privateKeyPem: string;
}

export interface ServerIdentity {
  readonly root: CertificateAndKey;
  readonly sub: CertificateAndKey;
  readonly leaf: CertificateAndKey;
  /** Subject alternative names of the leaf, DNS names and IP addresses. */
  readonly names: readonly string[];
  /** End of the leaf's validity, milliseconds since the epoch. */
  readonly leafNotAfter: number;
  /** First start of the instance, milliseconds since the epoch. */
  readonly instanceCreatedAt: number;
}
