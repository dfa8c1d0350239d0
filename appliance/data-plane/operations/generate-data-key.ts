// GenerateDataKey (data-plane specification 4.7): random bytes, in the clear and encrypted under the initial version.

import { dataKeyBytes, isSymmetric, map } from '../../core/crypto-service.ts';
import { KmsError } from '../../errors.ts';
import { dataKeyParameters, type KeyOperation, requiredKey } from '../operation.ts';

export const generateDataKey: KeyOperation<'GenerateDataKey'> = {
  api: 'GenerateDataKey',
  target: (request) => requiredKey(request),
  execute({ crypto, randomBytes }, request, { key }) {
    if (!isSymmetric(key)) throw new KmsError('UnsupportedOperation');
    const version = crypto.version(key, '', key.initialVersionId);
    const plaintext = randomBytes(dataKeyBytes(request.NumberOfBytes));
    const parameters = dataKeyParameters(request.Aad, request.Algorithm);
    return map(crypto.encrypt(key, version, plaintext, parameters), (encrypted) => ({
      response: {
        KeyId: key.id,
        Iv: encrypted.iv,
        Plaintext: plaintext,
        CiphertextBlob: encrypted.ciphertext,
        Algorithm: encrypted.algorithm.name,
      },
      versionId: version.id,
    }));
  },
};
