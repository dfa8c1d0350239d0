// The table of operations, one row an API. Adding an API is adding a row here and one in proto/apis.ts.

import type { ApiName } from '../../../proto/index.ts';
import type { AnyOperation } from '../operation.ts';
import { advanceDecrypt } from './advance-decrypt.ts';
import { advanceEncrypt } from './advance-encrypt.ts';
import { advanceGenerateDataKey } from './advance-generate-data-key.ts';
import { advanceGenerateDataKeyPair } from './advance-generate-data-key-pair.ts';
import { advanceGenerateDataKeyPairWithoutPlaintext } from './advance-generate-data-key-pair-without-plaintext.ts';
import { decrypt } from './decrypt.ts';
import { encrypt } from './encrypt.ts';
import { generateDataKey } from './generate-data-key.ts';
import { generateDataKeyPair } from './generate-data-key-pair.ts';
import { generateDataKeyPairWithoutPlaintext } from './generate-data-key-pair-without-plaintext.ts';
import { generateRandom } from './generate-random.ts';
import { getPublicKey } from './get-public-key.ts';
import { sign } from './sign.ts';
import { getSecretValue, hmac } from './unbuilt.ts';
import { verify } from './verify.ts';

const OPERATIONS: Readonly<Record<ApiName, AnyOperation>> = {
  Encrypt: encrypt,
  Decrypt: decrypt,
  Sign: sign,
  Verify: verify,
  Hmac: hmac,
  GenerateRandom: generateRandom,
  GenerateDataKey: generateDataKey,
  GetPublicKey: getPublicKey,
  GetSecretValue: getSecretValue,
  AdvanceEncrypt: advanceEncrypt,
  AdvanceDecrypt: advanceDecrypt,
  AdvanceGenerateDataKey: advanceGenerateDataKey,
  GenerateDataKeyPair: generateDataKeyPair,
  GenerateDataKeyPairWithoutPlaintext: generateDataKeyPairWithoutPlaintext,
  AdvanceGenerateDataKeyPair: advanceGenerateDataKeyPair,
  AdvanceGenerateDataKeyPairWithoutPlaintext: advanceGenerateDataKeyPairWithoutPlaintext,
};

/** The operation of an API name from a request; null when there is none. */
export function findOperation(apiName: string): AnyOperation | null {
  return Object.hasOwn(OPERATIONS, apiName) ? OPERATIONS[apiName as ApiName] : null;
}
