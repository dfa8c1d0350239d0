// The numbers under which a product has its mechanisms, where they are not the standard's: everything else speaks of the
// standard's, and pkcs11-module.ts translates at the library.

import { CKA, CKM, type MechanismName } from './cryptoki.ts';

export type VendorNumbers = Partial<Readonly<Record<MechanismName, number>>>;

/** Of a CK_MECHANISM_TYPE in an attribute: an unsigned long. */
const ULONG_BYTES = 8;

export class MechanismNumbers {
  readonly #own: ReadonlyMap<number, number>;

  constructor(numbers: VendorNumbers = {}) {
    const rows = Object.entries(numbers) as [MechanismName, number][];
    this.#own = new Map(rows.map(([name, own]) => [CKM[name], own]));
  }

  /** The product's number. */
  own(mechanism: number): number {
    return this.#own.get(mechanism) ?? mechanism;
  }

  /** A product's list in the standard's numbers; what it has under a number given to another one is left out. */
  standard(listed: readonly number[]): ReadonlySet<number> {
    const set = new Set(listed);
    const known = new Set(listed.filter((mechanism) => !this.#own.has(mechanism)));
    for (const [mechanism, own] of this.#own) if (set.has(own)) known.add(mechanism);
    return known;
  }

  /** An attribute that lists mechanisms, in the product's numbers; any other as it is. */
  attribute<T extends { readonly type: number; readonly value?: unknown }>(attribute: T): T {
    const { type, value } = attribute;
    if (type !== CKA.ALLOWED_MECHANISMS || !Buffer.isBuffer(value)) return attribute;
    const own = Buffer.from(value);
    for (let at = 0; at < own.length; at += ULONG_BYTES)
      own.writeBigUInt64LE(BigInt(this.own(Number(own.readBigUInt64LE(at)))), at);
    return { ...attribute, value: own };
  }
}
