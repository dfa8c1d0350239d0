// Whether a RAM user may do something: an explicit Deny of any policy wins, then an Allow of any policy, else no.
// The owner of the instance is never asked, so no policy can lock everybody out. An Allow of a key policy for the whole
// account (`acs:ram::<account>:*`, as in the default key policy) leaves the decision to the identity policies; one that
// names the user is a permission of its own. Source: control-plane specification 4.4.

import { globMatches } from './glob.ts';
import type { ConditionContext } from './policy-conditions.ts';
import { arnFields, type PolicyDocument, type Statement } from './policy-document.ts';

export interface AccessRequest {
  readonly accountId: string;
  /** Name of the RAM user. */
  readonly user: string;
  /** `kms:Encrypt` */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly context: ConditionContext;
}

export interface ApplicablePolicies {
  readonly identity: readonly PolicyDocument[];
  /** Of the key that the resource is; null when it is none, or has the default policy. */
  readonly key: PolicyDocument | null;
}

export function isAllowed(request: AccessRequest, { identity, key }: ApplicablePolicies): boolean {
  const action = request.action.toLowerCase();
  const resource = arnFields(request.resource);
  const applies = (statement: Statement): boolean =>
    statement.actions.some((pattern) => globMatches(pattern, action)) &&
    statement.resources.some((pattern) => resourceMatches(pattern, resource)) &&
    statement.conditions.every((condition) => condition(request.context));
  const own = identity.flatMap(({ statements }) => statements).filter(applies);
  const ofKey = (key?.statements ?? []).filter(
    (each) => names(each, request, ['*', `user/${request.user}`]) && applies(each),
  );
  if ([...own, ...ofKey].some(({ effect }) => effect === 'Deny')) return false;
  return own.length > 0 || ofKey.some((each) => names(each, request, [`user/${request.user}`]));
}

function resourceMatches(pattern: '*' | readonly string[], fields: readonly string[]): boolean {
  return pattern === '*' || pattern.every((each, index) => globMatches(each, fields[index] ?? ''));
}

function names(
  { principals }: Statement,
  { accountId }: AccessRequest,
  accepted: readonly string[],
): boolean {
  return principals.some(
    (principal) => principal.accountId === accountId && accepted.includes(principal.name),
  );
}
