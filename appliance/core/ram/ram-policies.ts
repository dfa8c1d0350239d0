// The rules of identity policies and their attachment to users. A custom policy goes only when no user has it.
// Source: RAM API 2015-05-01, *Policy*.

import { KmsError } from '../../errors.ts';
import type { Snapshot } from '../ports/store.ts';
import { parsePolicy } from './policy-document.ts';
import { ramField } from './ram-fields.ts';
import { type MarkedPage, type MarkedPageRequest, markedPageOf } from './ram-page.ts';
import type { RamServiceOptions } from './ram-service.ts';
import { requireUser } from './ram-users.ts';
import type { PolicyAttachment, PolicyType, RamPolicy, RamUser } from './records.ts';
import { SYSTEM_POLICIES } from './system-policies.ts';

const MAX_ATTACHED: Readonly<Record<PolicyType, number>> = { System: 20, Custom: 10 };

/** A policy of either type. */
export interface NamedPolicy extends RamPolicy {
  readonly type: PolicyType;
  readonly attachmentCount: number;
}

export interface AttachedPolicy extends NamedPolicy {
  readonly attachedAt: number;
}

export interface NewRamPolicy {
  readonly name: string;
  readonly description?: string | undefined;
  readonly document: string;
}

export interface PolicyRef {
  /** `Custom` or `System`. */
  readonly type: string;
  readonly name: string;
}

export interface RamPolicyService {
  /** @throws InvalidParameter.*, MalformedPolicyDocument, EntityAlreadyExists.Policy, LimitExceeded.Policy */
  createPolicy(request: NewRamPolicy): Promise<NamedPolicy>;
  /** @throws InvalidParameter.PolicyType, EntityNotExist.Policy */
  getPolicy(ref: PolicyRef): NamedPolicy;
  /** Of both types unless one is named. @throws InvalidParameter.PolicyType */
  listPolicies(page: MarkedPageRequest, type?: string): MarkedPage<NamedPolicy>;
  /** Custom ones only. @throws EntityNotExist.Policy, DeleteConflict.Policy.User */
  deletePolicy(name: string): Promise<void>;
  /** @throws EntityNotExist.User, EntityNotExist.Policy, EntityAlreadyExists.User.Policy, LimitExceeded.User.Policy */
  attachPolicy(user: string, ref: PolicyRef): Promise<void>;
  /** @throws EntityNotExist.User, EntityNotExist.User.Policy */
  detachPolicy(user: string, ref: PolicyRef): Promise<void>;
  /** @throws EntityNotExist.User */
  listPoliciesOf(user: string): readonly AttachedPolicy[];
}

export function ramPolicyService({ store, clock, limits }: RamServiceOptions): RamPolicyService {
  const { records } = store;
  const changeAttachments = (
    userName: string,
    change: (user: RamUser, records: PolicyRecords) => readonly PolicyAttachment[],
  ): Promise<void> =>
    store.transact((transaction) => {
      const user = requireUser(transaction, userName);
      const attachments = change(user, transaction);
      transaction.ramUsers.put(user.name, { ...user, attachments, updatedAt: clock() });
    });

  return {
    async createPolicy({ name, description = '', document }) {
      parsePolicy(document, 'identity');
      const policy: RamPolicy = {
        name: ramField('PolicyName', name),
        description: ramField('Description', description),
        document,
        createdAt: clock(),
      };
      return store.transact(({ ramPolicies }) => {
        if (ramPolicies.get(name) || SYSTEM_POLICIES.has(name))
          throw new KmsError('EntityAlreadyExists.Policy');
        if (ramPolicies.count() >= limits.ramPolicies) throw new KmsError('LimitExceeded.Policy');
        ramPolicies.put(name, policy);
        return { ...policy, type: 'Custom', attachmentCount: 0 };
      });
    },
    getPolicy: ({ type, name }) => findPolicy(records, policyType(type), name),
    listPolicies(page, type) {
      const wanted: readonly PolicyType[] = type === undefined ? ['Custom', 'System'] : [policyType(type)];
      return markedPageOf(
        wanted.flatMap((each) => policiesOfType(records, each)),
        page,
      );
    },
    deletePolicy: async (name) =>
      store.transact((transaction) => {
        const { attachmentCount } = findPolicy(transaction, 'Custom', name);
        if (attachmentCount > 0) throw new KmsError('DeleteConflict.Policy.User');
        transaction.ramPolicies.delete(name);
      }),
    attachPolicy: async (userName, ref) => {
      const type = policyType(ref.type);
      await changeAttachments(userName, ({ attachments }, current) => {
        const { name } = findPolicy(current, type, ref.name);
        const ofType = attachments.filter((each) => each.type === type);
        if (ofType.some((each) => each.name === name)) throw new KmsError('EntityAlreadyExists.User.Policy');
        if (ofType.length >= MAX_ATTACHED[type]) throw new KmsError('LimitExceeded.User.Policy');
        return [...attachments, { type, name, attachedAt: clock() }];
      });
    },
    detachPolicy: async (userName, ref) => {
      const type = policyType(ref.type);
      await changeAttachments(userName, ({ attachments }) => {
        const left = attachments.filter((each) => each.type !== type || each.name !== ref.name);
        if (left.length === attachments.length) throw new KmsError('EntityNotExist.User.Policy');
        return left;
      });
    },
    listPoliciesOf: (userName) =>
      requireUser(records, userName).attachments.map(({ type, name, attachedAt }) => ({
        ...findPolicy(records, type, name),
        attachedAt,
      })),
  };
}

type PolicyRecords = Pick<Snapshot, 'ramPolicies' | 'ramUsers'>;

/** The document of an attached policy. @throws KmsError EntityNotExist.Policy */
export function documentOf(records: Pick<Snapshot, 'ramPolicies'>, { type, name }: PolicyAttachment): string {
  const policy = type === 'System' ? SYSTEM_POLICIES.get(name) : records.ramPolicies.get(name);
  if (!policy) throw new KmsError('EntityNotExist.Policy');
  return policy.document;
}

function policyType(text: string): PolicyType {
  if (text === 'Custom' || text === 'System') return text;
  throw new KmsError('InvalidParameter.PolicyType');
}

function findPolicy(records: PolicyRecords, type: PolicyType, name: string): NamedPolicy {
  ramField('PolicyName', name);
  const policy = type === 'System' ? builtIn(name) : records.ramPolicies.get(name);
  if (!policy) throw new KmsError('EntityNotExist.Policy');
  return withCount(records, type, policy);
}

function policiesOfType(records: PolicyRecords, type: PolicyType): NamedPolicy[] {
  const policies =
    type === 'System' ? [...SYSTEM_POLICIES.keys()].map(builtIn) : [...records.ramPolicies.list()];
  return policies.filter((policy) => policy !== undefined).map((policy) => withCount(records, type, policy));
}

function builtIn(name: string): RamPolicy | undefined {
  const policy = SYSTEM_POLICIES.get(name);
  return policy && { ...policy, createdAt: 0 };
}

function withCount(records: PolicyRecords, type: PolicyType, policy: RamPolicy): NamedPolicy {
  const has = ({ attachments }: RamUser): boolean =>
    attachments.some((each) => each.type === type && each.name === policy.name);
  return { ...policy, type, attachmentCount: [...records.ramUsers.list()].filter(has).length };
}
