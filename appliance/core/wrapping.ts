// The table of wrapping algorithms: under which wrapping key material comes in, laid out how, for which kinds of key.
// Every combination that is not here is InvalidParameter. Source: control-plane specification 3.4.2.

import type { KeyId, WrappingKeyId } from './ids.ts';
import type { MaterialKind } from './key-specs.ts';

export type WrappingKeySpec = 'RSA_2048' | 'EC_SM2';

export interface WrappingAlgorithm {
  readonly name: WrappingAlgorithmName;
  readonly wrappingKeySpec: WrappingKeySpec;
  /** `direct`: the material itself under the public key. `envelope`: an ephemeral key under it, the material under that. */
  readonly layout: 'direct' | 'envelope';
  /** Kinds of material that come in this way. */
  readonly targets: readonly MaterialKind['type'][];
}

const TABLE = {
  RSAES_PKCS1_V1_5: { wrappingKeySpec: 'RSA_2048', layout: 'direct', targets: ['symmetric'] },
  RSAES_OAEP_SHA_256: { wrappingKeySpec: 'RSA_2048', layout: 'direct', targets: ['symmetric'] },
  SM2PKE: { wrappingKeySpec: 'EC_SM2', layout: 'direct', targets: ['symmetric'] },
  /** RSA-OAEP of an AES-256 key, then PKCS#8 in AES-256-ECB with PKCS#7 padding. */
  RSAES_OAEP_SHA_256_AES_256_ECB_PKCS7_PAD: {
    wrappingKeySpec: 'RSA_2048',
    layout: 'envelope',
    targets: ['rsa', 'ec'],
  },
  /** SM2 ciphertext of an SM4 key, then the bare 32-byte scalar in SM4-ECB without padding. */
  SM2PKE_SM4_ECB: { wrappingKeySpec: 'EC_SM2', layout: 'envelope', targets: ['sm2'] },
} as const satisfies Record<string, Omit<WrappingAlgorithm, 'name'>>;

export type WrappingAlgorithmName = keyof typeof TABLE;

const ROWS = Object.fromEntries(
  Object.entries(TABLE).map(([name, row]) => [name, { name, ...row }]),
) as unknown as Readonly<Record<WrappingAlgorithmName, WrappingAlgorithm>>;

export const WRAPPING_ALGORITHMS: ReadonlyMap<string, WrappingAlgorithm> = new Map(Object.entries(ROWS));

/** The key pair of one import token, as stored; it goes when the token expires. */
export interface WrappingKey {
  readonly id: WrappingKeyId;
  readonly keyId: KeyId;
  readonly spec: WrappingKeySpec;
  readonly algorithm: WrappingAlgorithmName;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly blob: Buffer;
  /** X.509 SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
}

/** The row of a name that came from the table in the first place. */
export function wrappingAlgorithm(name: WrappingAlgorithmName): WrappingAlgorithm {
  return ROWS[name];
}
