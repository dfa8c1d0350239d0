// What asymmetric operations cost, roughly: the weights by which the fair queue shares out time. Milliseconds of a core
// of today with OpenSSL 3; only their ratios matter. Each key spec is a class of its own.

import type { KeySpecName } from '../core/key-specs.ts';

export interface WorkCost {
  /** Signing and decryption. */
  readonly privateKey: number;
  /** Verification and encryption. */
  readonly publicKey: number;
}

const COSTS: Readonly<Partial<Record<KeySpecName, WorkCost>>> = {
  RSA_2048: { privateKey: 0.25, publicKey: 0.03 },
  RSA_3072: { privateKey: 0.8, publicKey: 0.05 },
  RSA_4096: { privateKey: 2, publicKey: 0.08 },
  EC_P256: { privateKey: 0.05, publicKey: 0.08 },
  EC_P256K: { privateKey: 0.3, publicKey: 0.3 },
  EC_SM2: { privateKey: 1, publicKey: 1 },
};

const UNKNOWN: WorkCost = { privateKey: 1, publicKey: 1 };

export function workCost(spec: KeySpecName): WorkCost {
  return COSTS[spec] ?? UNKNOWN;
}
