// What the HSM does for each spec and algorithm, a row each. Whatever needs a private or secret key is a call of the HSM;
// whatever needs a public key alone is done here, off the event loop, by the ciphers of the software key store.
// A spec or algorithm without a row is refused: nothing is ever done with a key outside the HSM instead.
// Sources: design section 4, data-plane specification 4.4 and 4.5.

import { createHash, type KeyObject, webcrypto } from 'node:crypto';
import type {
  Hsm,
  HsmKey,
  HsmKeySpec,
  HsmSignature,
  HsmWrapping,
  OaepCipher,
  OperationName,
  SymmetricCipher,
} from '../../hsm-adapter/index.ts';
import { digestMessage } from '../../sm/index.js';
import type { EncryptionAlgorithmName, PaddingMode, SignatureAlgorithmName } from '../core/algorithms.ts';
import type { RandomBytes } from '../core/ids.ts';
import type { KeySpec, KeySpecName } from '../core/key-specs.ts';
import type {
  Awaitable,
  DecryptInput,
  EncryptInput,
  EncryptOutput,
  SignInput,
} from '../core/ports/key-store.ts';
import type { WrappingAlgorithmName } from '../core/wrapping.ts';
import type { AsymmetricLane } from './asymmetric-lane.ts';
import type { EncryptionCipher, SignatureCipher } from './ciphers/cipher.ts';
import { ecdsa } from './ciphers/ecdsa.ts';
import { ecies, openEcies } from './ciphers/ecies.ts';
import { rsaOaep } from './ciphers/rsa-oaep.ts';
import { rsaPkcs1, rsaPss } from './ciphers/rsa-signature.ts';
import { sm2Dsa, sm2Pke } from './ciphers/sm2.ts';

const POINT_BYTES = 65;

/** A key as it is worked with: nothing of it is secret in the clear. */
export interface OpenedHsmKey {
  readonly spec: KeySpec;
  readonly hsmKey: HsmKey;
  /** Null for symmetric keys; of SM2 see sm2-key.ts. */
  readonly publicKey: KeyObject | null;
}

export interface HsmEncryptionCipher {
  /** What the HSM must be able to do before anything is encrypted here: else it would never be decrypted. */
  readonly needs: OperationName | null;
  encrypt(key: OpenedHsmKey, input: EncryptInput): Promise<EncryptOutput>;
  decrypt(key: OpenedHsmKey, input: DecryptInput): Promise<Buffer>;
}

export interface HsmSignatureCipher {
  sign(key: OpenedHsmKey, input: SignInput): Promise<Buffer>;
  verify(key: OpenedHsmKey, input: SignInput, signature: Uint8Array): Promise<boolean>;
}

export const HSM_SPECS: Readonly<Record<KeySpecName, HsmKeySpec>> = {
  Aliyun_AES_128: 'AES_128',
  Aliyun_AES_192: 'AES_192',
  Aliyun_AES_256: 'AES_256',
  RSA_2048: 'RSA_2048',
  RSA_3072: 'RSA_3072',
  RSA_4096: 'RSA_4096',
  EC_P256: 'EC_P256',
  EC_P256K: 'EC_P256K',
  Aliyun_SM4: 'SM4',
  EC_SM2: 'SM2',
};

export const HSM_WRAPPINGS: Readonly<Record<WrappingAlgorithmName, HsmWrapping>> = {
  RSAES_PKCS1_V1_5: 'RSA_PKCS1_V1_5',
  RSAES_OAEP_SHA_256: 'RSA_OAEP_SHA_256',
  SM2PKE: 'SM2PKE',
  RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD: 'RSA_OAEP_SHA_256_AES_256_ECB_PKCS7',
  SM2PKE_SM4_ECB: 'SM2PKE_SM4_ECB',
};

export interface HsmCipherParts {
  readonly hsm: Hsm;
  readonly lane: AsymmetricLane;
  readonly randomBytes: RandomBytes;
}

export function hsmEncryption({
  hsm,
  lane,
}: HsmCipherParts): Readonly<Partial<Record<EncryptionAlgorithmName, HsmEncryptionCipher>>> {
  return {
    AES_GCM: symmetric(hsm, () => 'AES_GCM'),
    AES_CBC: symmetric(hsm, (padding) => (padding === 'NO_PADDING' ? 'AES_CBC' : 'AES_CBC_PKCS7')),
    AES_ECB: withoutIv(hsm, (padding) => (padding === 'NO_PADDING' ? 'AES_ECB' : 'AES_ECB_PKCS7')),
    RSAES_OAEP_SHA_256: oaep(hsm, 'RSA_OAEP_SHA_256', 'SHA-256'),
    RSAES_OAEP_SHA_1: oaep(hsm, 'RSA_OAEP_SHA_1', 'SHA-1'),
    ECIES_DH_SHA_1_XOR_HMAC: publicKeyCipher(ecies(lane), 'ECDH', ({ hsmKey }, { ciphertext }) =>
      openEcies(ciphertext, async (point, bytes) => {
        const secret = await hsm.agree(hsmKey, point);
        const args = { secret: new Uint8Array(secret), bytes };
        secret.fill(0);
        return lane.run('derive', args).finally(() => args.secret.fill(0));
      }),
    ),
    SM4_GCM: symmetric(hsm, () => 'SM4_GCM'),
    SM4_CBC: symmetric(hsm, (padding) => (padding === 'NO_PADDING' ? 'SM4_CBC' : 'SM4_CBC_PKCS7')),
    SM4_ECB: withoutIv(hsm, (padding) => (padding === 'NO_PADDING' ? 'SM4_ECB' : 'SM4_ECB_PKCS7')),
    SM2PKE: publicKeyCipher(sm2Pke(lane), 'SM2PKE', ({ hsmKey }, { ciphertext }) =>
      hsm.decrypt(hsmKey, 'SM2PKE', { ciphertext }),
    ),
  };
}

export function hsmSignature({
  hsm,
  lane,
  randomBytes,
}: HsmCipherParts): Readonly<Partial<Record<SignatureAlgorithmName, HsmSignatureCipher>>> {
  return {
    RSA_PSS_SHA_256: signature(hsm, 'RSA_PSS_SHA_256', rsaPss(lane, randomBytes)),
    RSA_PKCS1_SHA_256: signature(hsm, 'RSA_PKCS1_SHA_256', rsaPkcs1(lane)),
    ECDSA_SHA_256: signature(hsm, 'ECDSA_SHA_256', ecdsa(lane)),
    SM2DSA: signature(hsm, 'SM2DSA', sm2Dsa(lane), sm2Digest(lane)),
  };
}

function symmetric(
  hsm: Hsm,
  cipherOf: (padding: PaddingMode | undefined) => SymmetricCipher,
): HsmEncryptionCipher {
  return {
    needs: null,
    encrypt: ({ hsmKey }, { padding, ...input }) => hsm.encrypt(hsmKey, cipherOf(padding), input),
    decrypt: ({ hsmKey }, { padding, ...input }) => hsm.decrypt(hsmKey, cipherOf(padding), input),
  };
}

/** The port ignores an IV where none belongs; the HSM does not. */
function withoutIv(hsm: Hsm, cipherOf: Parameters<typeof symmetric>[1]): HsmEncryptionCipher {
  return {
    needs: null,
    encrypt: ({ hsmKey }, { padding, plaintext }) => hsm.encrypt(hsmKey, cipherOf(padding), { plaintext }),
    decrypt: ({ hsmKey }, { padding, ciphertext }) => hsm.decrypt(hsmKey, cipherOf(padding), { ciphertext }),
  };
}

function oaep(hsm: Hsm, name: OaepCipher, hash: 'SHA-256' | 'SHA-1'): HsmEncryptionCipher {
  return publicKeyCipher(rsaOaep(hash), name, ({ hsmKey }, { ciphertext }) =>
    hsm.decrypt(hsmKey, name, { ciphertext }),
  );
}

function publicKeyCipher(
  cipher: EncryptionCipher,
  needs: OperationName,
  decrypt: HsmEncryptionCipher['decrypt'],
): HsmEncryptionCipher {
  return {
    needs,
    encrypt: async ({ publicKey }, input) => cipher.encrypt(required(publicKey), input),
    decrypt,
  };
}

/** What is signed in place of a message. */
type Digest = (message: Uint8Array, publicKey: KeyObject) => Awaitable<Uint8Array>;

function signature(
  hsm: Hsm,
  name: HsmSignature,
  cipher: SignatureCipher,
  digest: Digest = sha256,
): HsmSignatureCipher {
  return {
    sign: async ({ hsmKey, publicKey }, input) => {
      const signed =
        input.type === 'DIGEST' ? input.digest : await digest(input.message, required(publicKey));
      return hsm.sign(hsmKey, name, signed);
    },
    verify: async ({ publicKey }, input, value) => cipher.verify(required(publicKey), input, value),
  };
}

const MAX_BYTES_ON_LOOP = 16_384;

const sha256: Digest = async (message) => {
  if (message.length <= MAX_BYTES_ON_LOOP) return createHash('sha256').update(message).digest();
  return new Uint8Array(await webcrypto.subtle.digest('SHA-256', message));
};

/** e = SM3(Z | M), of which Z binds the signer. */
function sm2Digest(lane: AsymmetricLane): Digest {
  return (message, publicKey) => {
    if (message.length <= MAX_BYTES_ON_LOOP)
      return digestMessage({ point: publicKey.export().subarray(-POINT_BYTES), message });
    return lane.run('sm2Digest', { publicKey, message: new Uint8Array(message) }, message.length);
  };
}

function required(publicKey: KeyObject | null): KeyObject {
  if (publicKey === null) throw new Error('the key has no public key');
  return publicKey;
}
