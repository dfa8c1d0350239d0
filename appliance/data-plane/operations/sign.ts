// Sign (data-plane specification 4.5): RAW or DIGEST.

import { map } from '../../core/crypto-service.ts';
import { type KeyOperation, requiredKey, signInput } from '../operation.ts';

export const sign: KeyOperation<'Sign'> = {
  api: 'Sign',
  target: (request, migrationKeyVersionId) => requiredKey(request, migrationKeyVersionId),
  execute({ crypto }, request, { key, versionId }) {
    const version = crypto.version(key, versionId, key.primaryVersionId);
    const input = signInput(request);
    return map(crypto.sign(key, version, request.Algorithm, input), ({ signature, algorithm }) => ({
      response: { KeyId: key.id, Signature: signature, Algorithm: algorithm.name, MessageType: input.type },
      versionId: version.id,
    }));
  },
};
