// Prepares a data directory of the size to be measured: the instance's own first start, and then records as its services
// write them, thousands in a transaction. Only for stores that nobody uses.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { KeyId } from '../appliance/core/ids.ts';
import { newInstanceId, newKeyId, newKeyVersionId } from '../appliance/core/ids.ts';
import type { Key, KeyVersion } from '../appliance/core/key.ts';
import type { KeyStore } from '../appliance/core/ports/key-store.ts';
import type { Store, Transaction } from '../appliance/core/ports/store.ts';
import { rootKeyFromFile } from '../appliance/keystore/root-key-file.ts';
import { SoftwareKeyStore } from '../appliance/keystore/software-key-store.ts';
import { LmdbStore } from '../appliance/storage/lmdb-store.ts';
import { openStore } from '../appliance/storage/open-store.ts';
import { startTestInstance } from '../test/support/instance.ts';

export interface StoreSize {
  /** Keys of AES-256. */
  readonly keys: number;
  /** Of each of these keys. */
  readonly versions: number;
  /** Application access points, each with a policy of its own, beside the one that is used. */
  readonly accessPoints: number;
  /** Network rules, beside the one that admits the client; its policy names as many of them as it may. */
  readonly networkRules: number;
}

const BATCH = 2000;
const QUICKSTART = 'quickstart';
/** Of one policy, the quickstart's own included (core/limits.ts). */
const RULES_OF_POLICY = 40;

/** The ids of the keys, in the order they were made. */
export async function fillStore(dataDir: string, size: StoreSize): Promise<KeyId[]> {
  const instance = await startTestInstance(dataDir);
  await instance.stop();
  const { store, rootKey } = await openStore({
    bytes: new LmdbStore(join(dataDir, 'store')),
    rootKeySource: rootKeyFromFile({ path: join(dataDir, 'root.key'), mayCreate: false, randomBytes }),
    randomBytes,
    newInstanceId: () => newInstanceId(randomBytes),
  });
  const { instanceId } = store;
  const sealingKey = rootKey.deriveKey('key-material');
  const keyStore = new SoftwareKeyStore({ sealingKey, instanceId, randomBytes });
  try {
    store.refresh();
    await putNetworkRules(store, size.networkRules);
    await putAccessPoints(store, size.accessPoints);
    return await putKeys(store, keyStore, size);
  } finally {
    await keyStore.close();
    await store.close();
  }
}

async function putKeys(store: Store, keyStore: KeyStore, { keys, versions }: StoreSize): Promise<KeyId[]> {
  const [pattern] = [...store.records.keys.list()].filter(({ spec }) => spec === 'Aliyun_AES_256');
  if (pattern === undefined) throw new Error('the quickstart made no AES key');
  const ids: KeyId[] = [];
  await inBatches(store, keys, async (number) => {
    const id = newKeyId(Date.now(), randomBytes);
    ids.push(id);
    const made: KeyVersion[] = [];
    for (let version = 0; version < versions; version++) made.push(await newVersion(keyStore, pattern, id));
    const [initial, primary] = [made[0]?.id, made.at(-1)?.id];
    if (initial === undefined || primary === undefined)
      throw new RangeError('a key has at least one version');
    const key: Key = {
      ...pattern,
      id,
      description: `Key ${number}`,
      initialVersionId: initial,
      primaryVersionId: primary,
    };
    return (transaction) => {
      for (const version of made) transaction.keyVersions.put(version.id, version);
      transaction.keys.put(id, key);
    };
  });
  return ids;
}

async function newVersion(keyStore: KeyStore, { spec, origin }: Key, keyId: KeyId): Promise<KeyVersion> {
  const identity = { id: newKeyVersionId(keyId, randomBytes), keyId, spec, origin };
  return { ...identity, createdAt: Date.now(), ...(await keyStore.generate(identity)) };
}

async function putAccessPoints(store: Store, count: number): Promise<void> {
  const point = store.records.accessPoints.get(QUICKSTART);
  const policy = store.records.policies.get(QUICKSTART);
  if (!point || !policy) throw new Error('the quickstart made no access point');
  await inBatches(store, count, (number) => (transaction) => {
    const name = `application-${number}`;
    transaction.policies.put(name, { ...policy, name });
    transaction.accessPoints.put(name, { ...point, name, policies: [name] });
  });
}

async function putNetworkRules(store: Store, count: number): Promise<void> {
  const rule = store.records.networkRules.get(QUICKSTART);
  const policy = store.records.policies.get(QUICKSTART);
  if (!rule || !policy) throw new Error('the quickstart made no network rule');
  const names: string[] = [];
  await inBatches(store, count, (number) => (transaction) => {
    const name = `network-${number}`;
    names.push(name);
    const sources = [`10.${number >> 8}.${number & 255}.0/24`];
    transaction.networkRules.put(name, { ...rule, name, sources });
  });
  // The one that admits the client comes last.
  const networkRules = [...names.slice(0, RULES_OF_POLICY - 1), QUICKSTART];
  const accessControlRules = JSON.stringify({ NetworkRules: networkRules });
  await store.transact(({ policies }) =>
    policies.put(QUICKSTART, { ...policy, networkRules, accessControlRules }),
  );
}

type Change = (transaction: Transaction) => void;

/** `prepare` makes the change of each number; changes are committed many at a time. */
async function inBatches(
  store: Store,
  count: number,
  prepare: (number: number) => Change | Promise<Change>,
): Promise<void> {
  for (let first = 0; first < count; first += BATCH) {
    const changes: Change[] = [];
    for (let number = first; number < Math.min(count, first + BATCH); number++)
      changes.push(await prepare(number));
    await store.transact((transaction) => {
      for (const change of changes) change(transaction);
    });
  }
}
