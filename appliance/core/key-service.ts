// The rules of keys: how they are made, found, listed, switched on and off. Material is made before the transaction
// and committed with its key, so a key never exists without material, nor material without its key.
// Sources: control-plane specification 2.1 and 3.

import { KmsError } from '../errors.ts';
import { createAlias, listAliases } from './aliases.ts';
import { invalidParameter, requireDescription, requireRoom } from './fields.ts';
import { type Account, isKeyId, newKeyId, newKeyVersionId, type RandomBytes } from './ids.ts';
import type { Alias, Key, KeyVersion, ProtectionLevel } from './key.ts';
import { type KeyFilter, matchesFilters } from './key-filter.ts';
import { findKeyId, ownKeyId, resolveKeyId } from './key-reference.ts';
import { findKeySpec, type KeySpec, type KeySpecName } from './key-specs.ts';
import { type KeyEvent, nextState } from './key-state.ts';
import type { Limits } from './limits.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';
import type { Clock } from './ports/clock.ts';
import type { KeyStore } from './ports/key-store.ts';
import type { Snapshot, Store } from './ports/store.ts';

/** Texts as the administrator sent them; an absent one takes its default. */
export interface NewKey {
  readonly spec?: string | undefined;
  readonly usage?: string | undefined;
  readonly origin?: string | undefined;
  readonly description?: string | undefined;
  readonly protectionLevel?: string | undefined;
}

export interface KeyServiceOptions {
  readonly store: Store;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly account: Account;
  readonly limits: Limits;
  /** What a key is said to have when its creator did not say: SOFTWARE in the basic edition, HSM in the standard. */
  readonly defaultProtectionLevel: ProtectionLevel;
  /** Specs that no key is made of, though the table knows them. */
  readonly withheldSpecs?: ReadonlySet<KeySpecName>;
}

/** Every promise resolves after the change is durable. Errors are KmsErrors with the codes named. */
export interface KeyService {
  /** @throws InvalidParameter, UnsupportedOperation (origin EXTERNAL), Rejected.LimitExceeded */
  createKey(request: NewKey): Promise<Key>;
  /** A key by id, alias or ARN of either. @throws Forbidden.KeyNotFound, Forbidden.AliasNotFound */
  resolveKeyRef(text: string): Key;
  /** The id that a reference means, whether or not there is such a key; undefined when it leads nowhere. */
  keyIdOf(text: string): string | undefined;
  /** @throws InvalidParameter for an unknown filter */
  listKeys(page: PageRequest, filters?: readonly KeyFilter[]): Page<Key>;
  /** By id or ARN. @throws Forbidden.KeyNotFound, Unsupported.Alias, Rejected.StateModifiedFailed */
  enableKey(text: string): Promise<Key>;
  /** As enableKey. */
  disableKey(text: string): Promise<Key>;
  /** @throws InvalidParameter, AliasAlreadyExists, and as enableKey; Rejected.LimitExceeded */
  createAlias(name: string, keyText: string): Promise<Alias>;
  listAliases(page: PageRequest): Page<Alias>;
}

export function createKeyService(options: KeyServiceOptions): KeyService {
  const { store, account, clock, limits } = options;

  const changeState = (event: KeyEvent, text: string): Promise<Key> => {
    const keyId = ownKeyId(text, account);
    return store.transact((transaction) => {
      const key = findKey(transaction, keyId);
      const state = nextState(event, key.state);
      if (state === key.state) return key;
      const changed: Key = { ...key, state };
      transaction.keys.put(keyId, changed);
      return changed;
    });
  };

  return {
    createKey: (request) => createKey(options, request),
    resolveKeyRef: (text) => findKey(store.records, resolveKeyId(store.records, text, account)),
    keyIdOf: (text) => findKeyId(store.records, text, account),
    listKeys(page, filters = []) {
      const matches = matchesFilters(filters, store.instanceId);
      return pageOf([...store.records.keys.list()].filter(matches), page);
    },
    enableKey: async (text) => changeState('EnableKey', text),
    disableKey: async (text) => changeState('DisableKey', text),
    createAlias: async (name, keyText) =>
      createAlias({ store, limit: limits.aliases, now: clock() }, name, ownKeyId(keyText, account)),
    listAliases: (page) => listAliases(store.records, page),
  };
}

async function createKey(options: KeyServiceOptions, request: NewKey): Promise<Key> {
  const { store, keyStore, limits } = options;
  // Also checked inside the transaction; here it spares the cost of material that could not be kept.
  requireRoom(store.records.keys, limits.keys);
  const key = newKey(options, request);
  const { id: keyId, initialVersionId: id, spec, origin, createdAt } = key;
  const material = await keyStore.generate({ id, keyId, spec, origin });
  const version: KeyVersion = { id, keyId, spec, origin, createdAt, ...material };
  return store.transact((transaction) => {
    requireRoom(transaction.keys, limits.keys);
    transaction.keyVersions.put(id, version);
    transaction.keys.put(keyId, key);
    return key;
  });
}

function newKey(options: KeyServiceOptions, request: NewKey): Key {
  const { clock, randomBytes, defaultProtectionLevel } = options;
  const spec = findKeySpec(request.spec ?? 'Aliyun_AES_256');
  if (!spec || options.withheldSpecs?.has(spec.name)) throw invalidParameter('KeySpec');
  const description = request.description ?? '';
  requireDescription(description);
  requireOrigin(request.origin);
  const createdAt = clock();
  const id = newKeyId(createdAt, randomBytes);
  const versionId = newKeyVersionId(id, randomBytes);
  return {
    id,
    spec: spec.name,
    usage: usageOf(spec, request.usage),
    origin: 'Aliyun_KMS',
    protectionLevel: protectionLevelOf(request.protectionLevel) ?? defaultProtectionLevel,
    state: 'Enabled',
    description,
    tags: [],
    policy: null,
    deletionProtection: null,
    createdAt,
    deleteAt: null,
    rotationInterval: null,
    rotatedAt: createdAt,
    initialVersionId: versionId,
    primaryVersionId: versionId,
  };
}

function usageOf(spec: KeySpec, requested: string | undefined): Key['usage'] {
  const usage = requested === undefined ? spec.usages[0] : spec.usages.find((each) => each === requested);
  if (!usage) throw invalidParameter('KeyUsage');
  return usage;
}

function requireOrigin(origin: string | undefined): void {
  if (origin === undefined || origin === 'Aliyun_KMS') return;
  throw origin === 'EXTERNAL'
    ? new KmsError('UnsupportedOperation', 'Importing key material is not supported by this instance.')
    : invalidParameter('Origin');
}

function protectionLevelOf(level: string | undefined): ProtectionLevel | undefined {
  if (level === undefined || level === 'SOFTWARE' || level === 'HSM') return level;
  throw invalidParameter('ProtectionLevel');
}

function findKey(records: Pick<Snapshot, 'keys'>, keyId: string): Key {
  const key = isKeyId(keyId) ? records.keys.get(keyId) : undefined;
  if (!key) throw new KmsError('Forbidden.KeyNotFound');
  return key;
}
