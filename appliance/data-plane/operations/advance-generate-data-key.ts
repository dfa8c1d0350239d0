// AdvanceGenerateDataKey (data-plane specification 4.7 and 4.8).

import { dataKeyBytes, map } from '../../core/crypto-service.ts';
import { dataKeyParameters, type KeyOperation, requiredKey } from '../operation.ts';
import { encryptAdvance } from './advance-cipher.ts';

export const advanceGenerateDataKey: KeyOperation<'AdvanceGenerateDataKey'> = {
  api: 'AdvanceGenerateDataKey',
  target: (request) => requiredKey(request),
  execute(context, request, { key }) {
    const plaintext = context.randomBytes(dataKeyBytes(request.NumberOfBytes));
    return map(encryptAdvance(context, key, plaintext, dataKeyParameters(request.Aad)), (encrypted) => ({
      response: {
        KeyId: key.id,
        Iv: encrypted.iv,
        Plaintext: plaintext,
        CiphertextBlob: encrypted.blob,
        Algorithm: encrypted.algorithm,
        KeyVersionId: encrypted.version.id,
      },
      versionId: encrypted.version.id,
    }));
  },
};
