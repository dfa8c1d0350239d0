// AdvanceGenerateDataKeyPairWithoutPlaintext (data-plane specification 4.10): a new key pair, its private key only encrypted
// under the primary version, self-describing.

import { dataKeyParameters, type KeyOperation, requiredKey } from '../operation.ts';
import { encryptAdvance } from './advance-cipher.ts';
import { makeDataKeyPair } from './data-key-pair.ts';

export const advanceGenerateDataKeyPairWithoutPlaintext: KeyOperation<'AdvanceGenerateDataKeyPairWithoutPlaintext'> =
  {
    api: 'AdvanceGenerateDataKeyPairWithoutPlaintext',
    target: (request) => requiredKey(request),
    async execute(context, request, { key }) {
      const pair = await makeDataKeyPair(context, key, request);
      const encrypted = await encryptAdvance(context, key, pair.privateKey, dataKeyParameters(request.Aad));
      return {
        response: {
          KeyId: key.id,
          Iv: encrypted.iv,
          KeyPairSpec: request.KeyPairSpec,
          PrivateKeyCiphertextBlob: encrypted.blob,
          PublicKey: pair.publicKey,
          Algorithm: encrypted.algorithm,
          KeyVersionId: encrypted.version.id,
        },
        versionId: encrypted.version.id,
      };
    },
  };
