// The table of editions: what each leaves out of the tables of key specs and algorithms, and what else it offers.
// Basic keeps keys in the instance's own store, standard in an HSM cluster; what a given cluster lacks is not known here.
// Sources: data-plane specification 4.4, control-plane specification 2.1.1, 6 and 7.2 F.

import type { EncryptionAlgorithmName } from './algorithms.ts';
import type { ProtectionLevel } from './key.ts';
import type { KeySpecName } from './key-specs.ts';

export type Edition = 'basic' | 'standard';

export interface EditionRow {
  /** Specs that no key is made of. */
  readonly withheldSpecs: ReadonlySet<KeySpecName>;
  readonly withheldEncryption: ReadonlySet<EncryptionAlgorithmName>;
  /** Whether an asymmetric key may have both usages. */
  readonly additionalKeyUsage: boolean;
  /** Whether keys get new versions, by themselves or when told to. */
  readonly rotation: boolean;
  /** What a key is said to have when its creator did not say. */
  readonly protectionLevel: ProtectionLevel;
}

export const EDITIONS: Readonly<Record<Edition, EditionRow>> = {
  basic: {
    withheldSpecs: new Set(['Aliyun_AES_128', 'Aliyun_AES_192']),
    withheldEncryption: new Set(['AES_CBC', 'AES_ECB', 'SM4_CBC', 'SM4_ECB']),
    additionalKeyUsage: false,
    rotation: true,
    protectionLevel: 'SOFTWARE',
  },
  standard: {
    withheldSpecs: new Set(),
    withheldEncryption: new Set(),
    additionalKeyUsage: true,
    rotation: false,
    protectionLevel: 'HSM',
  },
};
