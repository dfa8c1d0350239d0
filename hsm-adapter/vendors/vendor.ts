// What an HSM product needs said about it: how to recognise its tokens, where its library lies, and what it lists but
// refuses. One file a product, one row in table.ts.

import type { WayName } from '../mechanisms.ts';

export interface Vendor {
  readonly name: string;
  /** Compared with the start of the token's manufacturer field. */
  readonly manufacturer: string;
  /** Where packages install the PKCS#11 module. */
  readonly libraries: readonly string[];
  /** Ways the mechanism list promises and the token does not keep. */
  readonly refused: readonly WayName[];
}
