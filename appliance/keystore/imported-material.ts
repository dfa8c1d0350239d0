// Imported material in the software key store: out of its wrapping, in a worker thread, and told apart by a keyed
// fingerprint. Every fault is the one InvalidKeyMaterial. Source: control-plane specification 3.4.3.

import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { keySpec } from '../core/key-specs.ts';
import type { MaterialIdentity, WrappedMaterial } from '../core/ports/key-store.ts';
import { KmsError } from '../errors.ts';
import type { AsymmetricLane } from './asymmetric-lane.ts';
import { KeyMaterial } from './key-material.ts';
import { importSm2Key } from './sm2-key.ts';

export interface UnwrappedMaterial {
  /** The caller's to destroy. */
  readonly material: KeyMaterial;
  readonly publicKey: Buffer | null;
  /** False: the material is random bytes, which must go the way of others and be refused at its end. */
  readonly genuine: boolean;
}

const FINGERPRINT_KEY_BYTES = 32;

/** Of the sealing key, for this purpose alone. */
export function deriveFingerprintKey(sealingKey: KeyObject): KeyObject {
  const label = 'dedicated-kms/material-fingerprint/v1';
  const derived = Buffer.from(hkdfSync('sha256', sealingKey, '', label, FINGERPRINT_KEY_BYTES));
  const key = createSecretKey(derived);
  derived.fill(0);
  return key;
}

/** The wrapping key's private half as the worker operations take it. */
export function wrappingPrivateKey(spec: WrappedMaterial['wrappingKey']['spec'], pkcs8: Buffer): KeyObject {
  if (spec === 'EC_SM2') return createSecretKey(pkcs8);
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

/** @throws KmsError InvalidKeyMaterial */
export async function unwrapMaterial(
  lane: AsymmetricLane,
  { spec }: MaterialIdentity,
  { privateKey, wrapped }: { readonly privateKey: KeyObject; readonly wrapped: WrappedMaterial },
): Promise<UnwrappedMaterial> {
  const kind = keySpec(spec).material;
  const args = { privateKey, encrypted: new Uint8Array(wrapped.encryptedKeyMaterial) };
  const { name } = wrapped.algorithm;
  if (kind.type === 'symmetric') {
    if (name === 'SM2PKE_SM4_ECB' || name === 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD') throw unsuitable();
    const { bytes } = kind;
    const marked = ownBuffer(await lane.run('unwrapSymmetric', { ...args, algorithm: name, bytes }));
    const genuine = marked.at(-1) === 1;
    return { material: new KeyMaterial(marked.subarray(0, bytes)), publicKey: null, genuine };
  }
  if (kind.type === 'sm2') {
    if (name !== 'SM2PKE_SM4_ECB') throw unsuitable();
    const pkcs8 = keyOrRefusal(await lane.run('unwrapSm2', args));
    const { publicKey } = importSm2Key(pkcs8);
    return { material: new KeyMaterial(pkcs8), publicKey: publicKey.export(), genuine: true };
  }
  if (name !== 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD') throw unsuitable();
  const pkcs8 = keyOrRefusal(await lane.run('unwrapPair', { ...args, kind }));
  return { material: new KeyMaterial(pkcs8), publicKey: publicKeyInfo(pkcs8), genuine: true };
}

/**
 * HMAC-SHA-256 over the key's id and what makes the material this and no other: a key pair's public key, which has one
 * spelling where private keys have several, or the symmetric key.
 */
export function fingerprintOf(
  fingerprintKey: KeyObject,
  keyId: string,
  { material, publicKey }: Omit<UnwrappedMaterial, 'genuine'>,
): Buffer {
  const mac = createHmac('sha256', fingerprintKey).update(keyId).update('\0');
  return material.use((bytes) => mac.update(publicKey ?? bytes).digest());
}

function publicKeyInfo(pkcs8: Buffer): Buffer {
  const key = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
  return key.export({ type: 'spki', format: 'der' });
}

function keyOrRefusal(pkcs8: Uint8Array | null): Buffer {
  if (pkcs8 === null) throw new KmsError('InvalidKeyMaterial');
  return ownBuffer(pkcs8);
}

function ownBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Callers choose the algorithm from the row that suits the spec. */
function unsuitable(): Error {
  return new Error('the wrapping algorithm does not suit the key spec');
}
