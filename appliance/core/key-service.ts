// The service of keys: how they are made, found and listed, together with what else can be done to one. Material is made before the transaction
// and committed with its key, so a key never exists without material, nor material without its key; only a key of origin
// EXTERNAL waits for its material.
// Sources: control-plane specification 2.1 and 3.

import { KmsError } from '../errors.ts';
import { type Aliases, createAliases } from './aliases.ts';
import { EDITIONS, type Edition } from './editions.ts';
import { invalidParameter, requireDescription, requireRoom } from './fields.ts';
import { newKeyId, newKeyVersionId } from './ids.ts';
import { createKeyImports, type KeyImportOptions, type KeyImports } from './import-service.ts';
import { isExternal, keyAt } from './imported-keys.ts';
import { instanceProtection, setInstanceProtection } from './instance-protection.ts';
import type { Key, KeyOrigin, KeyVersion, ProtectionLevel, Tag } from './key.ts';
import { type KeyFilter, matchesFilters } from './key-filter.ts';
import { createKeyLife, type KeyLife } from './key-life.ts';
import { findKeyId, ownKeyId, requireKey, resolveKeyId } from './key-reference.ts';
import { findKeySpec, type KeySpec, type KeyUsage } from './key-specs.ts';
import { createKeyTags, type KeyTags } from './key-tags.ts';
import { findKeyVersion, listKeyVersions, rotateKey } from './key-versions.ts';
import type { Limits } from './limits.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';
import type { KeyStore } from './ports/key-store.ts';
import { parsePolicy } from './ram/policy-document.ts';
import { rotationInterval } from './rotation.ts';
import { MAX_TAGS, PLAIN_FAULTS, requireTags } from './tags.ts';

/** Texts as the administrator sent them; an absent one takes its default. */
export interface NewKey {
  readonly spec?: string | undefined;
  readonly usage?: string | undefined;
  /** The other usage of an asymmetric key. */
  readonly additionalUsage?: string | undefined;
  readonly origin?: string | undefined;
  readonly description?: string | undefined;
  readonly protectionLevel?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly automaticRotation?: boolean | undefined;
  /** For example `7d` or `604800s`; required with automatic rotation. */
  readonly rotationInterval?: string | undefined;
  /** Key policy document. */
  readonly policy?: string | undefined;
}

export interface KeyServiceOptions extends KeyImportOptions {
  readonly limits: Limits;
  readonly edition: Edition;
}

/** Every promise resolves after the change is durable. Errors are KmsErrors with the codes named. */
export interface KeyService extends KeyLife, KeyTags, Aliases, KeyImports {
  /** @throws InvalidParameter, Rejected.LimitExceeded; UnsupportedOperation for what does not rotate */
  createKey(request: NewKey): Promise<Key>;
  /** A key by id, alias or ARN of either. @throws Forbidden.KeyNotFound, Forbidden.AliasNotFound */
  resolveKeyRef(text: string): Key;
  /** A key by id or ARN. @throws Forbidden.KeyNotFound, Unsupported.Alias */
  resolveKeyId(text: string): Key;
  /** The id that a reference means, whether or not there is such a key; undefined when it leads nowhere. */
  keyIdOf(text: string): string | undefined;
  /** @throws InvalidParameter for an unknown filter */
  listKeys(page: PageRequest, filters?: readonly KeyFilter[]): Page<Key>;
  /** By reference. @throws as resolveKeyRef; Rejected.UnsupportedOperation, Rejected.<State>, Rejected.LimitExceeded */
  createKeyVersion(text: string): Promise<KeyVersion>;
  /** By reference. @throws as resolveKeyRef; Forbidden.KeyVersionNotFound */
  describeKeyVersion(text: string, versionId: string): KeyVersion;
  /** By reference, oldest first. @throws as resolveKeyRef */
  listKeyVersions(text: string, page: PageRequest): Page<KeyVersion>;
  /** `reason` null: the protection ends. @throws InvalidParameter */
  setInstanceProtection(reason: string | null): Promise<void>;
  /** The given reason; null: the instance is not protected. */
  instanceProtection(): string | null;
}

export function createKeyService(options: KeyServiceOptions): KeyService {
  const { store, account, clock } = options;
  const requirePresent = (id: string): Key => keyAt(requireKey(store.records, id), clock());
  const resolveKeyRef = (text: string): Key => requirePresent(resolveKeyId(store.records, text, account));

  return {
    ...createKeyLife(options),
    ...createKeyTags(options),
    ...createAliases(options),
    ...createKeyImports(options),
    createKey: (request) => createKey(options, request),
    resolveKeyRef,
    resolveKeyId: (text) => requirePresent(ownKeyId(text, account)),
    keyIdOf: (text) => findKeyId(store.records, text, account),
    listKeys(page, filters = []) {
      const matches = matchesFilters(filters, store.instanceId);
      const present = [...store.records.keys.list()].map((key) => keyAt(key, clock()));
      return pageOf(present.filter(matches), page);
    },
    createKeyVersion: async (text) => rotateKey(options, resolveKeyRef(text).id),
    describeKeyVersion: (text, versionId) => findKeyVersion(store.records, resolveKeyRef(text), versionId),
    listKeyVersions: (text, page) => listKeyVersions(store.records, resolveKeyRef(text), page),
    setInstanceProtection: (reason) => setInstanceProtection(store, reason),
    instanceProtection: () => instanceProtection(store),
  };
}

async function createKey(options: KeyServiceOptions, request: NewKey): Promise<Key> {
  const { store, keyStore, limits } = options;
  // Also checked inside the transaction; here it spares the cost of material that could not be kept.
  requireRoom(store.records.keys, limits.keys);
  const key = newKey(options, request);
  const version = isExternal(key) ? null : await firstVersion(keyStore, key);
  return store.transact((transaction) => {
    requireRoom(transaction.keys, limits.keys);
    if (version) transaction.keyVersions.put(version.id, version);
    transaction.keys.put(key.id, key);
    return key;
  });
}

async function firstVersion(keyStore: KeyStore, key: Key): Promise<KeyVersion> {
  const { id: keyId, initialVersionId: id, spec, origin, createdAt } = key;
  return { id, keyId, spec, origin, createdAt, ...(await keyStore.generate({ id, keyId, spec, origin })) };
}

function newKey(options: KeyServiceOptions, request: NewKey): Key {
  const { clock, randomBytes } = options;
  const edition = EDITIONS[options.edition];
  const spec = findKeySpec(request.spec ?? 'Aliyun_AES_256');
  if (!spec || edition.withheldSpecs.has(spec.name) || options.withheldSpecs?.has(spec.name))
    throw invalidParameter('KeySpec');
  const description = request.description ?? '';
  requireDescription(description);
  const origin = originOf(request.origin);
  const tags = request.tags ?? [];
  requireTags(tags, PLAIN_FAULTS);
  if (tags.length > MAX_TAGS) throw invalidParameter('Tags');
  const usage = usageOf(spec, request.usage);
  const additionalUsage = additionalUsageOf(spec, usage, request.additionalUsage);
  if (additionalUsage !== undefined && !edition.additionalKeyUsage)
    throw new KmsError('UnsupportedOperation', 'AdditionalKeyUsage is for the standard edition.');
  const createdAt = clock();
  const id = newKeyId(createdAt, randomBytes);
  const versionId = newKeyVersionId(id, randomBytes);
  return {
    id,
    spec: spec.name,
    usage,
    ...(additionalUsage !== undefined && { additionalUsage }),
    origin,
    protectionLevel: protectionLevelOf(request.protectionLevel) ?? edition.protectionLevel,
    state: origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled',
    description,
    tags,
    policy: policyOf(request.policy),
    deletionProtection: null,
    createdAt,
    deleteAt: null,
    rotationInterval: rotationOf(spec, request, edition.rotation && origin === 'Aliyun_KMS'),
    rotatedAt: createdAt,
    materialExpiresAt: null,
    materialFingerprint: null,
    initialVersionId: versionId,
    primaryVersionId: versionId,
  };
}

function usageOf(spec: KeySpec, requested: string | undefined): KeyUsage {
  const usage = requested === undefined ? spec.usages[0] : spec.usages.find((each) => each === requested);
  if (!usage) throw invalidParameter('KeyUsage');
  return usage;
}

function additionalUsageOf(
  spec: KeySpec,
  usage: KeyUsage,
  requested: string | undefined,
): KeyUsage | undefined {
  if (requested === undefined) return undefined;
  const additional = spec.usages.find((each) => each === requested && each !== usage);
  if (!additional) throw invalidParameter('AdditionalKeyUsage');
  return additional;
}

function rotationOf(
  spec: KeySpec,
  { automaticRotation, rotationInterval: text }: NewKey,
  offered: boolean,
): number | null {
  const interval = text === undefined ? null : rotationInterval(text);
  if (automaticRotation !== true) return null;
  if (!offered || spec.material.type !== 'symmetric') throw new KmsError('UnsupportedOperation');
  if (interval === null)
    throw new KmsError('MissingParameter', 'The parameter RotationInterval is required.');
  return interval;
}

function originOf(origin: string | undefined): KeyOrigin {
  if (origin === undefined || origin === 'Aliyun_KMS') return 'Aliyun_KMS';
  if (origin === 'EXTERNAL') return origin;
  throw invalidParameter('Origin');
}

function policyOf(document: string | undefined): string | null {
  if (document === undefined) return null;
  parsePolicy(document, 'key');
  return document;
}

function protectionLevelOf(level: string | undefined): ProtectionLevel | undefined {
  if (level === undefined || level === 'SOFTWARE' || level === 'HSM') return level;
  throw invalidParameter('ProtectionLevel');
}
