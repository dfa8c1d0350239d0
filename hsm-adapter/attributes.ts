// Every template that goes into a token, built here from typed values: the library aborts the process on a malformed
// attribute, and an unwrap template decides whether a key could be read. Nothing of a request ever becomes an attribute.
// Source: HSM specification, section B.

import { CKA, CKK, CKM, CKO } from './cryptoki.ts';
import type { HsmCurve, TokenKeyKind } from './key-specs.ts';
import type { Attribute, Template } from './pkcs11-module.ts';

export const DOMAIN_KEY_LABEL = 'kms-domain-key';
export const MEMBER_KEY_LABEL = 'kms-member-key';
export const HAND_OVER_LABEL = 'kms-domain-key-hand-over';
const APPLICATION = 'dedicated-kms';
const MEMBER_MODULUS_BITS = 3072;
export const PUBLIC_EXPONENT = Buffer.of(1, 0, 1);
const ULONG_BYTES = 8;

const EC_PARAMS: Readonly<Record<HsmCurve, Buffer>> = {
  prime256v1: Buffer.from('06082a8648ce3d030107', 'hex'),
  secp256k1: Buffer.from('06052b8104000a', 'hex'),
};

/** What a token can be asked to make, unwrap or use: its own kinds of keys, and the secrets that seal those of others. */
export type TokenObjectKind = TokenKeyKind | { readonly type: 'sealing'; readonly bytes: number };

const CLASS_AND_TYPE = {
  aes: { keyClass: CKO.SECRET_KEY, keyType: CKK.AES, uses: [CKA.ENCRYPT, CKA.DECRYPT] },
  rsa: { keyClass: CKO.PRIVATE_KEY, keyType: CKK.RSA, uses: [CKA.DECRYPT, CKA.SIGN] },
  ec: { keyClass: CKO.PRIVATE_KEY, keyType: CKK.EC, uses: [CKA.SIGN, CKA.DERIVE] },
  sealing: { keyClass: CKO.SECRET_KEY, keyType: CKK.GENERIC_SECRET, uses: [CKA.SIGN] },
} as const satisfies Record<TokenObjectKind['type'], unknown>;

const SECRET_USES = [
  CKA.ENCRYPT,
  CKA.DECRYPT,
  CKA.WRAP,
  CKA.UNWRAP,
  CKA.SIGN,
  CKA.VERIFY,
  CKA.DERIVE,
] as const;

const USES: Readonly<Record<TokenObjectKind['type'], readonly number[]>> = {
  aes: SECRET_USES,
  sealing: SECRET_USES,
  rsa: [CKA.DECRYPT, CKA.SIGN, CKA.UNWRAP],
  ec: [CKA.SIGN, CKA.DERIVE, CKA.UNWRAP],
};

const flag = (type: number, value: boolean): Attribute => ({ type, value });
const number = (type: number, value: number): Attribute => ({ type, value });
const bytes = (type: number, value: Buffer): Attribute => ({ type, value });
const text = (type: number, value: string): Attribute => ({ type, value });

const SESSION_SECRET = [
  flag(CKA.TOKEN, false),
  flag(CKA.PRIVATE, true),
  flag(CKA.SENSITIVE, true),
  flag(CKA.EXTRACTABLE, true),
];

/** The freshly generated private or secret half: lives in a session just long enough to be wrapped by the domain key. */
export function newKey(kind: TokenObjectKind): Template {
  const size = 'bytes' in kind ? [number(CKA.VALUE_LEN, kind.bytes)] : [];
  return [...SESSION_SECRET, ...uses(kind.type), ...size];
}

export function newPublicKey(kind: TokenKeyKind): Template {
  const session = [flag(CKA.TOKEN, false), flag(CKA.PRIVATE, false), flag(CKA.VERIFY, true)];
  if (kind.type === 'rsa') return [...session, ...modulus(kind.modulusBits)];
  return kind.type === 'ec' ? [...session, bytes(CKA.EC_PARAMS, EC_PARAMS[kind.curve])] : session;
}

/** A key on its way through the node process into its blob: as newKey, for an unwrapping call. */
export function importedKey(kind: TokenKeyKind): Template {
  return [...classAndType(kind.type), ...SESSION_SECRET, ...uses(kind.type)];
}

/** A key in use: it cannot be read, wrapped or changed any more. */
export function usedKey(kind: TokenObjectKind): Template {
  return [...classAndType(kind.type), ...LOCKED_SESSION, ...uses(kind.type), flag(CKA.MODIFIABLE, false)];
}

const LOCKED_SESSION = [
  flag(CKA.TOKEN, false),
  flag(CKA.PRIVATE, true),
  flag(CKA.SENSITIVE, true),
  flag(CKA.EXTRACTABLE, false),
];

/** The domain key as it stays in a token: wraps and unwraps by RFC 5649, and can be nothing else ever. */
export function domainKey(): Template {
  return [
    ...classAndType('aes'),
    flag(CKA.TOKEN, true),
    flag(CKA.PRIVATE, true),
    flag(CKA.SENSITIVE, true),
    flag(CKA.EXTRACTABLE, false),
    text(CKA.LABEL, DOMAIN_KEY_LABEL),
    ...wrappingUses(),
    bytes(CKA.ALLOWED_MECHANISMS, mechanismList(CKM.AES_KEY_WRAP_PAD)),
    // Last: SoftHSM applies a template in its order, and refuses whatever comes after this.
    flag(CKA.MODIFIABLE, false),
  ];
}

/** The domain key for the moment of its creation or hand-over, to be wrapped under a member key. */
export function domainKeyInTransit(): Template {
  return [...SESSION_SECRET, ...wrappingUses()];
}

export const DOMAIN_KEY_BYTES = 32;

export function newDomainKey(): Template {
  return [...domainKeyInTransit(), number(CKA.VALUE_LEN, DOMAIN_KEY_BYTES)];
}

export function unwrappedDomainKeyInTransit(): Template {
  return [...classAndType('aes'), ...domainKeyInTransit()];
}

/** A wrapping key made by the node process for one import. */
export function transportKey(): Template {
  return [
    ...classAndType('aes'),
    flag(CKA.TOKEN, false),
    flag(CKA.PRIVATE, true),
    flag(CKA.SENSITIVE, true),
    flag(CKA.EXTRACTABLE, false),
    ...wrappingUses(),
  ];
}

/** The member's own RSA key, under which it receives the domain key. */
export function memberKeyPair(): { readonly publicKey: Template; readonly privateKey: Template } {
  const common = [flag(CKA.TOKEN, true), text(CKA.LABEL, MEMBER_KEY_LABEL)];
  return {
    publicKey: [
      ...common,
      flag(CKA.PRIVATE, false),
      flag(CKA.WRAP, true),
      flag(CKA.VERIFY, false),
      flag(CKA.ENCRYPT, false),
      ...modulus(MEMBER_MODULUS_BITS),
    ],
    privateKey: [
      ...common,
      flag(CKA.PRIVATE, true),
      flag(CKA.SENSITIVE, true),
      flag(CKA.EXTRACTABLE, false),
      flag(CKA.UNWRAP, true),
      flag(CKA.SIGN, false),
      flag(CKA.DECRYPT, false),
    ],
  };
}

/** Another member's public key, for wrapping the domain key once. */
export function peerPublicKey(modulusBytes: Buffer, exponent: Buffer): Template {
  return [
    number(CKA.CLASS, CKO.PUBLIC_KEY),
    number(CKA.KEY_TYPE, CKK.RSA),
    flag(CKA.TOKEN, false),
    flag(CKA.PRIVATE, false),
    flag(CKA.WRAP, true),
    bytes(CKA.MODULUS, modulusBytes),
    bytes(CKA.PUBLIC_EXPONENT, exponent),
  ];
}

/** The domain key wrapped under the member key, kept so that this member can hand it on to another. */
export function handOverRecord(wrapped: Buffer): Template {
  return [
    ...find(CKO.DATA, HAND_OVER_LABEL),
    text(CKA.APPLICATION, APPLICATION),
    bytes(CKA.VALUE, wrapped),
    flag(CKA.PRIVATE, true),
  ];
}

/** A known key, whose wrapping shows which domain key a member has. */
export function knownKey(value: Buffer): Template {
  return [...classAndType('aes'), ...SESSION_SECRET, bytes(CKA.VALUE, value)];
}

/** An agreed secret, to be read right after its derivation. */
export function agreedSecret(length: number): Template {
  return [
    number(CKA.CLASS, CKO.SECRET_KEY),
    number(CKA.KEY_TYPE, CKK.GENERIC_SECRET),
    flag(CKA.TOKEN, false),
    flag(CKA.PRIVATE, true),
    flag(CKA.SENSITIVE, false),
    flag(CKA.EXTRACTABLE, true),
    number(CKA.VALUE_LEN, length),
  ];
}

/** A search for token objects. */
export function find(objectClass: number, label: string): Template {
  return [number(CKA.CLASS, objectClass), flag(CKA.TOKEN, true), text(CKA.LABEL, label)];
}

function classAndType(type: TokenObjectKind['type']): Template {
  const { keyClass, keyType } = CLASS_AND_TYPE[type];
  return [number(CKA.CLASS, keyClass), number(CKA.KEY_TYPE, keyType)];
}

function uses(type: TokenObjectKind['type']): Template {
  const allowed: readonly number[] = CLASS_AND_TYPE[type].uses;
  return USES[type].map((use) => flag(use, allowed.includes(use)));
}

function wrappingUses(): Template {
  return USES.aes.map((use) => flag(use, use === CKA.WRAP || use === CKA.UNWRAP));
}

function modulus(bits: number): Template {
  return [number(CKA.MODULUS_BITS, bits), bytes(CKA.PUBLIC_EXPONENT, PUBLIC_EXPONENT)];
}

/** CK_MECHANISM_TYPE[]: native longs, little-endian on every platform this runs on. */
function mechanismList(mechanism: number): Buffer {
  const list = Buffer.alloc(ULONG_BYTES);
  list.writeBigUInt64LE(BigInt(mechanism));
  return list;
}
