// Actions on identity policies and their attachments. A policy has one version, `v1`.
// Source: RAM API 2015-05-01, *Policy*.

import { z } from 'zod';
import { isoSeconds } from '../../core/ids.ts';
import type { NamedPolicy } from '../../core/ram/ram-policies.ts';
import type { Action } from '../action.ts';
import { ramPolicyResource } from '../api.ts';
import { name, optionalName, optionalText, requiredText } from '../parameter-types.ts';
import { onAll, onOne } from '../permissions.ts';
import { done } from './answers.ts';
import { defineRamAction, markedAnswer, markedPageRequest, marking } from './ram-answers.ts';

interface RefInput {
  readonly PolicyType: string;
  readonly PolicyName: string;
}

const CONTAINER = 'policy';
const VERSION = 'v1';
const byRef = z.object({ PolicyType: name, PolicyName: name });

export const RAM_POLICY_ACTIONS: readonly Action[] = [
  defineRamAction({
    name: 'CreatePolicy',
    write: true,
    access: onOne(CONTAINER, 'PolicyName'),
    resource: 'PolicyName',
    parameters: z.object({ PolicyName: name, PolicyDocument: requiredText, Description: optionalText }),
    async run(input, { ram }) {
      const policy = await ram.createPolicy({
        name: input.PolicyName,
        document: input.PolicyDocument,
        description: input.Description,
      });
      return { body: { Policy: policyFields(policy) }, resource: policy.name };
    },
  }),
  defineRamAction({
    name: 'GetPolicy',
    write: false,
    access: (input) => [onRef(input)],
    resource: 'PolicyName',
    parameters: byRef,
    run(input, { ram }) {
      const policy = ram.getPolicy(refOf(input));
      const { document: PolicyDocument } = policy;
      const CreateDate = isoSeconds(policy.createdAt);
      const body = {
        Policy: { ...countedFields(policy), PolicyDocument },
        DefaultPolicyVersion: { VersionId: VERSION, IsDefaultVersion: true, PolicyDocument, CreateDate },
      };
      return { body, resource: policy.name };
    },
  }),
  defineRamAction({
    name: 'ListPolicies',
    write: false,
    access: onAll(`${CONTAINER}/*`),
    resource: null,
    parameters: z.object({ ...marking, PolicyType: optionalName }),
    run: (input, { ram }) =>
      markedAnswer(
        'Policies',
        'Policy',
        ram.listPolicies(markedPageRequest(input), input.PolicyType),
        countedFields,
      ),
  }),
  defineRamAction({
    name: 'DeletePolicy',
    write: true,
    access: onOne(CONTAINER, 'PolicyName'),
    resource: 'PolicyName',
    parameters: z.object({ PolicyName: name }),
    async run({ PolicyName }, { ram }) {
      await ram.deletePolicy(PolicyName);
      return done(PolicyName);
    },
  }),
  attachmentAction('AttachPolicyToUser', 'attachPolicy'),
  attachmentAction('DetachPolicyFromUser', 'detachPolicy'),
  defineRamAction({
    name: 'ListPoliciesForUser',
    write: false,
    access: onOne('user', 'UserName'),
    resource: 'UserName',
    parameters: z.object({ UserName: name }),
    run({ UserName }, { ram }) {
      const policies = ram
        .listPoliciesOf(UserName)
        .map((policy) => ({ ...policyFields(policy), AttachDate: isoSeconds(policy.attachedAt) }));
      return { body: { Policies: { Policy: policies } }, resource: UserName };
    },
  }),
];

/** Needs permission on the user and on the policy. */
function attachmentAction(actionName: string, change: 'attachPolicy' | 'detachPolicy'): Action {
  return defineRamAction({
    name: actionName,
    write: true,
    access: (input) => [{ resource: `user/${input.UserName}` }, onRef(input)],
    resource: 'UserName',
    parameters: byRef.extend({ UserName: name }),
    async run(input, { ram }) {
      await ram[change](input.UserName, refOf(input));
      return done(input.UserName);
    },
  });
}

function onRef({ PolicyType, PolicyName }: RefInput) {
  return { resource: ramPolicyResource(PolicyType, PolicyName) };
}

function refOf({ PolicyType, PolicyName }: RefInput) {
  return { type: PolicyType, name: PolicyName };
}

function policyFields(policy: NamedPolicy) {
  return {
    PolicyName: policy.name,
    PolicyType: policy.type,
    Description: policy.description,
    DefaultVersion: VERSION,
    CreateDate: isoSeconds(policy.createdAt),
  };
}

function countedFields(policy: NamedPolicy) {
  return {
    ...policyFields(policy),
    UpdateDate: isoSeconds(policy.createdAt),
    AttachmentCount: policy.attachmentCount,
  };
}
