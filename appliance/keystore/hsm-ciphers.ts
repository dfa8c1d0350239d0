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
  OperationName,
  SymmetricCipher,
} from '../../hsm-adapter/index.ts';
import type { EncryptionAlgorithmName, PaddingMode, SignatureAlgorithmName } from '../core/algorithms.ts';
import type { RandomBytes } from '../core/ids.ts';
import type { KeySpec, KeySpecName } from '../core/key-specs.ts';
import type { DecryptInput, EncryptInput, EncryptOutput, SignInput } from '../core/ports/key-store.ts';
import type { AsymmetricLane } from './asymmetric-lane.ts';
import type { EncryptionCipher, SignatureCipher } from './ciphers/cipher.ts';
import { ecdsa } from './ciphers/ecdsa.ts';
import { ecies, openEcies } from './ciphers/ecies.ts';
import { rsaOaep } from './ciphers/rsa-oaep.ts';
import { rsaPkcs1, rsaPss } from './ciphers/rsa-signature.ts';

/** A key as it is worked with: nothing of it is secret in the clear. */
export interface OpenedHsmKey {
  readonly spec: KeySpec;
  readonly hsmKey: HsmKey;
  /** Null for symmetric keys. */
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

export const HSM_SPECS: Readonly<Partial<Record<KeySpecName, HsmKeySpec>>> = {
  Aliyun_AES_128: 'AES_128',
  Aliyun_AES_192: 'AES_192',
  Aliyun_AES_256: 'AES_256',
  RSA_2048: 'RSA_2048',
  RSA_3072: 'RSA_3072',
  RSA_4096: 'RSA_4096',
  EC_P256: 'EC_P256',
  EC_P256K: 'EC_P256K',
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
    RSAES_OAEP_SHA_256: publicKeyCipher(
      rsaOaep('SHA-256'),
      'RSA_OAEP_SHA_256',
      ({ hsmKey }, { ciphertext }) => hsm.decrypt(hsmKey, 'RSA_OAEP_SHA_256', { ciphertext }),
    ),
    ECIES_DH_SHA_1_XOR_HMAC: publicKeyCipher(ecies(lane), 'ECDH', ({ hsmKey }, { ciphertext }) =>
      openEcies(ciphertext, async (point, bytes) => {
        const secret = await hsm.agree(hsmKey, point);
        const args = { secret: new Uint8Array(secret), bytes };
        secret.fill(0);
        return lane.run('derive', args).finally(() => args.secret.fill(0));
      }),
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

function signature(hsm: Hsm, name: HsmSignature, cipher: SignatureCipher): HsmSignatureCipher {
  return {
    sign: async ({ hsmKey }, input) => hsm.sign(hsmKey, name, await digestOf(input)),
    verify: async ({ publicKey }, input, value) => cipher.verify(required(publicKey), input, value),
  };
}

const MAX_BYTES_ON_LOOP = 16_384;

async function digestOf(input: SignInput): Promise<Uint8Array> {
  if (input.type === 'DIGEST') return input.digest;
  if (input.message.length <= MAX_BYTES_ON_LOOP) return createHash('sha256').update(input.message).digest();
  return new Uint8Array(await webcrypto.subtle.digest('SHA-256', input.message));
}

function required(publicKey: KeyObject | null): KeyObject {
  if (publicKey === null) throw new Error('the key has no public key');
  return publicKey;
}
