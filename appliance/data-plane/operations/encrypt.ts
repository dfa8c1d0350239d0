// Encrypt (data-plane specification 4.4): the key's initial version, or for asymmetric keys the one the caller names.

import { isSymmetric, map } from '../../core/crypto-service.ts';
import { cipherParameters, type KeyOperation, required, requiredKey } from '../operation.ts';

export const encrypt: KeyOperation<'Encrypt'> = {
  api: 'Encrypt',
  target: (request, migrationKeyVersionId) => requiredKey(request, migrationKeyVersionId),
  execute({ crypto }, request, { key, versionId }) {
    const version = crypto.version(key, isSymmetric(key) ? '' : versionId, key.initialVersionId);
    const plaintext = required(request.Plaintext, 'Plaintext');
    return map(crypto.encrypt(key, version, plaintext, cipherParameters(request)), (encrypted) => ({
      response: {
        KeyId: key.id,
        CiphertextBlob: encrypted.ciphertext,
        Iv: encrypted.iv,
        Algorithm: encrypted.algorithm.name,
        PaddingMode: encrypted.paddingMode,
      },
      versionId: version.id,
    }));
  },
};
