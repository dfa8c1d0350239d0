// The table of key specs a token works with. Codes are stored in blobs and never change or get reused.
// Lengths of a symmetric value and curve names follow FIPS 197, SEC 2 and GB/T 32907, 32918.

/** Keys that tokens have themselves. */
export type TokenKeyKind =
  | { readonly type: 'aes'; readonly bytes: number }
  | { readonly type: 'rsa'; readonly modulusBits: number }
  | { readonly type: 'ec'; readonly curve: HsmCurve };

/** Keys that are sealed by a token and used beside it (sm-envelope.ts); `bytes` of the secret. */
export type SmKeyKind = { readonly type: 'sm4' | 'sm2'; readonly bytes: number };

export type KeyKind = TokenKeyKind | SmKeyKind;

/** As node:crypto names them. */
export type HsmCurve = 'prime256v1' | 'secp256k1';

interface HsmKeySpecRow {
  readonly code: number;
  readonly kind: KeyKind;
}

export const HSM_KEY_SPECS = {
  AES_128: { code: 1, kind: { type: 'aes', bytes: 16 } },
  AES_192: { code: 2, kind: { type: 'aes', bytes: 24 } },
  AES_256: { code: 3, kind: { type: 'aes', bytes: 32 } },
  RSA_2048: { code: 16, kind: { type: 'rsa', modulusBits: 2048 } },
  RSA_3072: { code: 17, kind: { type: 'rsa', modulusBits: 3072 } },
  RSA_4096: { code: 18, kind: { type: 'rsa', modulusBits: 4096 } },
  EC_P256: { code: 32, kind: { type: 'ec', curve: 'prime256v1' } },
  EC_P256K: { code: 33, kind: { type: 'ec', curve: 'secp256k1' } },
  SM4: { code: 48, kind: { type: 'sm4', bytes: 16 } },
  SM2: { code: 49, kind: { type: 'sm2', bytes: 32 } },
} as const satisfies Record<string, HsmKeySpecRow>;

export type HsmKeySpec = keyof typeof HSM_KEY_SPECS;

const BY_CODE: ReadonlyMap<number, HsmKeySpec> = new Map(
  Object.entries(HSM_KEY_SPECS).map(([name, { code }]) => [code, name as HsmKeySpec]),
);

export function keySpecOfCode(code: number): HsmKeySpec | undefined {
  return BY_CODE.get(code);
}

export function isHsmKeySpec(name: string): name is HsmKeySpec {
  return Object.hasOwn(HSM_KEY_SPECS, name);
}

export function kindOf(spec: HsmKeySpec): KeyKind {
  return HSM_KEY_SPECS[spec].kind;
}

export function isSmKind(kind: KeyKind): kind is SmKeyKind {
  return kind.type === 'sm4' || kind.type === 'sm2';
}
