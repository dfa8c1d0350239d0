// What cryptographic calls have in common: the part of their rows that is the same, and shapes of their answers.
// Source: control-plane specification 2.8.

import { keyIdOfBlob, type Sealed, type VersionUsed } from '../../core/blob-service.ts';
import type { Answer } from '../action.ts';
import { onBlob, onKey } from '../permissions.ts';

/** A call on the key that KeyId names. */
export const KEY_CALL = { write: false, dryRun: true, access: onKey, resource: 'KeyId' } as const;

/** A call on the key that CiphertextBlob names. */
export const BLOB_CALL = {
  write: false,
  dryRun: true,
  access: onBlob,
  resource: ({ CiphertextBlob }: { readonly CiphertextBlob: Buffer }) => keyIdOfBlob(CiphertextBlob) ?? '',
} as const;

export const PUBLIC_KEY_ALGORITHMS = ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1', 'SM2PKE'] as const;

export function versionUsed({ keyId, versionId }: Readonly<Record<keyof VersionUsed, string>>) {
  return { KeyId: keyId, KeyVersionId: versionId };
}

export function sealedAnswer(sealed: Sealed): Answer {
  return {
    body: { CiphertextBlob: sealed.blob.toString('base64'), ...versionUsed(sealed) },
    resource: sealed.keyId,
  };
}
