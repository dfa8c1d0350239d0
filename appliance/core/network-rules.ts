// The rules of network rules: named lists of addresses that policies refer to.
// A rule without addresses admits nobody. Source: control-plane specification 2.6.1.

import type { NetworkRule } from './access.ts';
import type { AccessServiceOptions } from './access-service.ts';
import { invalidParameter, requireDescription, requireDistinct, requireResourceName } from './fields.ts';
import { MAX_SOURCES } from './limits.ts';
import { insertRecord, removeRecord, requireRecord } from './named-records.ts';
import { isNetworkAddress } from './network-address.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';

export interface NewNetworkRule {
  readonly name: string;
  readonly type: string;
  readonly sources?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

/** Absent fields stay as they are. */
export interface NetworkRuleChange {
  readonly sources?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

export interface NetworkRuleService {
  createNetworkRule(request: NewNetworkRule): Promise<NetworkRule>;
  describeNetworkRule(name: string): NetworkRule;
  updateNetworkRule(name: string, change: NetworkRuleChange): Promise<void>;
  /** @throws KmsError Rejected.ResourceInUse while a policy refers to it */
  deleteNetworkRule(name: string): Promise<void>;
  listNetworkRules(page: PageRequest): Page<NetworkRule>;
}

export function networkRuleService({ store, clock, limits }: AccessServiceOptions): NetworkRuleService {
  return {
    async createNetworkRule({ name, type, sources = [], description = '' }) {
      requireResourceName('Name', name);
      if (type !== 'Private') throw invalidParameter('Type');
      requireSources(sources);
      requireDescription(description);
      const rule: NetworkRule = { name, type, sources, description, createdAt: clock() };
      return store.transact((transaction) =>
        insertRecord(transaction.networkRules, rule, limits.networkRules),
      );
    },
    describeNetworkRule: (name) => requireRecord(store.records.networkRules, name),
    async updateNetworkRule(name, { sources, description }) {
      if (sources) requireSources(sources);
      if (description !== undefined) requireDescription(description);
      await store.transact((transaction) => {
        const rule = requireRecord(transaction.networkRules, name);
        transaction.networkRules.put(name, {
          ...rule,
          sources: sources ?? rule.sources,
          description: description ?? rule.description,
        });
      });
    },
    deleteNetworkRule: (name) =>
      store.transact((transaction) => {
        removeRecord(
          transaction.networkRules,
          name,
          transaction.policies.list(),
          (policy) => policy.networkRules,
        );
      }),
    listNetworkRules: (page) => pageOf(store.records.networkRules.list(), page),
  };
}

function requireSources(sources: readonly string[]): void {
  requireDistinct('SourcePrivateIp', sources, 0, MAX_SOURCES);
  if (!sources.every(isNetworkAddress)) throw invalidParameter('SourcePrivateIp');
}
