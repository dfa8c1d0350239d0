// The tables of encryption and signature algorithms: parameter sizes that hold whatever the key store.
// Sources: data-plane specification 4.4 and 4.5.

/** How a plaintext is made whole blocks: PKCS#7 (RFC 5652 6.3), or not at all, when it must be whole already. */
export type PaddingMode = 'PKCS7_PADDING' | 'NO_PADDING';

export interface EncryptionAlgorithm {
  readonly name: EncryptionAlgorithmName;
  /** Length of the initialisation vector in bytes; 0 when the algorithm has none. */
  readonly ivBytes: number;
  /** Whether additional authenticated data is bound to the ciphertext. */
  readonly aad: boolean;
  /** The first is the default; none for algorithms that take any length as it is. */
  readonly paddingModes: readonly PaddingMode[];
  /** Bytes that a ciphertext has at the least: tag, ephemeral point, … */
  readonly overheadBytes: number;
  /** Longest plaintext in bytes for a modulus of so many bytes, 0 where there is none; unbounded (but for the body limit) when absent. */
  readonly maxPlaintext?: (modulusBytes: number) => number;
}

export interface SignatureAlgorithm {
  readonly name: SignatureAlgorithmName;
  /** The hash applied to a RAW message. */
  readonly hash: 'sha256' | 'sm3';
  /** Exact length of a DIGEST message in bytes. */
  readonly digestBytes: number;
}

/** RSAES-OAEP: two hashes and two bytes of the modulus are not for the plaintext (RFC 8017 7.1.1). */
function oaep(hashBytes: number) {
  return {
    ivBytes: 0,
    aad: false,
    paddingModes: [],
    overheadBytes: 0,
    maxPlaintext: (modulusBytes: number) => modulusBytes - 2 * hashBytes - 2,
  };
}

/** Whole blocks, and no check of what was encrypted. */
const PADDED = { aad: false, paddingModes: ['PKCS7_PADDING', 'NO_PADDING'], overheadBytes: 16 } as const;

const ENCRYPTION = {
  AES_GCM: { ivBytes: 12, aad: true, paddingModes: [], overheadBytes: 16 },
  AES_CBC: { ivBytes: 16, ...PADDED },
  AES_ECB: { ivBytes: 0, ...PADDED },
  RSAES_OAEP_SHA_256: oaep(32),
  RSAES_OAEP_SHA_1: oaep(20),
  ECIES_DH_SHA_1_XOR_HMAC: { ivBytes: 0, aad: false, paddingModes: [], overheadBytes: 85 },
  SM4_GCM: { ivBytes: 12, aad: true, paddingModes: [], overheadBytes: 16 },
  SM4_CBC: { ivBytes: 16, ...PADDED },
  SM4_ECB: { ivBytes: 0, ...PADDED },
  // The overhead is 97 bytes raw, but DER in, with short integers, may have less.
  SM2PKE: { ivBytes: 0, aad: false, paddingModes: [], overheadBytes: 0, maxPlaintext: () => 6047 },
} as const satisfies Record<string, Omit<EncryptionAlgorithm, 'name'>>;

const SIGNATURE = {
  RSA_PSS_SHA_256: { hash: 'sha256', digestBytes: 32 },
  RSA_PKCS1_SHA_256: { hash: 'sha256', digestBytes: 32 },
  ECDSA_SHA_256: { hash: 'sha256', digestBytes: 32 },
  // A RAW message is hashed after Z of the default identity and the public key; a DIGEST is that whole hash.
  SM2DSA: { hash: 'sm3', digestBytes: 32 },
} as const satisfies Record<string, Omit<SignatureAlgorithm, 'name'>>;

export type EncryptionAlgorithmName = keyof typeof ENCRYPTION;
export type SignatureAlgorithmName = keyof typeof SIGNATURE;

export const ENCRYPTION_ALGORITHMS: ReadonlyMap<string, EncryptionAlgorithm> = new Map(
  Object.entries(ENCRYPTION).map(([name, row]) => [name, { name: name as EncryptionAlgorithmName, ...row }]),
);

export const SIGNATURE_ALGORITHMS: ReadonlyMap<string, SignatureAlgorithm> = new Map(
  Object.entries(SIGNATURE).map(([name, row]) => [name, { name: name as SignatureAlgorithmName, ...row }]),
);
