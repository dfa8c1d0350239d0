// What the source of an imported key computes itself, to compare the service's results with. RSA, EC and AES are
// node:crypto's, SM2 and SM4 those of sm/.

import {
  constants,
  createDecipheriv,
  createHash,
  createSecretKey,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import { digestMessage, encrypt, openGcm, signDigest, verifyDigest } from '../../../../sm/index.js';
import type { VersionedCiphertext } from '../../../core/ciphertext.ts';
import type { SourceKey } from './source-key.ts';

const TAG_BYTES = 16;

export type PairSource = Exclude<SourceKey, { readonly type: 'symmetric' }>;

/** Whether the public key in the source is that of its private key. */
export function isPair(source: PairSource): boolean {
  const message = Buffer.from('a key is what it signs with');
  const signature =
    source.type === 'sm2'
      ? signDigest({ scalar: source.scalar, digest: digestFor(source, message) })
      : sign('sha256', message, source.privateKey);
  return verifies(source, { algorithm: '', message, signature });
}

/** What the service is given to sign, for a message. */
export function digestFor(source: PairSource, message: Buffer): Buffer {
  return source.type === 'sm2'
    ? digestMessage({ point: source.point, message })
    : createHash('sha256').update(message).digest();
}

interface Signed {
  /** Of the API; all but RSA_PSS_SHA_256 follow from the key. */
  readonly algorithm: string;
  readonly message: Buffer;
  readonly signature: Buffer;
}

export function verifies(source: PairSource, { algorithm, message, signature }: Signed): boolean {
  if (source.type === 'sm2') {
    return verifyDigest({ point: source.point, digest: digestFor(source, message), signature });
  }
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const options = algorithm === 'RSA_PSS_SHA_256' ? pss : {};
  return verify('sha256', message, { key: source.publicKey, ...options }, signature);
}

/** RSAES_OAEP_SHA_256 or SM2PKE. */
export function encryptTo(source: PairSource, plaintext: Buffer): Buffer {
  if (source.type === 'sm2') return encrypt({ point: source.point, plaintext });
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key: source.publicKey, padding, oaepHash: 'sha256' }, plaintext);
}

/** AES_GCM or SM4_GCM without additional data. @throws when the tag is of another key */
export function open(algorithm: string, key: Buffer, { iv, ciphertext }: VersionedCiphertext): Buffer {
  if (algorithm === 'SM4_GCM') {
    return openGcm({ key: createSecretKey(key), iv, aad: Buffer.alloc(0), sealed: ciphertext });
  }
  const end = ciphertext.length - TAG_BYTES;
  const cipher = `aes-${key.length * 8}-gcm` as 'aes-256-gcm';
  const decipher = createDecipheriv(cipher, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(ciphertext.subarray(end));
  return Buffer.concat([decipher.update(ciphertext.subarray(0, end)), decipher.final()]);
}
