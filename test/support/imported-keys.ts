// Whether an imported key is the one that was made outside: each side opens and verifies what the other made.

import {
  constants,
  createCipheriv,
  createDecipheriv,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { expect } from 'vitest';
import type { KeyVersion } from '../../appliance/core/key.ts';
import type { KeyStore } from '../../appliance/core/ports/key-store.ts';
import { present } from './present.ts';
import { smCryptoPeer } from './sm2-peers.ts';
import { encryption, signature } from './software-keys.ts';
import type { SourceKey } from './wrapping-side.ts';

const text = Buffer.from('the same key on both sides');
const raw = { type: 'RAW', message: text } as const;

export async function expectSameKey(
  keyStore: KeyStore,
  version: KeyVersion,
  source: SourceKey,
): Promise<void> {
  if (source.point) return sameSm2Key(keyStore, version, { scalar: source.material, point: source.point });
  if (!source.pair) return sameSymmetricKey(keyStore, version, source.material);
  const { privateKey, publicKey } = source.pair;
  expect(version.publicKey).toEqual(publicKey.export({ type: 'spki', format: 'der' }));
  const isRsa = version.spec.startsWith('RSA');
  const signing = signature(isRsa ? 'RSA_PKCS1_SHA_256' : 'ECDSA_SHA_256');
  expect(verify('sha256', text, publicKey, await keyStore.sign(version, signing, raw))).toBe(true);
  expect(await keyStore.verify(version, signing, raw, sign('sha256', text, privateKey))).toBe(true);
  if (!isRsa) return;
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  const oaep = encryption('RSAES_OAEP_SHA_256');
  const { ciphertext } = await keyStore.encrypt(version, oaep, { plaintext: text });
  expect(privateDecrypt({ key: privateKey, ...padding }, ciphertext)).toEqual(text);
  const made = publicEncrypt({ key: publicKey, ...padding }, text);
  expect(await keyStore.decrypt(version, oaep, { ciphertext: made, iv: Buffer.alloc(0) })).toEqual(text);
}

/** AES-GCM by node:crypto; SM4-GCM has its own oracle elsewhere and is only opened again by the same material. */
async function sameSymmetricKey(keyStore: KeyStore, version: KeyVersion, material: Buffer): Promise<void> {
  expect(version.publicKey).toBeNull();
  const iv = randomBytes(12);
  if (version.spec === 'Aliyun_SM4') {
    // GCM's key stream starts with the block cipher on IV | 2.
    const stream = createCipheriv('sm4-ecb', material, null).update(
      Buffer.concat([iv, Buffer.of(0, 0, 0, 2)]),
    );
    const { ciphertext } = await keyStore.encrypt(version, encryption('SM4_GCM'), {
      plaintext: Buffer.alloc(16),
      iv,
    });
    expect(ciphertext.subarray(0, 16)).toEqual(stream.subarray(0, 16));
    return;
  }
  const gcm = `aes-${String(8 * material.length)}-gcm` as 'aes-256-gcm';
  const aes = encryption('AES_GCM');
  const cipher = createCipheriv(gcm, material, iv);
  const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  expect(await keyStore.decrypt(version, aes, { ciphertext: sealed, iv })).toEqual(text);
  const made = await keyStore.encrypt(version, aes, { plaintext: text });
  const decipher = createDecipheriv(gcm, material, made.iv);
  decipher.setAuthTag(made.ciphertext.subarray(-16));
  expect(Buffer.concat([decipher.update(made.ciphertext.subarray(0, -16)), decipher.final()])).toEqual(text);
}

async function sameSm2Key(
  keyStore: KeyStore,
  version: KeyVersion,
  key: { readonly scalar: Buffer; readonly point: Buffer },
): Promise<void> {
  expect(present(version.publicKey).subarray(-65)).toEqual(key.point);
  const dsa = signature('SM2DSA');
  expect(smCryptoPeer.verify(key, text, await keyStore.sign(version, dsa, raw))).toBe(true);
  expect(await keyStore.verify(version, dsa, raw, smCryptoPeer.sign(key, text))).toBe(true);
  const pke = encryption('SM2PKE');
  const { ciphertext } = await keyStore.encrypt(version, pke, { plaintext: text });
  expect(smCryptoPeer.decrypt(key, ciphertext)).toEqual(text);
  const made = smCryptoPeer.encrypt(key, text);
  expect(await keyStore.decrypt(version, pke, { ciphertext: made, iv: Buffer.alloc(0) })).toEqual(text);
}
