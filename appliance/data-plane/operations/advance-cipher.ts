// What the Advance APIs share: encryption under the primary version into the self-describing layout
// (data-plane specification 4.8).

import { encodeAdvanceCiphertext } from '../../core/ciphertext.ts';
import { type CipherParameters, map, requireAesGcm } from '../../core/crypto-service.ts';
import type { Key, KeyVersion } from '../../core/key.ts';
import type { Awaitable } from '../../core/ports/key-store.ts';
import type { OperationContext } from '../operation.ts';

export interface AdvanceEncrypted {
  readonly version: KeyVersion;
  readonly iv: Buffer;
  readonly blob: Buffer;
  readonly algorithm: string;
}

/** @throws KmsError Forbidden.OnlySymmetricKeySupported, InvalidParameter */
export function encryptAdvance(
  { crypto }: OperationContext,
  key: Key,
  plaintext: Uint8Array,
  parameters: CipherParameters,
): Awaitable<AdvanceEncrypted> {
  requireAesGcm(key);
  const version = crypto.version(key, '', key.primaryVersionId);
  const authenticated = { ...parameters, authenticated: true };
  return map(crypto.encrypt(key, version, plaintext, authenticated), ({ iv, ciphertext, algorithm }) => ({
    version,
    iv,
    blob: encodeAdvanceCiphertext({ versionId: version.id, iv, ciphertext }),
    algorithm: algorithm.name,
  }));
}
