// Bringing one's own key: a wrapping key pair and a token are handed out, and material wrapped under the one comes in with
// the other. A key takes one material for ever; the same may come again, after it expired or with another expiry.
// Material is unwrapped before the transaction that makes it the key's. Source: control-plane specification 2.4 and 3.4.

import { type KeyObject, timingSafeEqual } from 'node:crypto';
import { KmsError } from '../errors.ts';
import { invalidParameter } from './fields.ts';
import { type Account, newWrappingKeyId, type RandomBytes } from './ids.ts';
import { makeToken, readToken } from './import-token.ts';
import {
  expireWrappingKeys,
  isWrappingKeyExpired,
  keyAt,
  requireExternal,
  wrappingKeysOf,
} from './imported-keys.ts';
import type { Key } from './key.ts';
import { ownKeyId, requireKey } from './key-reference.ts';
import { type KeySpecName, keySpec } from './key-specs.ts';
import { nextState, requireState } from './key-state.ts';
import type { Clock } from './ports/clock.ts';
import type { ImportedMaterial, KeyStore, MaterialIdentity } from './ports/key-store.ts';
import type { Snapshot, Store } from './ports/store.ts';
import {
  WRAPPING_ALGORITHMS,
  type WrappingAlgorithm,
  type WrappingKey,
  wrappingAlgorithm,
} from './wrapping.ts';

const TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1000;
/** Of one key at a time; each lives as long as its token. */
const MAX_WRAPPING_KEYS = 100;

export interface ImportParameters {
  readonly keyId: string;
  readonly importToken: Buffer;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
  readonly tokenExpiresAt: number;
}

/** Texts as the administrator sent them. */
export interface WrappingChoice {
  readonly algorithm: string;
  readonly wrappingKeySpec: string;
}

export interface MaterialImport {
  readonly importToken: Buffer;
  readonly encryptedKeyMaterial: Buffer;
  /** Milliseconds since the epoch; null: it does not expire. */
  readonly expiresAt: number | null;
}

/** Every key is named by its id or ARN. All throw KmsError Forbidden.KeyNotFound, Unsupported.Alias and the codes named. */
export interface KeyImports {
  /** @throws Unsupported.Origin; InvalidParameter for what the key cannot be imported by; Rejected.LimitExceeded */
  getParametersForImport(text: string, choice: WrappingChoice): Promise<ImportParameters>;
  /**
   * @throws Unsupported.Origin, Rejected.StateModifiedFailed, InvalidImportToken, ExpiredImportToken, InvalidKeyMaterial;
   * InvalidParameter for an expiry that has passed
   */
  importKeyMaterial(text: string, material: MaterialImport): Promise<Key>;
  /** Always refused: material goes with its key. @throws Unsupported.Origin, UnsupportedOperation */
  deleteKeyMaterial(text: string): never;
}

export interface KeyImportOptions {
  readonly store: Store;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly account: Account;
  /** 32-byte secret key for import tokens alone. */
  readonly importTokenKey: KeyObject;
  readonly withheldSpecs?: ReadonlySet<KeySpecName>;
}

export function createKeyImports(options: KeyImportOptions): KeyImports {
  const { store, account } = options;
  const externalKey = (text: string): Key => {
    const key = requireKey(store.records, ownKeyId(text, account));
    requireExternal(key);
    return key;
  };
  return {
    getParametersForImport: async (text, choice) => importParameters(options, externalKey(text), choice),
    importKeyMaterial: async (text, material) => importMaterial(options, externalKey(text), material),
    deleteKeyMaterial(text) {
      externalKey(text);
      throw new KmsError(
        'UnsupportedOperation',
        'Key material is not deleted by itself: schedule the deletion of the key.',
      );
    },
  };
}

async function importParameters(
  options: KeyImportOptions,
  key: Key,
  choice: WrappingChoice,
): Promise<ImportParameters> {
  const { store, keyStore, clock, randomBytes } = options;
  requireState('GetParametersForImport', key.state);
  const algorithm = suitableAlgorithm(options, key, choice);
  requireRoom(store.records, key, clock());
  const { id: keyId } = key;
  const identity = { id: newWrappingKeyId(keyId, randomBytes), keyId, spec: algorithm.wrappingKeySpec };
  const { blob, publicKey } = await keyStore.generateWrappingKey(identity);
  if (publicKey === null) throw new Error('a wrapping key has no public key');
  const createdAt = clock();
  const expiresAt = createdAt + TOKEN_LIFETIME_MS;
  await store.transact((transaction) => {
    requireKey(transaction, keyId);
    requireRoom(transaction, key, createdAt);
    expireWrappingKeys(transaction, key, createdAt);
    const record = { ...identity, algorithm: algorithm.name, createdAt, expiresAt, blob, publicKey };
    transaction.wrappingKeys.put(identity.id, record);
  });
  const context = tokenContext(options, key);
  const importToken = makeToken(context, { wrappingKeyId: identity.id, expiresAt });
  return { keyId, importToken, publicKey, tokenExpiresAt: expiresAt };
}

/** @throws KmsError InvalidParameter */
function suitableAlgorithm(
  { withheldSpecs }: KeyImportOptions,
  { spec }: Key,
  choice: WrappingChoice,
): WrappingAlgorithm {
  const algorithm = WRAPPING_ALGORITHMS.get(choice.algorithm);
  if (!algorithm?.targets.includes(keySpec(spec).material.type)) throw invalidParameter('WrappingAlgorithm');
  const { wrappingKeySpec } = algorithm;
  if (choice.wrappingKeySpec !== wrappingKeySpec || withheldSpecs?.has(wrappingKeySpec))
    throw invalidParameter('WrappingKeySpec');
  return algorithm;
}

/** @throws KmsError Rejected.LimitExceeded */
function requireRoom(records: Pick<Snapshot, 'wrappingKeys'>, key: Key, now: number): void {
  const live = [...wrappingKeysOf(records, key)].filter((each) => !isWrappingKeyExpired(each, now));
  if (live.length >= MAX_WRAPPING_KEYS) throw new KmsError('Rejected.LimitExceeded');
}

async function importMaterial(options: KeyImportOptions, key: Key, request: MaterialImport): Promise<Key> {
  const { store, keyStore, clock } = options;
  const { id: keyId, initialVersionId: id, spec, origin, materialFingerprint: before } = key;
  requireImportable(key, request, clock());
  const wrappingKey = wrappingKeyOf(options, store.records, { key, request });
  const identity: MaterialIdentity = { id, keyId, spec, origin };
  const imported = await keyStore.importMaterial(identity, {
    wrappingKey,
    algorithm: wrappingAlgorithm(wrappingKey.algorithm),
    encryptedKeyMaterial: request.encryptedKeyMaterial,
  });
  requireSame(before, imported);
  return store.transact((transaction) => {
    const now = clock();
    const present = keyAt(requireKey(transaction, keyId), now);
    const state = requireImportable(present, request, now);
    wrappingKeyOf(options, transaction, { key: present, request });
    requireUnchanged(present, before);
    const { blob, publicKey, fingerprint } = imported;
    const createdAt = transaction.keyVersions.get(id)?.createdAt ?? now;
    transaction.keyVersions.put(id, { ...identity, createdAt, blob, publicKey });
    const changed: Key = {
      ...present,
      state,
      materialFingerprint: fingerprint,
      materialExpiresAt: request.expiresAt,
    };
    transaction.keys.put(keyId, changed);
    return changed;
  });
}

/** The state after the import. @throws KmsError Rejected.StateModifiedFailed; InvalidParameter for a passed expiry */
function requireImportable(key: Key, { expiresAt }: MaterialImport, now: number): Key['state'] {
  if (expiresAt !== null && expiresAt <= now) throw invalidParameter('KeyMaterialExpireUnix');
  return nextState('ImportKeyMaterial', key.state, true);
}

/** @throws KmsError InvalidImportToken, ExpiredImportToken */
function wrappingKeyOf(
  options: KeyImportOptions,
  records: Pick<Snapshot, 'wrappingKeys'>,
  { key, request }: { readonly key: Key; readonly request: MaterialImport },
): WrappingKey {
  const { wrappingKeyId } = readToken(tokenContext(options, key), request.importToken, options.clock());
  const wrappingKey = records.wrappingKeys.get(wrappingKeyId);
  if (wrappingKey?.keyId !== key.id) throw new KmsError('InvalidImportToken');
  return wrappingKey;
}

/** @throws KmsError InvalidKeyMaterial for other material than the key had before */
function requireSame(before: Buffer | null, { fingerprint }: ImportedMaterial): void {
  if (before === null) return;
  if (before.length !== fingerprint.length || !timingSafeEqual(before, fingerprint))
    throw new KmsError('InvalidKeyMaterial');
}

/** @throws KmsError Rejected.StateModifiedFailed when another import was faster */
function requireUnchanged({ materialFingerprint }: Key, before: Buffer | null): void {
  if ((materialFingerprint === null) === (before === null)) return;
  throw new KmsError(
    'Rejected.StateModifiedFailed',
    'Key material was imported to this key at the same time by another request.',
  );
}

function tokenContext({ store, importTokenKey: tokenKey }: KeyImportOptions, { id: keyId }: Key) {
  return { tokenKey, instanceId: store.instanceId, keyId };
}
