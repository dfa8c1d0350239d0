// Port: where records are kept. Reads are synchronous and come from memory or a memory map; a change is one
// transaction, durable when its promise resolves. Every change advances the epoch (design section 5).

import type { AccessKey, AccessPoint, ClientKey, NetworkRule, Policy } from '../access.ts';
import type { AuditSettings } from '../audit-switch.ts';
import type { InstanceProtection } from '../instance-protection.ts';
import type { InstanceSettings } from '../instance-settings.ts';
import type { Alias, Key, KeyVersion } from '../key.ts';
import type { RamPolicy, RamUser } from '../ram/records.ts';
import type { SchedulerState } from '../scheduler-state.ts';
import type { ServerIdentity } from '../server-identity.ts';
import type { WrappingKey } from '../wrapping.ts';

export interface Collection<T> {
  get(id: string): T | undefined;
  /** Records in byte order of their ids. */
  list(options?: { readonly prefix?: string }): Iterable<T>;
  /** How many records there are, without decoding them. */
  count(): number;
}

export interface WritableCollection<T> extends Collection<T> {
  /** Inserts or replaces. */
  put(id: string, record: T): void;
  delete(id: string): void;
}

/** The kinds of record and the type of each; ids are the natural ones (key id, alias name, rule name, …). */
export interface Records {
  readonly keys: Key;
  readonly keyVersions: KeyVersion;
  readonly aliases: Alias;
  readonly networkRules: NetworkRule;
  readonly policies: Policy;
  readonly accessPoints: AccessPoint;
  readonly clientKeys: ClientKey;
  readonly accessKeys: AccessKey;
  readonly ramUsers: RamUser;
  readonly ramPolicies: RamPolicy;
  readonly serverIdentity: ServerIdentity;
  readonly instanceSettings: InstanceSettings;
  readonly instanceProtection: InstanceProtection;
  readonly auditSettings: AuditSettings;
  readonly scheduler: SchedulerState;
  readonly wrappingKeys: WrappingKey;
  /** Keys the instance needs for itself: no action sees them. */
  readonly internalKeys: KeyVersion;
}

export type Snapshot = { readonly [K in keyof Records]: Collection<Records[K]> };
export type Transaction = { readonly [K in keyof Records]: WritableCollection<Records[K]> };

export interface Store {
  /** Id of the instance this store belongs to. */
  readonly instanceId: string;
  /** Records as of the last `refresh`; returned objects are shared and must not be modified. */
  readonly records: Snapshot;
  /**
   * Looks at the shared epoch, forgets cached records when it moved, and returns it. Called at the start of every
   * request (or batch), so that a change made by any process acts on the next request.
   */
  refresh(): number;
  /**
   * Runs `change` against the current state and commits all it wrote, or nothing if it throws. Durable and visible to
   * every process when the promise resolves. `change` must be synchronous and may run more than once.
   */
  transact<T>(change: (transaction: Transaction) => T): Promise<T>;
  close(): Promise<void>;
}
