// The rules of using a key: state, usage, algorithm and parameters are checked here, then the key store works.
// Same rules for every plane; what an edition leaves out is in editions.ts. Sources: data-plane specification 4.3 to 4.11, 7.2, 7.3 and section 8.

import { KmsError } from '../errors.ts';
import {
  ENCRYPTION_ALGORITHMS,
  type EncryptionAlgorithm,
  type EncryptionAlgorithmName,
  type PaddingMode,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
} from './algorithms.ts';
import { EDITIONS, type Edition } from './editions.ts';
import type { KeyVersionId } from './ids.ts';
import { isMaterialExpired } from './imported-keys.ts';
import type { Key, KeyVersion } from './key.ts';
import { type KeySpec, type KeyUsage, keySpec, maxPlaintextBytes } from './key-specs.ts';
import { requireState } from './key-state.ts';
import type { Clock } from './ports/clock.ts';
import type { Awaitable, EncryptOutput, KeyStore, SignInput } from './ports/key-store.ts';
import type { Store } from './ports/store.ts';

const MAX_AAD_BYTES = 8192;
const MAX_DATA_KEY_BYTES = 1024;
const DEFAULT_DATA_KEY_BYTES = 32;

const PADDING_MODES: ReadonlyMap<string, PaddingMode | null> = new Map([
  ['', null],
  ['PKCS7_PADDING', 'PKCS7_PADDING'],
  ['NO_PADDING', 'NO_PADDING'],
]);
const BLOCK_BYTES = 16;

/** What undecryptable input is answered with: see docs/errors.md, "Decryption failures". */
export type DecryptionFailure = 'InvalidParameter' | 'InternalFailure';

export interface CipherParameters {
  /** '' chooses the key spec's default. */
  readonly algorithm: string;
  readonly aad: Uint8Array;
  readonly iv: Uint8Array;
  /** '' chooses the algorithm's default; only checked where the algorithm does not pad. */
  readonly paddingMode: string;
  /** Admits only algorithms that authenticate: for data keys and the Advance layout. */
  readonly authenticated?: boolean;
  /** Admits the algorithms that only the OpenAPI offers. */
  readonly openApi?: boolean;
}

/** What took effect, whether it was named or chosen. */
export interface CipherUsed {
  readonly algorithm: EncryptionAlgorithm;
  /** '' where the algorithm does not pad. */
  readonly paddingMode: PaddingMode | '';
}

export interface Encrypted extends EncryptOutput, CipherUsed {}

export interface Decrypted extends CipherUsed {
  readonly plaintext: Buffer;
}

export interface CryptoService {
  /** The version that works: the one named, which must be the key's, or the given default. */
  version(key: Key, versionId: string, fallback: KeyVersionId): KeyVersion;
  encrypt(
    key: Key,
    version: KeyVersion,
    plaintext: Uint8Array,
    parameters: CipherParameters,
  ): Awaitable<Encrypted>;
  decrypt(
    key: Key,
    version: KeyVersion,
    ciphertext: Uint8Array,
    parameters: CipherParameters,
  ): Awaitable<Decrypted>;
  sign(key: Key, version: KeyVersion, algorithmName: string, input: SignInput): Awaitable<Signed>;
  verify(
    key: Key,
    version: KeyVersion,
    algorithmName: string,
    input: SignInput,
    signature: Uint8Array,
  ): Awaitable<Verified>;
  /** SubjectPublicKeyInfo, PEM with 64 columns and a trailing newline. */
  publicKeyPem(key: Key, version: KeyVersion): string;
}

export interface Signed {
  readonly signature: Buffer;
  readonly algorithm: SignatureAlgorithm;
}

export interface Verified {
  readonly valid: boolean;
  readonly algorithm: SignatureAlgorithm;
}

export interface CryptoServiceOptions {
  readonly store: Store;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly edition: Edition;
  readonly decryptionFailure: DecryptionFailure;
}

export function createCryptoService({
  store,
  keyStore,
  clock,
  edition,
  decryptionFailure,
}: CryptoServiceOptions): CryptoService {
  const { withheldEncryption } = EDITIONS[edition];
  const decryptionFailed = (error: unknown): never => {
    if (error instanceof KmsError && error.code === 'InvalidParameter') throw new KmsError(decryptionFailure);
    throw error;
  };
  const requireUsable = (key: Key): void => {
    requireEnabled(key);
    // Whether or not the scheduler has been there.
    if (isMaterialExpired(key, clock())) throw new KmsError('Rejected.PendingImport');
  };
  const usable = (key: Key, usage: KeyUsage): KeySpec => {
    requireUsable(key);
    if (key.usage !== usage && key.additionalUsage !== usage) throw new KmsError('UnsupportedOperation');
    return keySpec(key.spec);
  };

  return {
    version(key, versionId, fallback) {
      const version = store.records.keyVersions.get(versionId === '' ? fallback : versionId);
      if (version?.keyId === key.id) return version;
      if (versionId === '') throw new Error(`version ${fallback} of ${key.id} is missing from the store`);
      throw new KmsError('InvalidParameter');
    },

    encrypt(key, version, plaintext, parameters) {
      const spec = usable(key, 'ENCRYPT/DECRYPT');
      const used = cipher(spec, parameters, withheldEncryption);
      requireLength(spec, used, plaintext.length);
      const { algorithm, paddingMode } = used;
      const output = keyStore.encrypt(version, algorithm, { plaintext, ...keyStoreInput(used, parameters) });
      return map(output, ({ ciphertext, iv }) => ({ ciphertext, iv, algorithm, paddingMode }));
    },

    decrypt(key, version, ciphertext, parameters) {
      const spec = usable(key, 'ENCRYPT/DECRYPT');
      const used = cipher(spec, parameters, withheldEncryption);
      const { algorithm } = used;
      if (parameters.iv.length !== algorithm.ivBytes && algorithm.ivBytes > 0)
        throw new KmsError('InvalidParameter');
      try {
        const { iv } = parameters;
        const input = { ciphertext, ...keyStoreInput(used, parameters), iv };
        const plaintext = keyStore.decrypt(version, algorithm, input);
        if (plaintext instanceof Promise) {
          return plaintext.then((opened) => ({ plaintext: opened, ...used }), decryptionFailed);
        }
        return { plaintext, ...used };
      } catch (error) {
        return decryptionFailed(error);
      }
    },

    sign(key, version, algorithmName, input) {
      const algorithm = signatureAlgorithm(usable(key, 'SIGN/VERIFY'), algorithmName, input);
      return map(keyStore.sign(version, algorithm, input), (signature) => ({ signature, algorithm }));
    },

    verify(key, version, algorithmName, input, signature) {
      const algorithm = signatureAlgorithm(usable(key, 'SIGN/VERIFY'), algorithmName, input);
      return map(keyStore.verify(version, algorithm, input, signature), (valid) => ({ valid, algorithm }));
    },

    publicKeyPem(key, version) {
      requireUsable(key);
      if (version.publicKey === null) throw new KmsError('UnsupportedOperation');
      const lines = version.publicKey.toString('base64').match(/.{1,64}/g) ?? [];
      return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
    },
  };
}

/** Applies `transform` now or when the promise resolves. */
export function map<From, To>(value: Awaitable<From>, transform: (value: From) => To): Awaitable<To> {
  return value instanceof Promise ? value.then(transform) : transform(value);
}

/** @throws KmsError Rejected.<State> unless the key is Enabled */
export function requireEnabled(key: Key): void {
  requireState('Use', key.state);
}

export function isSymmetric(key: Key): boolean {
  return keySpec(key.spec).material.type === 'symmetric';
}

/** For the Advance and data-key-pair APIs. @throws KmsError Forbidden.OnlySymmetricKeySupported */
export function requireSymmetric(key: Key): void {
  if (isSymmetric(key)) return;
  throw new KmsError(
    'Forbidden.OnlySymmetricKeySupported',
    `The key ${key.id} is not a symmetric key. The API only supports symmetric keys.`,
  );
}

/** For the Advance APIs, whose layout has no code for another algorithm. @throws also KmsError UnsupportedOperation */
export function requireAesGcm(key: Key): void {
  requireSymmetric(key);
  if (!keySpec(key.spec).encryption.includes('AES_GCM')) throw new KmsError('UnsupportedOperation');
}

/** Size of a data key: absent means 32 bytes. @throws KmsError InvalidParameter outside 1 to 1024 */
export function dataKeyBytes(numberOfBytes: number): number {
  if (numberOfBytes === 0) return DEFAULT_DATA_KEY_BYTES;
  if (numberOfBytes < 0 || numberOfBytes > MAX_DATA_KEY_BYTES) throw new KmsError('InvalidParameter');
  return numberOfBytes;
}

function cipher(
  spec: KeySpec,
  parameters: CipherParameters,
  withheld: ReadonlySet<EncryptionAlgorithmName>,
): CipherUsed {
  const { aad, iv, openApi, authenticated } = parameters;
  const names = openApi ? [...spec.encryption, ...spec.openApiEncryption] : spec.encryption;
  const algorithm = offered(ENCRYPTION_ALGORITHMS, names, parameters.algorithm);
  if (withheld.has(algorithm.name) || (authenticated && !algorithm.aad))
    throw new KmsError('UnsupportedOperation');
  const padding = PADDING_MODES.get(parameters.paddingMode);
  if (padding === undefined) throw new KmsError('InvalidParameter');
  if (aad.length > (algorithm.aad ? MAX_AAD_BYTES : 0)) throw new KmsError('InvalidParameter');
  // An IV where none belongs is ignored: the SDK samples copy it from one call to the next.
  if (algorithm.ivBytes > 0 && iv.length > 0 && iv.length !== algorithm.ivBytes)
    throw new KmsError('InvalidParameter');
  const [defaultPadding = ''] = algorithm.paddingModes;
  return { algorithm, paddingMode: defaultPadding && (padding ?? defaultPadding) };
}

/** @throws KmsError InvalidParameter for a plaintext that is too long, or not whole blocks where nothing pads it */
function requireLength(spec: KeySpec, { algorithm, paddingMode }: CipherUsed, length: number): void {
  const whole = paddingMode !== 'NO_PADDING' || (length > 0 && length % BLOCK_BYTES === 0);
  if (!whole || length > maxPlaintextBytes(spec, algorithm)) throw new KmsError('InvalidParameter');
}

function keyStoreInput({ paddingMode }: CipherUsed, { iv, aad }: CipherParameters) {
  return {
    aad,
    ...(iv.length > 0 && { iv }),
    ...(paddingMode !== '' && { padding: paddingMode }),
  };
}

function signatureAlgorithm(spec: KeySpec, name: string, input: SignInput): SignatureAlgorithm {
  const algorithm = offered(SIGNATURE_ALGORITHMS, spec.signature, name);
  if (input.type === 'DIGEST' && input.digest.length !== algorithm.digestBytes)
    throw new KmsError('InvalidParameter');
  return algorithm;
}

function offered<Row extends { readonly name: string }>(
  table: ReadonlyMap<string, Row>,
  names: readonly string[],
  requested: string,
): Row {
  const name = requested === '' ? names[0] : requested;
  const row = name === undefined ? undefined : table.get(name);
  if (row && names.includes(row.name)) return row;
  throw new KmsError(row ? 'UnsupportedOperation' : 'InvalidParameter');
}
