// Decrypt (data-plane specification 4.4): of Encrypt and GenerateDataKey output. Transfer SDKs name the key by its
// version in a signed header instead of KeyId (4.9).

import { map } from '../../core/crypto-service.ts';
import { cipherParameters, type KeyOperation, required, requiredKey } from '../operation.ts';

export const decrypt: KeyOperation<'Decrypt'> = {
  api: 'Decrypt',
  target: (request, migrationKeyVersionId) =>
    migrationKeyVersionId === ''
      ? requiredKey(request)
      : { keyRef: request.KeyId, versionId: migrationKeyVersionId },
  execute({ crypto }, request, { key, versionId }) {
    const version = crypto.version(key, versionId, key.initialVersionId);
    const ciphertext = required(request.CiphertextBlob, 'CiphertextBlob');
    return map(crypto.decrypt(key, version, ciphertext, cipherParameters(request)), (decrypted) => ({
      response: {
        KeyId: key.id,
        Plaintext: decrypted.plaintext,
        Algorithm: decrypted.algorithm.name,
        PaddingMode: decrypted.paddingMode,
      },
      versionId: version.id,
    }));
  },
};
