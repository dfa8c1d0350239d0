// The HSM key store: keys are made and used in the HSM cluster and kept as blobs that only the cluster can open. Such a
// blob says nothing of whose key it is, so it is sealed here, bound to the identity of its version and to its public key.
// Invariant: no key material is ever in the clear in this process. Sources: design section 4, HSM specification B and J.

import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { Hsm, OperationName } from '../../hsm-adapter/index.ts';
import type { EncryptionAlgorithm, SignatureAlgorithm } from '../core/algorithms.ts';
import type { KeyVersion } from '../core/key.ts';
import { type KeySpecName, keySpec } from '../core/key-specs.ts';
import type {
  DecryptInput,
  EncryptInput,
  EncryptOutput,
  ImportedMaterial,
  KeyStore,
  MaterialIdentity,
  SignInput,
  StoredMaterial,
  WrappedMaterial,
  WrappingKeyIdentity,
} from '../core/ports/key-store.ts';
import { KmsError } from '../errors.ts';
import { AsymmetricLane, type LaneOptions } from './asymmetric-lane.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import {
  HSM_SPECS,
  HSM_WRAPPINGS,
  type HsmEncryptionCipher,
  type HsmSignatureCipher,
  hsmEncryption,
  hsmSignature,
  type OpenedHsmKey,
} from './hsm-ciphers.ts';
import { answered, notOffered } from './hsm-failures.ts';
import { KeyMaterial } from './key-material.ts';
import { requireDecryption, requireEncryption, requireSignature } from './offered.ts';
import { OpenedKeys } from './opened-keys.ts';
import { openMaterial, type SealingContext, sealMaterial } from './sealing.ts';
import { sm2PublicKey } from './sm2-key.ts';

const HASH = 'sha256';
const HASH_BYTES = 32;

/** The sealing key is one derived for this purpose alone. */
export interface HsmKeyStoreOptions extends SealingContext {
  /** Stays its owner's to close. */
  readonly hsm: Hsm;
  /** Key versions held open. */
  readonly maxOpenedKeys?: number;
  /** Operations with public keys under way at once, waiting ones included. */
  readonly maxPublicInFlight?: number;
  readonly lane?: LaneOptions;
}

/** Errors besides the port's: ServiceUnavailableTemporary, Rejected.Throttling; UnsupportedOperation for what the HSM lacks. */
export class HsmKeyStore implements KeyStore {
  readonly #hsm: Hsm;
  readonly #sealing: SealingContext;
  readonly #opened: OpenedKeys<OpenedHsmKey>;
  readonly #public: ConcurrencyLimit;
  readonly #lane: AsymmetricLane;
  readonly #encryption: ReturnType<typeof hsmEncryption>;
  readonly #signature: ReturnType<typeof hsmSignature>;

  constructor(options: HsmKeyStoreOptions) {
    const { hsm, randomBytes } = options;
    const lane = new AsymmetricLane(options.lane);
    this.#hsm = hsm;
    this.#sealing = options;
    this.#opened = new OpenedKeys(options.maxOpenedKeys ?? 10_000);
    this.#public = new ConcurrencyLimit(options.maxPublicInFlight ?? 256);
    this.#lane = lane;
    this.#encryption = hsmEncryption({ hsm, lane, randomBytes });
    this.#signature = hsmSignature({ hsm, lane, randomBytes });
  }

  generate(identity: MaterialIdentity): Promise<StoredMaterial> {
    return this.#generate(identity);
  }

  generateWrappingKey(identity: WrappingKeyIdentity): Promise<StoredMaterial> {
    return this.#generate(identity);
  }

  /** Unwrapped by the HSM: the material is never in this process. */
  async importMaterial(identity: MaterialIdentity, wrapped: WrappedMaterial): Promise<ImportedMaterial> {
    const { blob: sealedKey, ...wrappingIdentity } = wrapped.wrappingKey;
    const wrappingKey = { blob: this.#unseal(wrappingIdentity, sealedKey).blob, publicKey: null };
    const importing = this.#hsm.importWrapped({
      spec: HSM_SPECS[identity.spec],
      wrappingKey,
      wrapping: HSM_WRAPPINGS[wrapped.algorithm.name],
      wrapped: wrapped.encryptedKeyMaterial,
    });
    const { blob, publicKey, fingerprint } = await answered(importing);
    const ofKey = createHash(HASH).update(fingerprint).update(identity.keyId).digest();
    return { blob: this.#seal(identity, blob, publicKey), publicKey, fingerprint: ofKey };
  }

  async #generate(identity: MaterialIdentity | WrappingKeyIdentity): Promise<StoredMaterial> {
    const spec = HSM_SPECS[identity.spec];
    const { operations, specs } = this.#hsm.capabilities();
    if (operations.length > 0 && !specs.includes(spec)) throw notOffered();
    const { blob, publicKey } = await answered(this.#hsm.generate(spec));
    return { blob: this.#seal(identity, blob, publicKey), publicKey };
  }

  async encrypt(
    version: KeyVersion,
    algorithm: EncryptionAlgorithm,
    input: EncryptInput,
  ): Promise<EncryptOutput> {
    const key = this.#open(version);
    requireEncryption(key.spec, algorithm, input);
    const cipher = this.#encryptionOf(algorithm);
    if (cipher.needs === null) return answered(cipher.encrypt(key, input));
    this.#requireOperation(cipher.needs);
    return this.#public.run(() => cipher.encrypt(key, input));
  }

  async decrypt(version: KeyVersion, algorithm: EncryptionAlgorithm, input: DecryptInput): Promise<Buffer> {
    const key = this.#open(version);
    requireDecryption(key.spec, algorithm, input);
    return answered(this.#encryptionOf(algorithm).decrypt(key, input));
  }

  async sign(version: KeyVersion, algorithm: SignatureAlgorithm, input: SignInput): Promise<Buffer> {
    const key = this.#open(version);
    requireSignature(key.spec, algorithm);
    return answered(this.#signatureOf(algorithm).sign(key, input));
  }

  async verify(
    version: KeyVersion,
    algorithm: SignatureAlgorithm,
    input: SignInput,
    signature: Uint8Array,
  ): Promise<boolean> {
    const key = this.#open(version);
    requireSignature(key.spec, algorithm);
    return this.#public.run(() => this.#signatureOf(algorithm).verify(key, input, signature));
  }

  forget(): void {
    this.#opened.clear();
  }

  async close(): Promise<void> {
    this.forget();
    await this.#lane.close();
  }

  #encryptionOf({ name }: EncryptionAlgorithm): HsmEncryptionCipher {
    const cipher = this.#encryption[name];
    if (cipher === undefined) throw notOffered();
    return cipher;
  }

  #signatureOf({ name }: SignatureAlgorithm): HsmSignatureCipher {
    const cipher = this.#signature[name];
    if (cipher === undefined) throw notOffered();
    return cipher;
  }

  /** @throws KmsError UnsupportedOperation, or ServiceUnavailableTemporary while nobody can say */
  #requireOperation(name: OperationName): void {
    const { operations } = this.#hsm.capabilities();
    if (operations.length === 0) throw new KmsError('ServiceUnavailableTemporary');
    const row = operations.find(({ operation }) => operation === name);
    if (row === undefined || row.where === 'missing') throw notOffered();
  }

  #seal(identity: MaterialIdentity | WrappingKeyIdentity, blob: Buffer, publicKey: Buffer | null): Buffer {
    const content = new KeyMaterial(Buffer.concat([hashOf(publicKey), blob]));
    try {
      return sealMaterial(this.#sealing, identity, content);
    } finally {
      content.destroy();
    }
  }

  #unseal(
    identity: MaterialIdentity | WrappingKeyIdentity,
    sealed: Buffer,
  ): { readonly publicKeyHash: Buffer; readonly blob: Buffer } {
    const content = openMaterial(this.#sealing, identity, sealed).use((bytes) => Buffer.from(bytes));
    return { publicKeyHash: content.subarray(0, HASH_BYTES), blob: content.subarray(HASH_BYTES) };
  }

  #open(version: KeyVersion): OpenedHsmKey {
    const known = this.#opened.get(version.id);
    if (known !== undefined) return known;
    const { publicKey } = version;
    const { publicKeyHash, blob } = this.#unseal(version, version.blob);
    // GetPublicKey hands out the key beside the blob: it must be the one that the HSM made with it.
    if (!publicKeyHash.equals(hashOf(publicKey)))
      throw new Error('the stored public key does not belong to the key material');
    const opened = {
      spec: keySpec(version.spec),
      hsmKey: { blob, publicKey },
      publicKey: publicKey && publicKeyObject(version.spec, publicKey),
    };
    this.#opened.add(version.id, opened);
    return opened;
  }
}

function publicKeyObject(spec: KeySpecName, spki: Buffer): KeyObject {
  return spec === 'EC_SM2' ? sm2PublicKey(spki) : createPublicKey({ key: spki, format: 'der', type: 'spki' });
}

function hashOf(publicKey: Buffer | null): Buffer {
  return createHash(HASH)
    .update(publicKey ?? Buffer.alloc(0))
    .digest();
}
