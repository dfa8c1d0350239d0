// The rules of policies: roles on resources, open to the addresses of their network rules.
// Source: control-plane specification 2.6.2.

import type { Policy, PolicyRole } from './access.ts';
import type { AccessServiceOptions } from './access-service.ts';
import { invalidParameter, requireDescription, requireDistinct, requireResourceName } from './fields.ts';
import type { Account } from './ids.ts';
import { MAX_NETWORK_RULES, MAX_RESOURCES } from './limits.ts';
import { insertRecord, removeRecord, requireRecord } from './named-records.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';
import { isPolicyResource } from './policy-resource.ts';
import type { Snapshot } from './ports/store.ts';

/** How a role is written in the API. */
export const PERMISSION_PREFIX = 'RbacPermission/Template/';
const ROLES: readonly PolicyRole[] = ['CryptoServiceKeyUser', 'CryptoServiceSecretUser'];

export interface NewPolicy {
  readonly name: string;
  /** With the prefix `RbacPermission/Template/`. */
  readonly permissions: readonly string[];
  readonly resources: readonly string[];
  /** JSON text `{"NetworkRules":["rule"]}`; absent, empty or without rules: any address. */
  readonly accessControlRules?: string | undefined;
  readonly description?: string | undefined;
}

/** Absent fields stay as they are. */
export type PolicyChange = {
  readonly [Field in Exclude<keyof NewPolicy, 'name'>]?: NewPolicy[Field] | undefined;
};

export interface PolicyService {
  createPolicy(request: NewPolicy): Promise<Policy>;
  describePolicy(name: string): Policy;
  updatePolicy(name: string, change: PolicyChange): Promise<void>;
  /** @throws KmsError Rejected.ResourceInUse while an application access point has it */
  deletePolicy(name: string): Promise<void>;
  listPolicies(page: PageRequest): Page<Policy>;
}

export function policyService({ store, clock, limits, account }: AccessServiceOptions): PolicyService {
  return {
    async createPolicy({ name, ...fields }) {
      requireResourceName('Name', name);
      const checked = checkFields(fields, account);
      const policy: Policy = { name, ...EMPTY, ...checked, createdAt: clock() };
      return store.transact((transaction) => {
        requireNetworkRules(transaction, policy);
        return insertRecord(transaction.policies, policy, limits.policies);
      });
    },
    describePolicy: (name) => requireRecord(store.records.policies, name),
    async updatePolicy(name, change) {
      const checked = checkFields(change, account);
      await store.transact((transaction) => {
        const policy: Policy = { ...requireRecord(transaction.policies, name), ...checked };
        requireNetworkRules(transaction, policy);
        transaction.policies.put(name, policy);
      });
    },
    deletePolicy: (name) =>
      store.transact((transaction) => {
        removeRecord(transaction.policies, name, transaction.accessPoints.list(), (point) => point.policies);
      }),
    listPolicies: (page) => pageOf(store.records.policies.list(), page),
  };
}

type PolicyFields = Omit<Policy, 'name' | 'createdAt'>;

const EMPTY: PolicyFields = {
  roles: [],
  resources: [],
  accessControlRules: '',
  networkRules: [],
  description: '',
};

/** The fields that were given, checked and in the form they are stored in. */
function checkFields(fields: PolicyChange, account: Account): Partial<PolicyFields> {
  const { permissions, resources, accessControlRules, description } = fields;
  if (resources) requireResources(resources, account);
  if (description !== undefined) requireDescription(description);
  return {
    ...(permissions && { roles: rolesOf(permissions) }),
    ...(resources && { resources }),
    ...(accessControlRules !== undefined && {
      accessControlRules,
      networkRules: networkRulesOf(accessControlRules),
    }),
    ...(description !== undefined && { description }),
  };
}

function rolesOf(permissions: readonly string[]): PolicyRole[] {
  requireDistinct('Permissions', permissions, 1, ROLES.length);
  return permissions.map((permission) => {
    const role = ROLES.find((each) => permission === PERMISSION_PREFIX + each);
    if (!role) throw invalidParameter('Permissions');
    return role;
  });
}

function requireResources(resources: readonly string[], account: Account): void {
  requireDistinct('Resources', resources, 1, MAX_RESOURCES);
  if (!resources.every((resource) => isPolicyResource(resource, account)))
    throw invalidParameter('Resources');
}

/** Anything but a list of network rules is refused: a restriction that is not understood must not be dropped. */
function networkRulesOf(text: string): readonly string[] {
  if (text === '') return [];
  const document = parseObject(text);
  const { NetworkRules: rules = [], ...others } = document;
  if (Object.keys(others).length > 0 || !isStringArray(rules)) throw invalidParameter('AccessControlRules');
  requireDistinct('AccessControlRules', rules, 0, MAX_NETWORK_RULES);
  return rules;
}

function parseObject(text: string): { readonly NetworkRules?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Not JSON: refused below. The parser's message would repeat the text.
  }
  throw invalidParameter('AccessControlRules');
}

function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function requireNetworkRules(records: Pick<Snapshot, 'networkRules'>, policy: Policy): void {
  for (const name of policy.networkRules) requireRecord(records.networkRules, name);
}
