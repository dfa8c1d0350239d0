// Data keys: random bytes, handed out in the clear, encrypted under a key, or wrapped for another holder. Their blobs
// are those of Encrypt of the base64 of the bytes, so Decrypt gives back the Plaintext that came with them.
// Source: control-plane specification 2.8.

import { z } from 'zod';
import { contentDataKey, type DataKey } from '../../core/blob-service.ts';
import { exportDataKey } from '../../core/data-key-export.ts';
import { type Action, defineAction, type Services } from '../action.ts';
import {
  base64,
  encryptionContext,
  name,
  oneOf,
  optionalInteger,
  optionalOneOf,
} from '../parameter-types.ts';
import { BLOB_CALL, KEY_CALL, PUBLIC_KEY_ALGORITHMS, sealedAnswer, versionUsed } from './crypto-call.ts';

const MAX_BYTES = 1024;
const SPEC_BYTES = { AES_256: 32, AES_128: 16 } as const;

const generation = {
  KeyId: name,
  KeySpec: optionalOneOf(['AES_256', 'AES_128']),
  NumberOfBytes: optionalInteger(1, MAX_BYTES),
  EncryptionContext: encryptionContext,
};

const wrapping = {
  PublicKeyBlob: base64,
  WrappingKeySpec: oneOf(['RSA_2048', 'EC_SM2']),
  WrappingAlgorithm: oneOf(PUBLIC_KEY_ALGORITHMS),
};

type Generation = z.output<z.ZodObject<typeof generation>>;
type Wrapping = z.output<z.ZodObject<typeof wrapping>>;

export const DATA_KEY_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'GenerateDataKey',
    ...KEY_CALL,
    parameters: z.object(generation),
    async run(input, services) {
      const dataKey = await newDataKey(input, services);
      const { body, resource } = sealedAnswer(dataKey);
      return { body: { Plaintext: dataKey.bytes.toString('base64'), ...body }, resource };
    },
  }),
  defineAction({
    name: 'GenerateDataKeyWithoutPlaintext',
    ...KEY_CALL,
    parameters: z.object(generation),
    run: async (input, services) => sealedAnswer(await newDataKey(input, services)),
  }),
  defineAction({
    name: 'GenerateAndExportDataKey',
    ...KEY_CALL,
    parameters: z.object({ ...generation, ...wrapping }),
    async run(input, services) {
      const dataKey = await newDataKey(input, services);
      const { body, resource } = sealedAnswer(dataKey);
      return { body: { ExportedDataKey: await exported(input, dataKey.bytes, services), ...body }, resource };
    },
  }),
  defineAction({
    name: 'ExportDataKey',
    ...BLOB_CALL,
    parameters: z.object({ CiphertextBlob: base64, EncryptionContext: encryptionContext, ...wrapping }),
    async run(input, services) {
      const opened = await services.blobs.open(input.CiphertextBlob, input.EncryptionContext);
      const wrapped = await exported(input, contentDataKey(opened.content), services);
      return { body: { ExportedDataKey: wrapped, ...versionUsed(opened) }, resource: opened.keyId };
    },
  }),
];

function newDataKey(input: Generation, { keys, blobs }: Services): Promise<DataKey> {
  const size = input.NumberOfBytes ?? SPEC_BYTES[input.KeySpec ?? 'AES_256'];
  return blobs.newDataKey(keys.resolveKeyRef(input.KeyId), size, input.EncryptionContext);
}

async function exported(input: Wrapping, dataKey: Buffer, { sm2Encrypt }: Services): Promise<string> {
  const wrapped = await exportDataKey(
    { spec: input.WrappingKeySpec, algorithm: input.WrappingAlgorithm, publicKey: input.PublicKeyBlob },
    dataKey,
    sm2Encrypt,
  );
  return wrapped.toString('base64');
}
