// The other side of an import, as a customer has it: keys of one's own and their wrapping, with node:crypto for RSA and
// AES and sm-crypto for SM2 and SM4, without the product's code. Source: control-plane specification 3.4.2, 3.4.3.

import {
  constants,
  createCipheriv,
  createECDH,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import smCrypto from 'sm-crypto';
import type { KeySpecName } from '../../appliance/core/key-specs.ts';
import type { WrappingAlgorithmName } from '../../appliance/core/wrapping.ts';
import type { HsmWrapping } from '../../hsm-adapter/index.ts';
import { rawToDer } from './sm2-oracle.ts';
import { smCryptoPeer } from './sm2-peers.ts';

const POINT_BYTES = 65;

const SYMMETRIC_WAYS = ['RSAES_PKCS1_V1_5', 'RSAES_OAEP_SHA_256', 'SM2PKE'] as const;
const PAIR_WAYS = ['RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD'] as const;
const SM2_WAYS = ['SM2PKE_SM4_ECB'] as const;

/** How the documentation imports a spec, first its default. */
export function waysOf(spec: KeySpecName): readonly WrappingAlgorithmName[] {
  if (spec.startsWith('Aliyun_')) return SYMMETRIC_WAYS;
  return spec === 'EC_SM2' ? SM2_WAYS : PAIR_WAYS;
}

const NAMES_OF_HSM: Readonly<Record<HsmWrapping, WrappingAlgorithmName>> = {
  RSA_PKCS1_V1_5: 'RSAES_PKCS1_V1_5',
  RSA_OAEP_SHA_256: 'RSAES_OAEP_SHA_256',
  SM2PKE: 'SM2PKE',
  RSA_OAEP_SHA_256_AES_256_ECB_PKCS7: 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD',
  SM2PKE_SM4_ECB: 'SM2PKE_SM4_ECB',
};

export function wrappingKeySpecOf(algorithm: WrappingAlgorithmName): 'RSA_2048' | 'EC_SM2' {
  return algorithm.startsWith('SM2') ? 'EC_SM2' : 'RSA_2048';
}

/** A key made outside. */
export interface SourceKey {
  /** What is wrapped: the key bytes, PKCS#8, or the bare scalar of SM2. */
  readonly material: Buffer;
  /** Null for symmetric keys and those of SM2, which node:crypto cannot use. */
  readonly pair: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | null;
  /** 04 | x | y of an SM2 key. */
  readonly point: Buffer | null;
}

export function sourceKey(spec: KeySpecName): SourceKey {
  if (spec.startsWith('Aliyun_')) {
    const bits = spec === 'Aliyun_SM4' ? 128 : Number(spec.slice('Aliyun_AES_'.length));
    return { material: randomBytes(bits / 8), pair: null, point: null };
  }
  if (spec === 'EC_SM2') {
    const ecdh = createECDH('SM2');
    const point = ecdh.generateKeys();
    const scalar = ecdh.getPrivateKey();
    return { material: Buffer.concat([Buffer.alloc(32 - scalar.length), scalar]), pair: null, point };
  }
  const curve = { EC_P256: 'prime256v1', EC_P256K: 'secp256k1' }[spec as string];
  const pair =
    curve === undefined
      ? generateKeyPairSync('rsa', { modulusLength: Number(spec.slice('RSA_'.length)) })
      : generateKeyPairSync('ec', { namedCurve: curve });
  return { material: pair.privateKey.export({ type: 'pkcs8', format: 'der' }), pair, point: null };
}

/** Encrypts under a wrapping key's SubjectPublicKeyInfo. */
export function encryptTo(
  spki: Buffer,
  algorithm: 'RSAES_PKCS1_V1_5' | 'RSAES_OAEP_SHA_256' | 'SM2PKE',
  plaintext: Buffer,
): Buffer {
  if (algorithm === 'SM2PKE') {
    return smCryptoPeer.encrypt({ scalar: Buffer.alloc(0), point: spki.subarray(-POINT_BYTES) }, plaintext);
  }
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return algorithm === 'RSAES_PKCS1_V1_5'
    ? publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, plaintext)
    : publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, plaintext);
}

export interface Envelope {
  readonly key: Buffer;
  readonly content: Buffer;
}

/** The two halves of an envelope; `ephemeral` may be given to wrap several things under one. */
export function envelopeOf(
  spki: Buffer,
  algorithm: WrappingAlgorithmName,
  material: Buffer,
  ephemeral?: Buffer,
): Envelope {
  if (algorithm === 'SM2PKE_SM4_ECB') {
    const key = ephemeral ?? randomBytes(16);
    const options = { padding: 'none', output: 'array' } as const;
    const content = Buffer.from(smCrypto.sm4.encrypt([...material], [...key], options));
    return { key: encryptTo(spki, 'SM2PKE', key), content };
  }
  const key = ephemeral ?? randomBytes(32);
  const cipher = createCipheriv('aes-256-ecb', key, null);
  const content = Buffer.concat([cipher.update(material), cipher.final()]);
  return { key: encryptTo(spki, 'RSAES_OAEP_SHA_256', key), content };
}

/** The same by the HSM adapter's names. */
export function wrapForHsm(
  spki: Buffer,
  wrapping: HsmWrapping,
  material: Buffer,
  form: 'raw' | 'der' = 'raw',
): Buffer {
  return wrap(spki, NAMES_OF_HSM[wrapping], material, form);
}

/** EncryptedKeyMaterial; `der`: SM2 ciphertext as GmSSL writes it. */
export function wrap(
  spki: Buffer,
  algorithm: WrappingAlgorithmName,
  material: Buffer,
  form: 'raw' | 'der' = 'raw',
): Buffer {
  const encode = (ciphertext: Buffer) =>
    form === 'der' && algorithm.startsWith('SM2') ? rawToDer(ciphertext) : ciphertext;
  if (algorithm !== 'SM2PKE_SM4_ECB' && algorithm !== 'RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD')
    return encode(encryptTo(spki, algorithm, material));
  const { key, content } = envelopeOf(spki, algorithm, material);
  return Buffer.concat([encode(key), content]);
}
