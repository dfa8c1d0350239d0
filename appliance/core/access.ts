// Who may use the data plane: records of network rules, policies, application access points and Client Keys,
// and the AccessKeys of administrators. Times are milliseconds since the epoch.
// Sources: control-plane specification 2.6, data-plane specification section 3.

export type PolicyRole = 'CryptoServiceKeyUser' | 'CryptoServiceSecretUser';

export interface NetworkRule {
  readonly name: string;
  readonly type: 'Private';
  /** IPv4 or IPv6 addresses and CIDR blocks. */
  readonly sources: readonly string[];
  readonly description: string;
  readonly createdAt: number;
}

export interface Policy {
  readonly name: string;
  readonly roles: readonly PolicyRole[];
  /** `key/…`, `alias/…`, `secret/…`, each with an optional trailing `*`; the type in any case. */
  readonly resources: readonly string[];
  /** The text that was sent, returned verbatim (Terraform compares it). */
  readonly accessControlRules: string;
  /** Names of network rules; empty means any address. */
  readonly networkRules: readonly string[];
  readonly description: string;
  readonly createdAt: number;
}

export interface AccessPoint {
  readonly name: string;
  readonly authenticationMethod: 'ClientKey';
  /** At most three policy names. */
  readonly policies: readonly string[];
  readonly description: string;
  readonly createdAt: number;
}

export interface ClientKey {
  /** `KAAP.<uuid>` */
  readonly id: string;
  readonly accessPoint: string;
  /** X.509 SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
  readonly certificatePem: string;
  /** SHA-256 of the certificate's DER, lower-case hex. */
  readonly fingerprint: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly createdAt: number;
}

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** Name of the RAM user it belongs to; null: the owner of the instance. */
  readonly user: string | null;
  readonly status: 'Active' | 'Inactive';
  readonly createdAt: number;
}
