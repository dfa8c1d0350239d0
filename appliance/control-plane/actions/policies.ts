// Actions on policies of application access points. Permissions and Resources are text in CreatePolicy's answer and
// arrays in DescribePolicy's; AccessControlRules is the very text that was sent.
// Source: control-plane specification 2.6.2.

import type { Policy } from '../../core/access.ts';
import { arn } from '../../core/ids.ts';
import { PERMISSION_PREFIX } from '../../core/policies.ts';
import type { Answer, Services } from '../action.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';
import { requireOwnInstance } from './instances.ts';

interface PolicyFields {
  readonly Name: string;
  readonly Permissions?: readonly string[] | undefined;
  readonly Resources?: readonly string[] | undefined;
  readonly AccessControlRules?: string | undefined;
  readonly Description?: string | undefined;
}

interface CreatePolicyInput extends PolicyFields {
  readonly Permissions: readonly string[];
  readonly Resources: readonly string[];
  readonly KmsInstance?: string | undefined;
}

export async function createPolicy(input: CreatePolicyInput, services: Services): Promise<Answer> {
  requireOwnInstance(services, input.KmsInstance);
  const policy = await services.access.createPolicy({
    name: input.Name,
    permissions: input.Permissions,
    resources: input.Resources,
    accessControlRules: input.AccessControlRules,
    description: input.Description,
  });
  const lists = {
    Permissions: JSON.stringify(permissionsOf(policy)),
    Resources: JSON.stringify(policy.resources),
  };
  return { body: { ...commonFields(policy, services), ...lists }, resource: policy.name };
}

export function describePolicy({ Name }: { readonly Name: string }, services: Services): Answer {
  const policy = services.access.describePolicy(Name);
  const lists = { Permissions: permissionsOf(policy), Resources: policy.resources };
  return { body: { ...commonFields(policy, services), ...lists }, resource: policy.name };
}

export async function updatePolicy(input: PolicyFields, { access }: Services): Promise<Answer> {
  await access.updatePolicy(input.Name, {
    permissions: input.Permissions,
    resources: input.Resources,
    accessControlRules: input.AccessControlRules,
    description: input.Description,
  });
  return done(input.Name);
}

export async function deletePolicy(
  { Name }: { readonly Name: string },
  { access }: Services,
): Promise<Answer> {
  await access.deletePolicy(Name);
  return done(Name);
}

export function listPolicies(
  input: { readonly PageNumber: number; readonly PageSize: number },
  { access }: Services,
): Answer {
  const page = access.listPolicies(pageRequest(input));
  return pageAnswer('Policies', 'Policy', page, ({ name }) => ({ Name: name }));
}

function permissionsOf(policy: Policy): string[] {
  return policy.roles.map((role) => PERMISSION_PREFIX + role);
}

function commonFields(policy: Policy, { account, instance }: Services) {
  return {
    Arn: arn(account, `policy/${policy.name}`),
    Name: policy.name,
    KmsInstance: instance.id,
    AccessControlRules: policy.accessControlRules,
    Description: policy.description,
  };
}
