// Actions of the API that this version does not have yet: a caller is told so, instead of that they do not exist.
// Source: control-plane specification section 2.

export const UNBUILT_ACTIONS: readonly string[] = [
  // 2.6.4 resource policies
  'GetSecretPolicy',
  'SetSecretPolicy',
  // 2.9 secrets
  'CreateSecret',
  'DescribeSecret',
  'ListSecrets',
  'UpdateSecret',
  'DeleteSecret',
  'RestoreSecret',
  'GetSecretValue',
  'BatchGetSecretValue',
  'PutSecretValue',
  'ListSecretVersionIds',
  'UpdateSecretVersionStage',
  'UpdateSecretRotationPolicy',
  'RotateSecret',
  'GetRandomPassword',
  // 2.10 certificates
  'CreateCertificate',
  'UploadCertificate',
  'GetCertificate',
  'DescribeCertificate',
  'UpdateCertificateStatus',
  'DeleteCertificate',
  'CertificatePrivateKeySign',
  'CertificatePublicKeyVerify',
  'CertificatePublicKeyEncrypt',
  'CertificatePrivateKeyDecrypt',
];
