// The owner's side of an import: wrapping material as the documentation's recipes do, with implementations that are not
// the product's (node:crypto for RSA, AES and SM4; for SM2 the one written for tests, whose ciphertext needs no key).

import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import type { HsmWrapping } from '../../hsm-adapter/index.ts';
import { rawToDer } from './sm2-oracle.ts';
import { smCryptoPeer } from './sm2-peers.ts';

/** `spki` of the wrapping key; `material` is the symmetric key, PKCS#8, or the SM2 scalar. */
type Wrap = (spki: Buffer, material: Buffer) => Buffer;

const rsaOaep: Wrap = (spki, message) => {
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, message);
};

const rsaPkcs1: Wrap = (spki, message) => {
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, message);
};

const sm2Raw: Wrap = (spki, message) => {
  return smCryptoPeer.encrypt({ scalar: Buffer.alloc(32), point: spki.subarray(-65) }, message);
};

const sm2Der: Wrap = (spki, message) => rawToDer(sm2Raw(spki, message));

export function ecb(cipher: 'aes-256-ecb' | 'sm4-ecb', key: Buffer, data: Buffer, padding: boolean): Buffer {
  const made = createCipheriv(cipher, key, null).setAutoPadding(padding);
  return Buffer.concat([made.update(data), made.final()]);
}

export const WRAP: Readonly<Record<HsmWrapping, Wrap>> = {
  RSA_PKCS1_V1_5: rsaPkcs1,
  RSA_OAEP_SHA_256: rsaOaep,
  SM2PKE: sm2Raw,
  RSA_OAEP_SHA_256_AES_256_ECB_PKCS7: (spki, pkcs8) => {
    const key = randomBytes(32);
    return Buffer.concat([rsaOaep(spki, key), ecb('aes-256-ecb', key, pkcs8, true)]);
  },
  SM2PKE_SM4_ECB: (spki, scalar) => {
    const key = randomBytes(16);
    return Buffer.concat([sm2Raw(spki, key), ecb('sm4-ecb', key, scalar, false)]);
  },
};

/** The same with the SM2 ciphertext in DER, as GmSSL writes it. */
export const WRAP_DER: Readonly<Record<'SM2PKE' | 'SM2PKE_SM4_ECB', Wrap>> = {
  SM2PKE: sm2Der,
  SM2PKE_SM4_ECB: (spki, scalar) => {
    const key = randomBytes(16);
    return Buffer.concat([sm2Der(spki, key), ecb('sm4-ecb', key, scalar, false)]);
  },
};
