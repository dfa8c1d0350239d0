// The table of HSM products. A token of none of them is taken at its word.

import { SOFTHSM } from './softhsm.ts';
import type { Vendor } from './vendor.ts';

export const VENDORS: readonly Vendor[] = [SOFTHSM];

const GENERIC: Vendor = { name: 'generic PKCS#11', manufacturer: '', libraries: [], refused: [] };

/** The product whose token names this manufacturer. */
export function vendorOf(manufacturer: string): Vendor {
  return VENDORS.find((vendor) => manufacturer.startsWith(vendor.manufacturer)) ?? GENERIC;
}
