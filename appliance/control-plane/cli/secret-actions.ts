// Which parameters and answers of the API are secret: `kms api` takes the former from files only, and shows the latter
// only when told to. Source: control-plane specification section 2; RAM API 2015-05-01.

const SECRET_PARAMETERS: ReadonlySet<string> = new Set([
  'Password',
  'ClientP12',
  'Plaintext',
  'SecretData',
  'EncryptedKeyMaterial',
  'NewPassword',
]);

const SECRET_ANSWERS: ReadonlySet<string> = new Set([
  'CreateAccessKey',
  'CreateClientKey',
  'Decrypt',
  'AsymmetricDecrypt',
  'GenerateDataKey',
  'GetSecretValue',
  'BatchGetSecretValue',
  'GetRandomPassword',
  'CertificatePrivateKeyDecrypt',
]);

export function isSecretParameter(name: string): boolean {
  return SECRET_PARAMETERS.has(name);
}

/** The service takes action names in any case. */
export function hasSecretAnswer(action: string): boolean {
  const name = action.toLowerCase();
  return [...SECRET_ANSWERS].some((each) => each.toLowerCase() === name);
}
