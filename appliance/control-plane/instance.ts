// What this listener tells about the instance it belongs to. Source: control-plane specification 2.7.

export interface Instance {
  /** `kst-…` */
  readonly id: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Requests a second that the instance is sized for. */
  readonly qps: number;
  /** How many keys it may hold. */
  readonly keyQuota: number;
  /** PEM of the certificate authorities that applications need to trust the data plane. */
  readonly caCertificateChainPem: () => string;
}
