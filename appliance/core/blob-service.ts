// Symmetric encryption the way the OpenAPI offers it: self-describing blobs (ciphertext.ts), made under the primary
// version of a key, opened under whichever version they name.
//
// What a blob holds is text: the Plaintext parameter as it was sent, which callers fill with base64, and for a data key
// the base64 of its bytes. So do shared KMS and the transfer SDKs (data-plane specification 4.9), and so Decrypt gives
// back the very Plaintext of Encrypt or GenerateDataKey, whichever plane and client made the blob.

import { KmsError } from '../errors.ts';
import { encodeVersionedCiphertext, parseVersionedCiphertext } from './ciphertext.ts';
import { type CipherParameters, type CryptoService, isSymmetric, requireEnabled } from './crypto-service.ts';
import { type KeyId, type KeyVersionId, keyIdOfVersion, type RandomBytes } from './ids.ts';
import type { Key } from './key.ts';
import { locateVersion } from './key-lookup.ts';
import type { Store } from './ports/store.ts';

/** The key and version that sealed or opened a blob. */
export interface VersionUsed {
  readonly keyId: KeyId;
  readonly versionId: KeyVersionId;
}

export interface Sealed extends VersionUsed {
  readonly blob: Buffer;
}

export interface Opened extends VersionUsed {
  readonly content: Buffer;
}

export interface DataKey extends Sealed {
  readonly bytes: Buffer;
}

export interface BlobService {
  /** @throws KmsError Rejected.<State>; UnsupportedOperation unless the key is symmetric */
  seal(key: Key, content: Uint8Array, aad: Uint8Array): Promise<Sealed>;
  /** @throws KmsError Rejected.<State>; InvalidParameter, always the same, for whatever does not open */
  open(blob: Uint8Array, aad: Uint8Array): Promise<Opened>;
  /** Random bytes, and the blob of their base64. @throws as `seal` */
  newDataKey(key: Key, size: number, aad: Uint8Array): Promise<DataKey>;
}

export interface BlobServiceOptions {
  readonly store: Store;
  readonly crypto: CryptoService;
  readonly randomBytes: RandomBytes;
}

export function createBlobService({ store, crypto, randomBytes }: BlobServiceOptions): BlobService {
  const seal = async (key: Key, content: Uint8Array, aad: Uint8Array): Promise<Sealed> => {
    requireEnabled(key);
    if (!isSymmetric(key)) throw new KmsError('UnsupportedOperation');
    const version = crypto.version(key, '', key.primaryVersionId);
    const { ciphertext, iv } = await crypto.encrypt(key, version, content, parameters(aad));
    const blob = encodeVersionedCiphertext({ versionId: version.id, iv, ciphertext });
    return { blob, keyId: key.id, versionId: version.id };
  };

  return {
    seal,

    async open(blob, aad) {
      const parts = parseVersionedCiphertext(blob);
      const located = parts && locateVersion(store.records, parts.versionId);
      if (!located || !isSymmetric(located.key)) throw new KmsError('InvalidParameter');
      const { key, version } = located;
      const { plaintext } = await crypto.decrypt(key, version, parts.ciphertext, parameters(aad, parts.iv));
      return { content: plaintext, keyId: key.id, versionId: version.id };
    },

    async newDataKey(key, size, aad) {
      const bytes = randomBytes(size);
      return { ...(await seal(key, Buffer.from(bytes.toString('base64')), aad)), bytes };
    },
  };
}

/** The key that a blob says it is of, whether or not there is such a key or the blob is genuine. */
export function keyIdOfBlob(blob: Uint8Array): KeyId | undefined {
  const parts = parseVersionedCiphertext(blob);
  return parts && keyIdOfVersion(parts.versionId);
}

/** The text that a blob held. @throws KmsError InvalidParameter when it is none */
export function contentText(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    // Bytes that the data plane encrypted: nothing in this API could carry them unchanged.
    throw new KmsError('InvalidParameter');
  }
}

/** The bytes of the data key that a blob held. @throws KmsError InvalidParameter when it held something else */
export function contentDataKey(content: Buffer): Buffer {
  const text = content.toString('latin1');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.toString('base64') !== text) throw new KmsError('InvalidParameter');
  return bytes;
}

function parameters(aad: Uint8Array, iv: Uint8Array = new Uint8Array(0)): CipherParameters {
  return { algorithm: '', aad, iv, paddingMode: '' };
}
