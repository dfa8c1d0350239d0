// Actions that bring key material from outside to a key of origin EXTERNAL. Source: control-plane specification 2.4, 3.4.

import { z } from 'zod';
import { isoSeconds } from '../../core/ids.ts';
import { type Action, defineAction } from '../action.ts';
import { base64, name, optionalUnixTime } from '../parameter-types.ts';
import { onKey } from '../permissions.ts';
import { done } from './answers.ts';

export const KEY_IMPORT_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'GetParametersForImport',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: z.object({ KeyId: name, WrappingAlgorithm: name, WrappingKeySpec: name }),
    async run({ KeyId, WrappingAlgorithm: algorithm, WrappingKeySpec: wrappingKeySpec }, { keys }) {
      const parameters = await keys.getParametersForImport(KeyId, { algorithm, wrappingKeySpec });
      const { keyId, importToken, publicKey, tokenExpiresAt } = parameters;
      return {
        body: {
          KeyId: keyId,
          ImportToken: importToken.toString('base64'),
          PublicKey: publicKey.toString('base64'),
          TokenExpireTime: isoSeconds(tokenExpiresAt),
        },
        resource: keyId,
      };
    },
  }),
  defineAction({
    name: 'ImportKeyMaterial',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: z.object({
      KeyId: name,
      EncryptedKeyMaterial: base64,
      ImportToken: base64,
      KeyMaterialExpireUnix: optionalUnixTime,
    }),
    async run(input, { keys }) {
      const { EncryptedKeyMaterial: encryptedKeyMaterial, ImportToken: importToken } = input;
      const expiresAt = input.KeyMaterialExpireUnix ?? null;
      const key = await keys.importKeyMaterial(input.KeyId, { encryptedKeyMaterial, importToken, expiresAt });
      return done(key.id);
    },
  }),
  defineAction({
    name: 'DeleteKeyMaterial',
    write: true,
    access: onKey,
    resource: 'KeyId',
    parameters: z.object({ KeyId: name }),
    run: ({ KeyId }, { keys }) => keys.deleteKeyMaterial(KeyId),
  }),
];
