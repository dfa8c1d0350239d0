// The software key store: material is sealed under the sealing key at rest and opened into native keys for use.
// Cheap symmetric work is done at once; everything asymmetric runs off the event loop, so many at a time.
// Sources: design sections 4 and 6, data-plane specification 4.4 and 4.5.

import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type {
  EncryptionAlgorithm,
  EncryptionAlgorithmName,
  SignatureAlgorithm,
  SignatureAlgorithmName,
} from '../core/algorithms.ts';
import type { RandomBytes } from '../core/ids.ts';
import type { KeyVersion } from '../core/key.ts';
import { type KeySpec, keySpec } from '../core/key-specs.ts';
import type {
  Awaitable,
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
import { AsymmetricLane } from './asymmetric-lane.ts';
import { aesGcm } from './ciphers/aes-gcm.ts';
import type { EncryptionCipher, SignatureCipher } from './ciphers/cipher.ts';
import { ecdsa } from './ciphers/ecdsa.ts';
import { ecies } from './ciphers/ecies.ts';
import { rsaOaep } from './ciphers/rsa-oaep.ts';
import { rsaPkcs1, rsaPss } from './ciphers/rsa-signature.ts';
import { sm2Dsa, sm2Pke } from './ciphers/sm2.ts';
import { sm4Gcm } from './ciphers/sm4-gcm.ts';
import { FairQueue } from './fair-queue.ts';
import { generatePair } from './generate-pair.ts';
import {
  deriveFingerprintKey,
  fingerprintOf,
  unwrapMaterial,
  wrappingPrivateKey,
} from './imported-material.ts';
import { KeyMaterial } from './key-material.ts';
import { requireDecryption, requireEncryption, requireSignature } from './offered.ts';
import { type OpenedKey, OpenedKeys } from './opened-keys.ts';
import { openMaterial, type SealingContext, sealMaterial } from './sealing.ts';
import { generateSm2Key, importSm2Key } from './sm2-key.ts';
import { workCost } from './work-cost.ts';

export interface SoftwareKeyStoreOptions {
  /** 32-byte secret key, derived from the root key for this purpose alone. */
  readonly sealingKey: KeyObject;
  readonly instanceId: string;
  readonly randomBytes: RandomBytes;
  /** Key versions held open. */
  readonly maxOpenedKeys?: number;
  /** Asymmetric operations of one key spec at once, waiting ones included. */
  readonly maxAsymmetricInFlight?: number;
  /** For asymmetric operations; slow ones of imports and new keys have one of their own. */
  readonly threads?: number;
}

const MAX_IN_FLIGHT = 256;
/** Of all key specs together, should all their operations be for the lane. */
const MAX_QUEUED = 2048;
/** Of work for each thread: enough that it need not wait for the event loop, and waiting is never longer for a class of keys. */
const WINDOW_MS = 16;
/** Pairs take up to seconds in the pool that also writes files: one at a time. */
const MAX_GENERATING = 64;

export class SoftwareKeyStore implements KeyStore {
  readonly #sealing: SealingContext;
  readonly #fingerprintKey: KeyObject;
  readonly #opened: OpenedKeys<OpenedKey>;
  readonly #asymmetric: FairQueue;
  readonly #generation: FairQueue;
  readonly #lane: AsymmetricLane;
  /** A check of primes takes a tenth of a second and more: signatures are not to wait for it. */
  readonly #slowLane = new AsymmetricLane({ threads: 1 });
  /** Without the modes that are for HSM keys alone. */
  readonly #encryption: Readonly<Partial<Record<EncryptionAlgorithmName, EncryptionCipher>>>;
  readonly #signature: Readonly<Record<SignatureAlgorithmName, SignatureCipher>>;

  constructor(options: SoftwareKeyStoreOptions) {
    const { randomBytes } = options;
    const { threads = 1, maxAsymmetricInFlight: maxPerClass = MAX_IN_FLIGHT } = options;
    const lane = new AsymmetricLane({ threads, maxQueued: MAX_QUEUED });
    this.#sealing = options;
    this.#fingerprintKey = deriveFingerprintKey(options.sealingKey);
    this.#opened = new OpenedKeys(options.maxOpenedKeys ?? 10_000);
    this.#asymmetric = new FairQueue({ width: threads, windowMs: WINDOW_MS * threads, maxPerClass });
    this.#generation = new FairQueue({ width: 1, windowMs: 0, maxPerClass: MAX_GENERATING });
    this.#lane = lane;
    this.#encryption = {
      AES_GCM: aesGcm(randomBytes),
      RSAES_OAEP_SHA_256: rsaOaep('SHA-256'),
      RSAES_OAEP_SHA_1: rsaOaep('SHA-1'),
      ECIES_DH_SHA_1_XOR_HMAC: ecies(lane),
      SM4_GCM: sm4Gcm(lane, randomBytes),
      SM2PKE: sm2Pke(lane),
    };
    this.#signature = {
      RSA_PSS_SHA_256: rsaPss(lane, randomBytes),
      RSA_PKCS1_SHA_256: rsaPkcs1(lane),
      ECDSA_SHA_256: ecdsa(lane),
      SM2DSA: sm2Dsa(lane),
    };
  }

  generate(identity: MaterialIdentity): Promise<StoredMaterial> {
    return this.#generate(identity);
  }

  generateWrappingKey(identity: WrappingKeyIdentity): Promise<StoredMaterial> {
    return this.#generate(identity);
  }

  async importMaterial(identity: MaterialIdentity, wrapped: WrappedMaterial): Promise<ImportedMaterial> {
    const privateKey = this.#openWrappingKey(wrapped.wrappingKey);
    const unwrapped = await this.#oneByOne(identity, () =>
      unwrapMaterial(this.#slowLane, identity, { privateKey, wrapped }),
    );
    const { material, publicKey, genuine } = unwrapped;
    try {
      const blob = sealMaterial(this.#sealing, identity, material);
      const fingerprint = fingerprintOf(this.#fingerprintKey, identity.keyId, unwrapped);
      if (!genuine) throw new KmsError('InvalidKeyMaterial');
      return { blob, publicKey, fingerprint };
    } finally {
      material.destroy();
    }
  }

  async #generate(identity: MaterialIdentity | WrappingKeyIdentity): Promise<StoredMaterial> {
    const kind = keySpec(identity.spec).material;
    if (kind.type === 'symmetric') {
      return { blob: this.#seal(identity, this.#sealing.randomBytes(kind.bytes)), publicKey: null };
    }
    if (kind.type === 'sm2') {
      const { pkcs8, spki } = await this.#oneByOne(identity, () => generateSm2Key(this.#slowLane));
      return { blob: this.#seal(identity, pkcs8), publicKey: spki };
    }
    const { privateKey, publicKey } = await this.#oneByOne(identity, () => generatePair(kind));
    return {
      blob: this.#seal(identity, privateKey.export({ type: 'pkcs8', format: 'der' })),
      publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    };
  }

  /** InvalidParameter when the plaintext is too long for the key. */
  encrypt(
    version: KeyVersion,
    algorithm: EncryptionAlgorithm,
    input: EncryptInput,
  ): Awaitable<EncryptOutput> {
    const key = this.#open(version);
    requireEncryption(key.spec, algorithm, input);
    const cipher = this.#cipher(algorithm);
    if (!cipher.offLoop) return cipher.encrypt(key.publicKey, input);
    return this.#usePublic(key, () => cipher.encrypt(key.publicKey, input));
  }

  decrypt(version: KeyVersion, algorithm: EncryptionAlgorithm, input: DecryptInput): Awaitable<Buffer> {
    const key = this.#open(version);
    requireDecryption(key.spec, algorithm, input);
    const cipher = this.#cipher(algorithm);
    if (!cipher.offLoop) return cipher.decrypt(key.privateKey, input);
    return this.#usePrivate(key, () => cipher.decrypt(key.privateKey, input));
  }

  async sign(version: KeyVersion, algorithm: SignatureAlgorithm, input: SignInput): Promise<Buffer> {
    const key = this.#open(version);
    requireSignature(key.spec, algorithm);
    const workClass = input.type === 'RAW' ? input.workClass : undefined;
    return this.#usePrivate(
      key,
      () => this.#signature[algorithm.name].sign(key.privateKey, input),
      workClass,
    );
  }

  async verify(
    version: KeyVersion,
    algorithm: SignatureAlgorithm,
    input: SignInput,
    signature: Uint8Array,
  ): Promise<boolean> {
    const key = this.#open(version);
    requireSignature(key.spec, algorithm);
    return this.#usePublic(key, () =>
      this.#signature[algorithm.name].verify(key.publicKey, input, signature),
    );
  }

  forget(): void {
    this.#opened.clear();
  }

  async close(): Promise<void> {
    this.forget();
    await Promise.all([this.#lane.close(), this.#slowLane.close()]);
  }

  #cipher({ name }: EncryptionAlgorithm): EncryptionCipher {
    const cipher = this.#encryption[name];
    if (cipher === undefined) throw new KmsError('UnsupportedOperation');
    return cipher;
  }

  #usePrivate<T>({ spec }: OpenedKey, run: () => Awaitable<T>, workClass: string = spec.name): Promise<T> {
    return this.#asymmetric.run({ workClass, cost: workCost(spec.name).privateKey, run });
  }

  #usePublic<T>({ spec }: OpenedKey, run: () => Awaitable<T>): Promise<T> {
    return this.#asymmetric.run({ workClass: spec.name, cost: workCost(spec.name).publicKey, run });
  }

  #oneByOne<T>({ spec }: MaterialIdentity | WrappingKeyIdentity, run: () => Awaitable<T>): Promise<T> {
    return this.#generation.run({ workClass: spec, cost: workCost(spec).privateKey, run });
  }

  #seal(identity: MaterialIdentity | WrappingKeyIdentity, bytes: Buffer): Buffer {
    const material = new KeyMaterial(bytes);
    try {
      return sealMaterial(this.#sealing, identity, material);
    } finally {
      material.destroy();
    }
  }

  #openWrappingKey({ blob, ...identity }: WrappedMaterial['wrappingKey']): KeyObject {
    const material = openMaterial(this.#sealing, identity, blob);
    try {
      return material.use((bytes) => wrappingPrivateKey(identity.spec, bytes));
    } finally {
      material.destroy();
    }
  }

  #open(version: KeyVersion): OpenedKey {
    const known = this.#opened.get(version.id);
    if (known !== undefined) return known;
    const material = openMaterial(this.#sealing, version, version.blob);
    try {
      const opened = material.use((bytes) => importKey(keySpec(version.spec), bytes));
      requirePublicKey(opened, version.publicKey);
      this.#opened.add(version.id, opened);
      return opened;
    } finally {
      material.destroy();
    }
  }
}

function importKey(spec: KeySpec, bytes: Buffer): OpenedKey {
  if (spec.material.type === 'symmetric') {
    const secret = createSecretKey(bytes);
    return { spec, privateKey: secret, publicKey: secret };
  }
  if (spec.material.type === 'sm2') return { spec, ...importSm2Key(bytes) };
  const privateKey = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
  return { spec, privateKey, publicKey: createPublicKey(privateKey) };
}

/** The public key beside the blob is not sealed, and GetPublicKey hands it out: it must be the material's own. */
function requirePublicKey(opened: OpenedKey, stored: Buffer | null): void {
  const own = publicKeyInfo(opened);
  const matches = own === null ? stored === null : stored?.equals(own) === true;
  if (!matches) throw new Error('the stored public key does not belong to the key material');
}

function publicKeyInfo({ spec, publicKey }: OpenedKey): Buffer | null {
  if (spec.material.type === 'symmetric') return null;
  return spec.material.type === 'sm2'
    ? publicKey.export()
    : publicKey.export({ type: 'spki', format: 'der' });
}
