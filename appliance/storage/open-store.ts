// Opens a store, or makes a new one: root key first, then schema, then the stack of layers. Nothing is changed before
// the root key has proved itself, and a new root key is made only for a store without any content. Design section 4.

import type { RandomBytes } from '../core/ids.ts';
import type { RootKey, RootKeyParameters, RootKeySource } from '../core/ports/root-key.ts';
import type { Store } from '../core/ports/store.ts';
import type { ByteStore } from './byte-store.ts';
import { encryptedStore, valueSeal } from './encrypted-store.ts';
import { encodeHeader, HEADER_PATH, parseHeader, verifyHeader } from './header.ts';
import { MIGRATIONS, type Migration, migrate, requireKnownSchema, schemaVersion } from './migrations.ts';
import { recordStore } from './repositories.ts';
import { StoreError } from './store-error.ts';

const HEADER_PURPOSE = 'store-header';
const RECORDS_PURPOSE = 'store-records';

export interface OpenStoreOptions {
  /** The back end; closed when the store is closed, and when opening fails. */
  readonly bytes: ByteStore;
  readonly rootKeySource: RootKeySource;
  readonly randomBytes: RandomBytes;
  /** Names the instance of a new store. */
  readonly newInstanceId: () => string;
  /** Another table than the release's own; for tests. */
  readonly migrations?: readonly Migration[];
}

export interface OpenedStore {
  readonly store: Store;
  readonly rootKey: RootKey;
  /** As the header has them. */
  readonly rootKeyParameters: RootKeyParameters;
}

/** @throws StoreError; whatever the root key source throws */
export async function openStore(options: OpenStoreOptions): Promise<OpenedStore> {
  try {
    return await unlock(options);
  } catch (error) {
    await options.bytes.close();
    throw error;
  }
}

/** Whether opening it would make a store. @throws StoreError HEADER_DAMAGED */
export function isNewStore(bytes: ByteStore): boolean {
  return storedHeader(bytes) === undefined;
}

async function unlock(options: OpenStoreOptions): Promise<OpenedStore> {
  const { bytes, rootKeySource, randomBytes } = options;
  const migrations = options.migrations ?? MIGRATIONS;
  const stored = storedHeader(bytes) ?? (await createHeader(options, migrations));
  const header = parseHeader(stored);
  requireKnownSchema(header, migrations);
  // Also for a store just made: the key must be found again from what is stored before anything is entrusted to it.
  const rootKey = await rootKeySource.open(header.rootKey);
  const headerKey = rootKey.deriveKey(HEADER_PURPOSE);
  verifyHeader(stored, headerKey);
  const { instanceId } = header;
  const seal = valueSeal({ key: rootKey.deriveKey(RECORDS_PURPOSE), instanceId, randomBytes });
  await migrate(bytes, { headerKey, seal, migrations });
  const store = recordStore({ bytes: encryptedStore(bytes, seal), instanceId });
  return { store, rootKey, rootKeyParameters: header.rootKey };
}

function storedHeader(bytes: ByteStore): Buffer | undefined {
  bytes.epoch();
  const header = bytes.get(HEADER_PATH);
  if (header === undefined && bytes.count('') > 0) {
    throw new StoreError('HEADER_DAMAGED', 'the store has records but no header');
  }
  return header;
}

/** The header of a new store: ours, or that of a process that was faster. */
async function createHeader(options: OpenStoreOptions, migrations: readonly Migration[]): Promise<Buffer> {
  const { bytes, rootKeySource, newInstanceId } = options;
  const parameters = await rootKeySource.prepare();
  const rootKey = await rootKeySource.open(parameters);
  const header = encodeHeader(
    { schemaVersion: schemaVersion(migrations), instanceId: newInstanceId(), rootKey: { ...parameters } },
    rootKey.deriveKey(HEADER_PURPOSE),
  );
  return bytes.transact((transaction) => {
    const existing = transaction.get(HEADER_PATH);
    if (existing === undefined) transaction.put(HEADER_PATH, header);
    return existing ?? header;
  });
}
