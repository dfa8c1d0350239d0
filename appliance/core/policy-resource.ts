// Which texts are resources of a policy: `key/…`, `alias/…` or `secret/…`, the type in any case, with at most one `*`,
// at the end; or the ARN of such a resource in this account. Kept as sent. Source: control-plane specification 2.6.2.

import { type Account, arn } from './ids.ts';

// A secret's name may hold any letter, so the rest only excludes what could be read as syntax.
const RESOURCE = /^(?:key|alias|secret)\/(?:[^\s*?:]{1,254}\*?|\*)$/i;

export function isPolicyResource(text: string, account: Account): boolean {
  const own = arn(account, '');
  return RESOURCE.test(text.startsWith(own) ? text.slice(own.length) : text);
}
