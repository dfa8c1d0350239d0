// What an alias may be called. Source: control-plane specification 2.3.

const ALIAS = /^alias\/[A-Za-z0-9_\-/]{1,249}$/;
/** Names that the product keeps for its own service keys. */
const RESERVED = /^alias\/acs/;

/** Whether a text could be an alias, reserved names included. Only such a text is ever looked up in the store. */
export function isAliasName(text: string): boolean {
  return ALIAS.test(text);
}

/** Whether a key may be given this name. */
export function isFreeAliasName(text: string): boolean {
  return isAliasName(text) && !RESERVED.test(text);
}
