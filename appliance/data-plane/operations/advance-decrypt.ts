// AdvanceDecrypt (data-plane specification 4.8): of self-describing ciphertext, whose header names the key version, and
// of plain Encrypt or GenerateDataKey output, for which KeyId and Iv are needed.

import { parseAdvanceCiphertext, type VersionedCiphertext } from '../../core/ciphertext.ts';
import { map, requireAesGcm } from '../../core/crypto-service.ts';
import type { Key } from '../../core/key.ts';
import { cipherParameters, type KeyOperation, required, requiredKey } from '../operation.ts';

export const advanceDecrypt: KeyOperation<'AdvanceDecrypt'> = {
  api: 'AdvanceDecrypt',
  target(request) {
    const blob = parseAdvanceCiphertext(request.CiphertextBlob);
    if (!blob) return requiredKey(request);
    // With a KeyId the header could still be chance; `execute` decides by whether the version is the key's.
    return request.KeyId === ''
      ? { keyRef: '', versionId: blob.versionId }
      : { keyRef: request.KeyId, versionId: '' };
  },
  execute({ crypto }, request, { key }) {
    requireAesGcm(key);
    const bytes = required(request.CiphertextBlob, 'CiphertextBlob');
    const blob = selfDescribing(bytes, key);
    const version = crypto.version(key, blob?.versionId ?? '', key.initialVersionId);
    const parameters = { ...cipherParameters(request), ...(blob && { iv: blob.iv }), authenticated: true };
    return map(crypto.decrypt(key, version, blob?.ciphertext ?? bytes, parameters), (decrypted) => ({
      response: {
        KeyId: key.id,
        Plaintext: decrypted.plaintext,
        Algorithm: decrypted.algorithm.name,
        KeyVersionId: version.id,
      },
      versionId: version.id,
    }));
  },
};

/** The layout counts when it names a version of this key; otherwise the bytes are taken as raw ciphertext. */
function selfDescribing(bytes: Uint8Array, key: Key): VersionedCiphertext | undefined {
  const blob = parseAdvanceCiphertext(bytes);
  return blob?.versionId.startsWith(`${key.id}-`) ? blob : undefined;
}
