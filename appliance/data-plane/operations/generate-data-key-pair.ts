// GenerateDataKeyPair (data-plane specification 4.10): a new key pair, its private key in the clear and encrypted
// under the initial version.

import { dataKeyParameters, type KeyOperation, requiredKey } from '../operation.ts';
import { makeDataKeyPair } from './data-key-pair.ts';

export const generateDataKeyPair: KeyOperation<'GenerateDataKeyPair'> = {
  api: 'GenerateDataKeyPair',
  target: (request) => requiredKey(request),
  async execute(context, request, { key }) {
    const pair = await makeDataKeyPair(context, key, request);
    const version = context.crypto.version(key, '', key.initialVersionId);
    const parameters = dataKeyParameters(request.Aad, request.Algorithm);
    const encrypted = await context.crypto.encrypt(key, version, pair.privateKey, parameters);
    return {
      response: {
        KeyId: key.id,
        Iv: encrypted.iv,
        KeyPairSpec: request.KeyPairSpec,
        PrivateKeyPlaintext: pair.privateKey,
        PrivateKeyCiphertextBlob: encrypted.ciphertext,
        PublicKey: pair.publicKey,
        Algorithm: encrypted.algorithm.name,
      },
      versionId: version.id,
    };
  },
};
