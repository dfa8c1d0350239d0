// Operations of the data plane, called without a plane: by a key and the fields of the request that matter.

import { randomBytes } from 'node:crypto';
import { createCryptoService } from '../../appliance/core/crypto-service.ts';
import type { Edition } from '../../appliance/core/editions.ts';
import type { Key } from '../../appliance/core/key.ts';
import type { OperationContext } from '../../appliance/data-plane/operation.ts';
import { KeyPairGenerator } from '../../appliance/keystore/key-pair-generator.ts';
import { type CoreServices, codeOf } from './core-services.ts';

export interface CalledOperation {
  execute(
    context: OperationContext,
    request: never,
    target: { readonly key: Key; readonly versionId: string },
  ): unknown;
}

export type OperationFields = Readonly<Record<string, unknown>>;

const NONE = Buffer.alloc(0);

export function operationCalls({ store, keyStore }: CoreServices, edition: Edition) {
  const pairs = new KeyPairGenerator();
  const context: OperationContext = {
    crypto: createCryptoService({
      store,
      edition,
      keyStore,
      clock: Date.now,
      decryptionFailure: 'InvalidParameter',
    }),
    randomBytes,
    generateKeyPair: (spec, format) => pairs.generateDataKeyPair(spec, format),
  };
  /** The response to a request, whose fields are empty where they are not given. */
  const call = async (operation: CalledOperation, key: Key, fields: OperationFields) => {
    const empty = { Algorithm: '', Aad: NONE, Iv: NONE, PaddingMode: '', NumberOfBytes: 0, MessageType: '' };
    const request = { ...empty, Digest: NONE, KeyId: key.id, ...fields } as never;
    const answer = (await operation.execute(context, request, { key, versionId: '' })) as {
      response: Record<string, Buffer>;
    };
    return answer.response;
  };
  return {
    call,
    refusal: (operation: CalledOperation, key: Key, fields: OperationFields) =>
      codeOf(() => call(operation, key, fields)),
  };
}
