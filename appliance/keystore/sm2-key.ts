// SM2 keys in the software key store. They are held in secret key objects that contain their encodings (PKCS#8 and
// SubjectPublicKeyInfo): node:crypto's own SM2 keys are of no use, for it makes other signatures with them than SM2's.

import { createSecretKey, type KeyObject } from 'node:crypto';
import { decodePkcs8, encodeSpki } from '../../sm/index.js';
import type { AsymmetricLane } from './asymmetric-lane.ts';
import type { OpenedKey } from './opened-keys.ts';

export interface Sm2KeyPair {
  /** The caller's to wipe. */
  readonly pkcs8: Buffer;
  readonly spki: Buffer;
}

export async function generateSm2Key(lane: AsymmetricLane): Promise<Sm2KeyPair> {
  const bytes = await lane.run('sm2Generate', undefined);
  const pkcs8 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { pkcs8, spki: encodeSpki(pointOf(pkcs8)) };
}

export function importSm2Key(pkcs8: Buffer): Pick<OpenedKey, 'privateKey' | 'publicKey'> {
  return { privateKey: createSecretKey(pkcs8), publicKey: sm2PublicKey(encodeSpki(pointOf(pkcs8))) };
}

/** A public key alone, from its SubjectPublicKeyInfo. */
export function sm2PublicKey(spki: Buffer): KeyObject {
  return createSecretKey(spki);
}

function pointOf(pkcs8: Buffer): Buffer {
  const key = decodePkcs8(pkcs8);
  if (key === null) throw new Error('the key material is no SM2 key');
  return key.point;
}
