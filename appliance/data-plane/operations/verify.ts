// Verify (data-plane specification 4.5): a signature that is wrong or malformed is a successful call with Value false.

import { map } from '../../core/crypto-service.ts';
import { type KeyOperation, required, requiredKey, signInput } from '../operation.ts';

export const verify: KeyOperation<'Verify'> = {
  api: 'Verify',
  target: (request, migrationKeyVersionId) => requiredKey(request, migrationKeyVersionId),
  execute({ crypto }, request, { key, versionId }) {
    const version = crypto.version(key, versionId, key.primaryVersionId);
    const input = signInput(request);
    const signature = required(request.Signature, 'Signature');
    return map(crypto.verify(key, version, request.Algorithm, input, signature), ({ valid, algorithm }) => ({
      response: { KeyId: key.id, Value: valid, Algorithm: algorithm.name, MessageType: input.type },
      versionId: version.id,
    }));
  },
};
