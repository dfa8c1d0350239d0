// Layouts of self-describing ciphertext. That of the OpenAPI, which transfer SDKs rebuild from data-plane answers
// (data-plane specification 4.9): 36-character version id, 12-byte IV, ciphertext with its 16-byte tag. That of the
// Advance APIs (4.8): the same behind magic 0x24, cipher version and padding (0), algorithm code (AES_GCM = 2).

import { isKeyVersionId, type KeyVersionId } from './ids.ts';

const HEADER = Buffer.from([0x24, 0x00, 0x02]);
const VERSION_ID_END = 36;
const IV_END = VERSION_ID_END + 12;
const TAG_BYTES = 16;

export interface VersionedCiphertext {
  readonly versionId: KeyVersionId;
  readonly iv: Buffer;
  /** With the tag appended. */
  readonly ciphertext: Buffer;
}

export function encodeVersionedCiphertext({ versionId, iv, ciphertext }: VersionedCiphertext): Buffer {
  return Buffer.concat([Buffer.from(versionId, 'latin1'), iv, ciphertext]);
}

/** Undefined when the bytes are not of the layout; whether there is such a version is not looked at. */
export function parseVersionedCiphertext(bytes: Uint8Array): VersionedCiphertext | undefined {
  const blob = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (blob.length < IV_END + TAG_BYTES) return undefined;
  const versionId = blob.toString('latin1', 0, VERSION_ID_END);
  if (!isKeyVersionId(versionId)) return undefined;
  return { versionId, iv: blob.subarray(VERSION_ID_END, IV_END), ciphertext: blob.subarray(IV_END) };
}

export function encodeAdvanceCiphertext(parts: VersionedCiphertext): Buffer {
  return Buffer.concat([HEADER, encodeVersionedCiphertext(parts)]);
}

/**
 * Reads the layout. Undefined when the bytes are not of it; a raw GCM ciphertext can look alike by chance, so the
 * caller must also know the version id.
 */
export function parseAdvanceCiphertext(bytes: Uint8Array): VersionedCiphertext | undefined {
  if (!HEADER.equals(bytes.subarray(0, HEADER.length))) return undefined;
  return parseVersionedCiphertext(bytes.subarray(HEADER.length));
}
