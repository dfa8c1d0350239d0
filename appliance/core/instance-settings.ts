// The texts that administrators keep with the instance: its name, and the networks that the product would connect it
// to. Nothing here depends on them; they are given back as they were sent. Source: control-plane specification 2.7.

import { invalidParameter } from './fields.ts';
import type { Snapshot, Store } from './ports/store.ts';

export interface BoundVpc {
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly regionId: string;
  readonly vpcOwnerId: number;
}

export interface InstanceSettings {
  /** Null: never named. */
  readonly name: string | null;
  readonly vpcId: string;
  readonly zoneIds: readonly string[];
  readonly vSwitchIds: readonly string[];
  readonly boundVpcs: readonly BoundVpc[];
}

/** There is one record, and none before the first change. */
const RECORD_ID = 'instance';
const MAX_NAME = 128;

const FRESH: InstanceSettings = { name: null, vpcId: '', zoneIds: [], vSwitchIds: [], boundVpcs: [] };

export interface InstanceSettingsService {
  settings(): InstanceSettings;
  /** Resolves when durable; what is absent stays. @throws KmsError InvalidParameter */
  change(changes: Partial<InstanceSettings>): Promise<void>;
}

export function createInstanceSettings(store: Store): InstanceSettingsService {
  const read = ({ instanceSettings }: Pick<Snapshot, 'instanceSettings'>): InstanceSettings =>
    instanceSettings.get(RECORD_ID) ?? FRESH;
  return {
    settings: () => read(store.records),
    async change(changes) {
      if (changes.name !== undefined && (changes.name ?? '').length > MAX_NAME)
        throw invalidParameter('InstanceName');
      await store.transact((transaction) => {
        transaction.instanceSettings.put(RECORD_ID, { ...read(transaction), ...changes });
      });
    },
  };
}
