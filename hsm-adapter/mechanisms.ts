// The table of ways: how each operation can be done with the mechanisms a token has. The first way whose mechanisms are
// there, and that the product does not refuse, is taken when the token is opened; capabilities and status show which.
// "token" means inside the token; "token+node" means the key's own operation in the token and the encoding in the node
// process beside it. SM keys are "token+node" as well: no token can use them without the node process, nor the node
// process without the token, but their operations themselves are the node's (sm-envelope.ts). Nothing else falls back to
// a key outside the token.

import { CKM } from './cryptoki.ts';
import type { KeyKind } from './key-specs.ts';

export type WayName =
  | 'gcm'
  | 'cbc'
  | 'cbc-pad'
  | 'cbc-pad-beside'
  | 'ecb'
  | 'ecb-pad-beside'
  | 'oaep'
  | 'oaep-beside'
  | 'oaep-sha1'
  | 'pss'
  | 'pss-beside'
  | 'pkcs1'
  | 'pkcs1-beside'
  | 'ecdsa'
  | 'ecdh'
  | 'rsa-raw'
  | 'aes-generate'
  | 'rsa-generate'
  | 'ec-generate'
  | 'sm4-beside'
  | 'sm2-beside'
  | 'wrap';

interface Way {
  readonly name: WayName;
  readonly where: 'token' | 'token+node';
  readonly needs: readonly number[];
}

const token = (name: WayName, ...needs: number[]): Way => ({ name, where: 'token', needs });
const beside = (name: WayName, ...needs: number[]): Way => ({ name, where: 'token+node', needs });

const SM4 = [beside('sm4-beside', CKM.GENERIC_SECRET_KEY_GEN, CKM.SHA256_HMAC)];
const SM2 = [beside('sm2-beside', CKM.GENERIC_SECRET_KEY_GEN, CKM.SHA256_HMAC)];

const WAYS = {
  AES_GCM: [token('gcm', CKM.AES_GCM)],
  AES_CBC: [token('cbc', CKM.AES_CBC)],
  AES_CBC_PKCS7: [token('cbc-pad', CKM.AES_CBC_PAD), beside('cbc-pad-beside', CKM.AES_CBC)],
  AES_ECB: [token('ecb', CKM.AES_ECB)],
  AES_ECB_PKCS7: [beside('ecb-pad-beside', CKM.AES_ECB)],
  RSA_OAEP_SHA_256: [token('oaep', CKM.RSA_PKCS_OAEP), beside('oaep-beside', CKM.RSA_X_509)],
  RSA_OAEP_SHA_1: [token('oaep-sha1', CKM.RSA_PKCS_OAEP)],
  RSA_PSS_SHA_256: [token('pss', CKM.RSA_PKCS_PSS), beside('pss-beside', CKM.RSA_X_509)],
  RSA_PKCS1_SHA_256: [token('pkcs1', CKM.RSA_PKCS), beside('pkcs1-beside', CKM.RSA_X_509)],
  ECDSA_SHA_256: [token('ecdsa', CKM.ECDSA)],
  ECDH: [token('ecdh', CKM.ECDH1_DERIVE)],
  /** Opens a PKCS#1 v1.5 block of key material beside the token, where bad padding cannot be told from bad material. */
  RSA_UNWRAP: [beside('rsa-raw', CKM.RSA_X_509)],
  GENERATE_AES: [token('aes-generate', CKM.AES_KEY_GEN)],
  GENERATE_RSA: [token('rsa-generate', CKM.RSA_PKCS_KEY_PAIR_GEN)],
  GENERATE_EC: [token('ec-generate', CKM.EC_KEY_PAIR_GEN)],
  SM4_GCM: SM4,
  SM4_CBC: SM4,
  SM4_CBC_PKCS7: SM4,
  SM4_ECB: SM4,
  SM4_ECB_PKCS7: SM4,
  SM2PKE: SM2,
  SM2DSA: SM2,
  GENERATE_SM4: SM4,
  GENERATE_SM2: SM2,
  /** Wrapping by the domain key, and its hand-over under RSA-OAEP with SHA-1: the one hash every token takes. */
  DOMAIN_KEY: [token('wrap', CKM.AES_KEY_WRAP_PAD, CKM.RSA_PKCS_OAEP, CKM.RSA_PKCS_KEY_PAIR_GEN)],
} as const satisfies Record<string, readonly Way[]>;

export type OperationName = keyof typeof WAYS;

/** What a new key of a kind takes. */
export const GENERATING = {
  aes: 'GENERATE_AES',
  rsa: 'GENERATE_RSA',
  ec: 'GENERATE_EC',
  sm4: 'GENERATE_SM4',
  sm2: 'GENERATE_SM2',
} as const satisfies Record<KeyKind['type'], OperationName>;

export interface OperationSupport {
  readonly operation: OperationName;
  readonly where: 'token' | 'token+node' | 'missing';
  /** The way's name; null when the operation is missing. */
  readonly way: WayName | null;
}

const OPERATION_NAMES = Object.keys(WAYS) as OperationName[];

/** How a token with these mechanisms does each operation, leaving out the ways that its product lists but refuses. */
export function chooseWays(
  mechanisms: ReadonlySet<number>,
  refused: readonly WayName[] = [],
): readonly OperationSupport[] {
  return OPERATION_NAMES.map((operation) => {
    const ways: readonly Way[] = WAYS[operation];
    const way = ways.find(({ name, needs }) => {
      return !refused.includes(name) && needs.every((mechanism) => mechanisms.has(mechanism));
    });
    return { operation, where: way?.where ?? 'missing', way: way?.name ?? null };
  });
}

/** What all of several tokens can do; where they differ, the less native way. */
export function commonSupport(
  members: readonly (readonly OperationSupport[])[],
): readonly OperationSupport[] {
  if (members.length === 0) return [];
  const order = ['missing', 'token+node', 'token'];
  return OPERATION_NAMES.map((operation) => {
    const rows = members.map((rows) => rows.find((row) => row.operation === operation));
    const missing: OperationSupport = { operation, where: 'missing', way: null };
    return rows
      .map((row) => row ?? missing)
      .reduce((least, row) => (order.indexOf(row.where) < order.indexOf(least.where) ? row : least));
  });
}
