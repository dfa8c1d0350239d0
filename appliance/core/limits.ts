// How many of each thing an instance holds. The number of keys is the product's quota (control-plane specification
// 2.1.1); the others are our choice and bound what one administrator can make the store and every request carry.

export interface Limits {
  readonly keys: number;
  /** Of one key. */
  readonly keyVersions: number;
  readonly aliases: number;
  readonly networkRules: number;
  readonly policies: number;
  readonly accessPoints: number;
  readonly clientKeys: number;
  readonly ramUsers: number;
  readonly ramPolicies: number;
}

export const DEFAULT_LIMITS: Limits = {
  keys: 1000,
  keyVersions: 1000,
  aliases: 5000,
  networkRules: 1000,
  policies: 1000,
  accessPoints: 1000,
  clientKeys: 1000,
  ramUsers: 1000,
  ramPolicies: 1500,
};

/** Addresses and CIDR blocks of one network rule. */
export const MAX_SOURCES = 100;
/** Resources of one policy. */
export const MAX_RESOURCES = 100;
/** Network rules of one policy. */
export const MAX_NETWORK_RULES = 40;
/** Networks that an instance is bound to. */
export const MAX_BOUND_VPCS = 20;
/** Policies of one application access point: the product's limit (data-plane specification section 6). */
export const MAX_POLICIES = 3;
