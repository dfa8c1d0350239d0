// What is wrong with a store: records that point at nothing, versions without a key, material that does not work. And
// its shape, to tell two states of it apart whatever the ids are.

import { ENCRYPTION_ALGORITHMS, SIGNATURE_ALGORITHMS } from '../../appliance/core/algorithms.ts';
import { EDITIONS } from '../../appliance/core/editions.ts';
import { awaitsFirstImport, holdsMaterial } from '../../appliance/core/imported-keys.ts';
import type { KeyVersion } from '../../appliance/core/key.ts';
import { keySpec } from '../../appliance/core/key-specs.ts';
import type { KeyStore } from '../../appliance/core/ports/key-store.ts';
import type { Snapshot, Store } from '../../appliance/core/ports/store.ts';
import { present } from './present.ts';

/** One line a fault; empty for a store that is whole. */
export async function faultsOf(store: Store, keyStore: KeyStore): Promise<string[]> {
  store.refresh();
  const { records } = store;
  const broken: string[] = [];
  for (const version of records.keyVersions.list()) {
    if (!holdsMaterial(version)) continue;
    if (!(await works(version, keyStore))) broken.push(`the material of ${version.id} does not work`);
  }
  return [...dangling(records), ...miscounted(records), ...broken];
}

function dangling(records: Snapshot): string[] {
  const faults: string[] = [];
  const require = (collection: keyof Snapshot, id: string, from: string): void => {
    if (records[collection].get(id) === undefined) faults.push(`${from} names ${collection}/${id}`);
  };
  for (const key of records.keys.list()) {
    if (awaitsFirstImport(key)) {
      const version = records.keyVersions.get(key.initialVersionId);
      if (version) faults.push(`${key.id} waits for its first import and has ${version.id}`);
      continue;
    }
    require('keyVersions', key.initialVersionId, key.id);
    require('keyVersions', key.primaryVersionId, key.id);
  }
  for (const version of records.keyVersions.list()) require('keys', version.keyId, version.id);
  for (const { id, keyId } of records.wrappingKeys.list()) require('keys', keyId, id);
  for (const alias of records.aliases.list()) require('keys', alias.keyId, alias.name);
  for (const policy of records.policies.list())
    for (const rule of policy.networkRules) require('networkRules', rule, policy.name);
  for (const point of records.accessPoints.list())
    for (const policy of point.policies) require('policies', policy, point.name);
  for (const clientKey of records.clientKeys.list())
    require('accessPoints', clientKey.accessPoint, clientKey.id);
  for (const accessKey of records.accessKeys.list())
    if (accessKey.user !== null) require('ramUsers', accessKey.user, accessKey.id);
  for (const user of records.ramUsers.list())
    for (const { type, name } of user.attachments)
      if (type === 'Custom') require('ramPolicies', name, user.name);
  return faults;
}

/** Quotas are judged by counts, which are taken without reading the records. */
function miscounted(records: Snapshot): string[] {
  return Object.entries(records).flatMap(([name, collection]) =>
    collection.count() === [...collection.list()].length ? [] : [`${name} are not as many as counted`],
  );
}

/** Used in every way that its spec knows in the basic edition. */
async function works(version: KeyVersion, keyStore: KeyStore): Promise<boolean> {
  const { encryption, signature } = keySpec(version.spec);
  const plaintext = Buffer.from('text');
  for (const name of encryption.filter((each) => !EDITIONS.basic.withheldEncryption.has(each))) {
    const algorithm = present(ENCRYPTION_ALGORITHMS.get(name));
    const sealed = await keyStore.encrypt(version, algorithm, { plaintext });
    const opened = await keyStore.decrypt(version, algorithm, sealed);
    if (!opened.equals(plaintext)) return false;
  }
  for (const name of signature) {
    const algorithm = present(SIGNATURE_ALGORITHMS.get(name));
    const message = { type: 'RAW', message: plaintext } as const;
    const made = await keyStore.sign(version, algorithm, message);
    if (!(await keyStore.verify(version, algorithm, message, made))) return false;
  }
  return true;
}

/** Number of changes, of records of each kind, and of what records hold besides. */
export function shapeOf(store: Store): Readonly<Record<string, number>> {
  const changes = store.refresh();
  const { records } = store;
  const counts = Object.entries(records).map(([name, collection]) => [name, collection.count()] as const);
  const keys = [...records.keys.list()];
  const users = [...records.ramUsers.list()];
  return {
    ...Object.fromEntries(counts),
    changes,
    tags: keys.flatMap(({ tags }) => tags).length,
    keyPolicies: keys.filter(({ policy }) => policy !== null).length,
    rotating: keys.filter(({ rotationInterval }) => rotationInterval !== null).length,
    rotated: keys.filter(({ initialVersionId, primaryVersionId }) => initialVersionId !== primaryVersionId)
      .length,
    attachments: users.flatMap(({ attachments }) => attachments).length,
  };
}
