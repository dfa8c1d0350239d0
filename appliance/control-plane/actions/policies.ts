// Actions on policies of application access points. Permissions and Resources are text in CreatePolicy's answer and
// arrays in DescribePolicy's; AccessControlRules is the very text that was sent.
// Source: control-plane specification 2.6.2.

import { z } from 'zod';
import type { Policy } from '../../core/access.ts';
import { arn } from '../../core/ids.ts';
import { PERMISSION_PREFIX } from '../../core/policies.ts';
import { type Action, defineAction, type Services } from '../action.ts';
import {
  name,
  optionalName,
  optionalStringArray,
  optionalText,
  paging,
  stringArray,
} from '../parameter-types.ts';
import { onAll, onOne } from '../permissions.ts';
import { done, pageAnswer, pageRequest } from './answers.ts';
import { requireOwnInstance } from './instances.ts';

const CONTAINER = 'policy';
const byName = z.object({ Name: name });

export const POLICY_ACTIONS: readonly Action[] = [
  defineAction({
    name: 'CreatePolicy',
    write: true,
    access: onAll(CONTAINER),
    resource: 'Name',
    parameters: z.object({
      Name: name,
      KmsInstance: optionalName,
      Permissions: stringArray,
      Resources: stringArray,
      AccessControlRules: optionalText,
      Description: optionalText,
    }),
    async run(input, services) {
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
    },
  }),
  defineAction({
    name: 'DescribePolicy',
    write: false,
    access: onOne(CONTAINER, 'Name'),
    resource: 'Name',
    parameters: byName,
    run({ Name }, services) {
      const policy = services.access.describePolicy(Name);
      const lists = { Permissions: permissionsOf(policy), Resources: policy.resources };
      return { body: { ...commonFields(policy, services), ...lists }, resource: policy.name };
    },
  }),
  defineAction({
    name: 'UpdatePolicy',
    write: true,
    access: onOne(CONTAINER, 'Name'),
    resource: 'Name',
    parameters: z.object({
      Name: name,
      Permissions: optionalStringArray,
      Resources: optionalStringArray,
      AccessControlRules: optionalText,
      Description: optionalText,
    }),
    async run(input, { access }) {
      await access.updatePolicy(input.Name, {
        permissions: input.Permissions,
        resources: input.Resources,
        accessControlRules: input.AccessControlRules,
        description: input.Description,
      });
      return done(input.Name);
    },
  }),
  defineAction({
    name: 'DeletePolicy',
    write: true,
    access: onOne(CONTAINER, 'Name'),
    resource: 'Name',
    parameters: byName,
    async run({ Name }, { access }) {
      await access.deletePolicy(Name);
      return done(Name);
    },
  }),
  defineAction({
    name: 'ListPolicies',
    write: false,
    access: onAll(CONTAINER),
    resource: null,
    parameters: z.object(paging(20)),
    run: (input, { access }) =>
      pageAnswer('Policies', 'Policy', access.listPolicies(pageRequest(input)), (policy) => ({
        Name: policy.name,
      })),
  }),
];

function permissionsOf(policy: Policy): string[] {
  return policy.roles.map((role) => PERMISSION_PREFIX + role);
}

function commonFields(policy: Policy, { account, instance }: Services) {
  return {
    Arn: arn(account, `${CONTAINER}/${policy.name}`),
    Name: policy.name,
    KmsInstance: instance.id,
    AccessControlRules: policy.accessControlRules,
    Description: policy.description,
  };
}
