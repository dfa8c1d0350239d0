// AdvanceEncrypt (data-plane specification 4.8).

import { map } from '../../core/crypto-service.ts';
import { cipherParameters, type KeyOperation, required, requiredKey } from '../operation.ts';
import { encryptAdvance } from './advance-cipher.ts';

export const advanceEncrypt: KeyOperation<'AdvanceEncrypt'> = {
  api: 'AdvanceEncrypt',
  target: (request) => requiredKey(request),
  execute(context, request, { key }) {
    const plaintext = required(request.Plaintext, 'Plaintext');
    return map(encryptAdvance(context, key, plaintext, cipherParameters(request)), (encrypted) => ({
      response: {
        KeyId: key.id,
        CiphertextBlob: encrypted.blob,
        Iv: encrypted.iv,
        Algorithm: encrypted.algorithm,
        KeyVersionId: encrypted.version.id,
      },
      versionId: encrypted.version.id,
    }));
  },
};
