// Public face of the certs-tool: the instance's authority, its server certificates, and Client Keys.

export { type Authority, type AuthorityRequest, createAuthority } from './authority.ts';
export { type ClientKeyFile, type ClientKeyRequest, createClientKey } from './client-key.ts';
export {
  createHsmCertificates,
  HSM_KEY_TYPES,
  type HsmCertificateRequest,
  type HsmCertificates,
} from './hsm-certificates.ts';
export { type CertificateDescription, inspectCertificates } from './inspect.ts';
export type { CertificateAndKey } from './p256-certificate.ts';
export {
  issueServerCertificate,
  type ServerCertificate,
  type ServerCertificateRequest,
} from './server-certificate.ts';
export { parseServerNames } from './server-names.ts';
