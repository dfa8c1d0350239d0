// Layout of the self-describing ciphertext of the Advance APIs (data-plane specification 4.8):
// magic 0x24, cipher version and padding (0), algorithm code (AES_GCM = 2), 36-character version id, 12-byte IV,
// ciphertext with its 16-byte tag.

import { isKeyVersionId, type KeyVersionId } from './ids.ts';

const HEADER = Buffer.from([0x24, 0x00, 0x02]);
const VERSION_ID_END = HEADER.length + 36;
const IV_END = VERSION_ID_END + 12;
const TAG_BYTES = 16;

export interface AdvanceCiphertext {
  readonly versionId: KeyVersionId;
  readonly iv: Buffer;
  /** With the tag appended. */
  readonly ciphertext: Buffer;
}

export function encodeAdvanceCiphertext(parts: AdvanceCiphertext): Buffer {
  return Buffer.concat([HEADER, Buffer.from(parts.versionId, 'latin1'), parts.iv, parts.ciphertext]);
}

/**
 * Reads the layout. Undefined when the bytes are not of it; a raw GCM ciphertext can look alike by chance, so the
 * caller must also know the version id.
 */
export function parseAdvanceCiphertext(bytes: Uint8Array): AdvanceCiphertext | undefined {
  const blob = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (blob.length < IV_END + TAG_BYTES) return undefined;
  if (!blob.subarray(0, HEADER.length).equals(HEADER)) return undefined;
  const versionId = blob.toString('latin1', HEADER.length, VERSION_ID_END);
  if (!isKeyVersionId(versionId)) return undefined;
  return { versionId, iv: blob.subarray(VERSION_ID_END, IV_END), ciphertext: blob.subarray(IV_END) };
}
