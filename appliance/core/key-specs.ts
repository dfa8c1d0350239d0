// The table of key specs: what kind of material each is, what it may be used for and with which algorithms.
// What of it an edition leaves out is in editions.ts.
// Sources: data-plane specification 4.4, 4.5, 7.2; control-plane specification 2.1.1.

import type { EncryptionAlgorithm, EncryptionAlgorithmName, SignatureAlgorithmName } from './algorithms.ts';

export type KeyUsage = 'ENCRYPT/DECRYPT' | 'SIGN/VERIFY';

/** How material of a spec is made: random bytes, an RSA modulus of so many bits, or a point on a named curve, SM2's apart. */
export type MaterialKind =
  | { readonly type: 'symmetric'; readonly bytes: number }
  | { readonly type: 'rsa'; readonly modulusBits: number }
  | { readonly type: 'ec'; readonly curve: 'prime256v1' | 'secp256k1' }
  | { readonly type: 'sm2' };

/** The kinds that data key pairs are made of. */
export type PairKind = Extract<MaterialKind, { readonly type: 'rsa' | 'ec' }>;

export function isPairKind(kind: MaterialKind): kind is PairKind {
  return kind.type === 'rsa' || kind.type === 'ec';
}

export interface KeySpec {
  readonly name: KeySpecName;
  readonly material: MaterialKind;
  /** The first is the default of CreateKey. */
  readonly usages: readonly KeyUsage[];
  /** The first is the default algorithm. */
  readonly encryption: readonly EncryptionAlgorithmName[];
  /** Offered by the OpenAPI only, besides: for what shared KMS encrypted to a key. */
  readonly openApiEncryption: readonly EncryptionAlgorithmName[];
  readonly signature: readonly SignatureAlgorithmName[];
}

const RSA = {
  usages: ['SIGN/VERIFY', 'ENCRYPT/DECRYPT'],
  encryption: ['RSAES_OAEP_SHA_256'],
  openApiEncryption: ['RSAES_OAEP_SHA_1'],
  signature: ['RSA_PSS_SHA_256', 'RSA_PKCS1_SHA_256'],
} as const;

const EC = {
  usages: ['SIGN/VERIFY', 'ENCRYPT/DECRYPT'],
  encryption: ['ECIES_DH_SHA_1_XOR_HMAC'],
  openApiEncryption: [],
  signature: ['ECDSA_SHA_256'],
} as const;

const AES = {
  usages: ['ENCRYPT/DECRYPT'],
  encryption: ['AES_GCM', 'AES_CBC', 'AES_ECB'],
  openApiEncryption: [],
  signature: [],
} as const;

const TABLE = {
  Aliyun_AES_256: { material: { type: 'symmetric', bytes: 32 }, ...AES },
  Aliyun_AES_192: { material: { type: 'symmetric', bytes: 24 }, ...AES },
  Aliyun_AES_128: { material: { type: 'symmetric', bytes: 16 }, ...AES },
  RSA_2048: { material: { type: 'rsa', modulusBits: 2048 }, ...RSA },
  RSA_3072: { material: { type: 'rsa', modulusBits: 3072 }, ...RSA },
  RSA_4096: { material: { type: 'rsa', modulusBits: 4096 }, ...RSA },
  EC_P256: { material: { type: 'ec', curve: 'prime256v1' }, ...EC },
  EC_P256K: { material: { type: 'ec', curve: 'secp256k1' }, ...EC },
  Aliyun_SM4: {
    material: { type: 'symmetric', bytes: 16 },
    usages: ['ENCRYPT/DECRYPT'],
    encryption: ['SM4_GCM', 'SM4_CBC', 'SM4_ECB'],
    openApiEncryption: [],
    signature: [],
  },
  EC_SM2: {
    material: { type: 'sm2' },
    usages: ['SIGN/VERIFY', 'ENCRYPT/DECRYPT'],
    encryption: ['SM2PKE'],
    openApiEncryption: [],
    signature: ['SM2DSA'],
  },
} as const satisfies Record<string, Omit<KeySpec, 'name'>>;

export type KeySpecName = keyof typeof TABLE;

const ROWS = Object.fromEntries(
  Object.entries(TABLE).map(([name, row]) => [name, { name, ...row }]),
) as unknown as Readonly<Record<KeySpecName, KeySpec>>;

/** The specs that an instance with the setting `sm.enabled` off makes no keys of. */
export const SM_KEY_SPECS: ReadonlySet<KeySpecName> = new Set<KeySpecName>(['Aliyun_SM4', 'EC_SM2']);

export const KEY_SPECS: ReadonlyMap<string, KeySpec> = new Map(Object.entries(ROWS));

/** The row of a spec name from outside; undefined when the name is not in the table. */
export function findKeySpec(name: string): KeySpec | undefined {
  return KEY_SPECS.get(name);
}

/** The row of a spec name that came from the table in the first place (a stored key's spec). */
export function keySpec(name: KeySpecName): KeySpec {
  return ROWS[name];
}

/** The longest plaintext that an algorithm takes with a key of the spec, in bytes. */
export function maxPlaintextBytes({ material }: KeySpec, { maxPlaintext }: EncryptionAlgorithm): number {
  return maxPlaintext?.(material.type === 'rsa' ? material.modulusBits / 8 : 0) ?? Number.POSITIVE_INFINITY;
}
