// What an HSM product needs said about it: how to recognise its tokens, where its library lies, and what it lists but
// refuses. One file a product, one row in table.ts.

import type { VendorNumbers } from '../mechanism-numbers.ts';
import type { WayName } from '../mechanisms.ts';

export interface Vendor {
  readonly name: string;
  /** Compared with the start of the token's manufacturer field. */
  readonly manufacturer: string;
  /** Where packages install the PKCS#11 module. */
  readonly libraries: readonly string[];
  /** Ways the mechanism list promises and the token does not keep. */
  readonly refused: readonly WayName[];
  /** Mechanisms that the product has under numbers other than the standard's, as in its own range or an older header. */
  readonly numbers?: VendorNumbers;
}
