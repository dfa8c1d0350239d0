// Encrypt, Decrypt and ReEncrypt with symmetric keys. Ciphertext names its key version, so Decrypt needs no KeyId; what
// it cannot open is refused alike, whatever is wrong. Plaintext is text, kept as it was sent: blob-service.ts says why.
// Source: control-plane specification 2.8.

import { z } from 'zod';
import { contentText } from '../../core/blob-service.ts';
import { invalidParameter } from '../../core/fields.ts';
import { KmsError } from '../../errors.ts';
import { type Action, defineAction, type Services } from '../action.ts';
import {
  base64,
  encryptionContext,
  name,
  optionalName,
  optionalOneOf,
  optionalValue,
  plaintext,
} from '../parameter-types.ts';
import { blobResource, keyResource } from '../permissions.ts';
import { BLOB_CALL, KEY_CALL, PUBLIC_KEY_ALGORITHMS, sealedAnswer, versionUsed } from './crypto-call.ts';

const reEncryption = z.object({
  CiphertextBlob: base64,
  SourceEncryptionContext: encryptionContext,
  SourceKeyId: optionalName,
  SourceKeyVersionId: optionalName,
  SourceEncryptionAlgorithm: optionalOneOf(PUBLIC_KEY_ALGORITHMS),
  DestinationKeyId: name,
  DestinationEncryptionContext: encryptionContext,
});

type ReEncryption = z.output<typeof reEncryption>;

export const SYMMETRIC_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'Encrypt',
    ...KEY_CALL,
    parameters: z.object({ KeyId: name, Plaintext: plaintext, EncryptionContext: encryptionContext }),
    async run({ KeyId, Plaintext, EncryptionContext }, { keys, blobs }) {
      return sealedAnswer(await blobs.seal(keys.resolveKeyRef(KeyId), Plaintext, EncryptionContext));
    },
  }),
  defineAction({
    name: 'Decrypt',
    ...BLOB_CALL,
    parameters: z.object({
      CiphertextBlob: base64,
      EncryptionContext: encryptionContext,
      Recipient: optionalValue,
    }),
    async run({ CiphertextBlob, EncryptionContext, Recipient }, { blobs }) {
      // Whoever asks for an answer that only an enclave can read must not get one that everybody can.
      if (Recipient !== undefined) throw new KmsError('UnsupportedOperation');
      const opened = await blobs.open(CiphertextBlob, EncryptionContext);
      return {
        body: { Plaintext: contentText(opened.content), ...versionUsed(opened) },
        resource: opened.keyId,
      };
    },
  }),
  defineAction({
    name: 'ReEncrypt',
    write: false,
    access: (input, services) => [
      { action: 'kms:ReEncryptFrom', resource: sourceResource(input, services) },
      { action: 'kms:ReEncryptTo', resource: keyResource(input.DestinationKeyId, services) },
    ],
    dryRun: true,
    resource: 'DestinationKeyId',
    parameters: reEncryption,
    async run(input, services) {
      const destination = services.keys.resolveKeyRef(input.DestinationKeyId);
      const content = await sourceContent(input, services);
      return sealedAnswer(
        await services.blobs.seal(destination, content, input.DestinationEncryptionContext),
      );
    },
  }),
];

function sourceResource({ SourceKeyId, CiphertextBlob }: ReEncryption, services: Services): string {
  return SourceKeyId === undefined ? blobResource(CiphertextBlob) : keyResource(SourceKeyId, services);
}

/** What the destination is to hold: the content of the blob, or of public-key ciphertext the base64, as Plaintext is. */
async function sourceContent(input: ReEncryption, { keys, blobs, asymmetric }: Services): Promise<Buffer> {
  const { CiphertextBlob, SourceEncryptionContext } = input;
  const source = [input.SourceKeyId, input.SourceKeyVersionId, input.SourceEncryptionAlgorithm];
  if (source.every((each) => each === undefined))
    return (await blobs.open(CiphertextBlob, SourceEncryptionContext)).content;
  const [keyRef, versionId, algorithm] = source;
  if (keyRef === undefined) throw missingParameter('SourceKeyId');
  if (versionId === undefined) throw missingParameter('SourceKeyVersionId');
  if (algorithm === undefined) throw missingParameter('SourceEncryptionAlgorithm');
  // Public-key ciphertext is bound to no context: one that is given would go unchecked.
  if (SourceEncryptionContext.length > 0) throw invalidParameter('SourceEncryptionContext');
  const use = { key: keys.resolveKeyRef(keyRef), versionId, algorithm };
  return Buffer.from((await asymmetric.decrypt(use, CiphertextBlob)).toString('base64'));
}

function missingParameter(parameter: string): KmsError {
  return new KmsError('MissingParameter', `The parameter ${parameter} is required.`);
}
