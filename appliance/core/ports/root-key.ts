// Port: the key that everything sensitive in the store is sealed under, and where it comes from. The root key itself
// never leaves its implementation; callers only get keys derived from it, one for each purpose. Design section 4.

import type { KeyObject } from 'node:crypto';

export interface RootKey {
  /** The 256-bit secret key of a purpose (`store-records`, …): the same purpose always gives the same key. */
  deriveKey(purpose: string): KeyObject;
}

/** What a source needs to find its root key again. Public: kept in clear in the store's header. */
export type RootKeyParameters = Readonly<Record<string, string | number>>;

export interface RootKeySource {
  /** Called for a new store only: makes the root key if that is allowed, and says how to find it again. */
  prepare(): Promise<RootKeyParameters>;
  /** The root key of an existing store. Never makes one. @throws when it is missing or the parameters are not its own */
  open(parameters: RootKeyParameters): Promise<RootKey>;
}
