// GetPublicKey (data-plane specification 4.11): SubjectPublicKeyInfo as PEM.

import { type KeyOperation, requiredKey } from '../operation.ts';

export const getPublicKey: KeyOperation<'GetPublicKey'> = {
  api: 'GetPublicKey',
  target: (request, migrationKeyVersionId) => requiredKey(request, migrationKeyVersionId),
  execute({ crypto }, _request, { key, versionId }) {
    const version = crypto.version(key, versionId, key.primaryVersionId);
    return {
      response: { KeyId: key.id, PublicKey: crypto.publicKeyPem(key, version) },
      versionId: version.id,
    };
  },
};
