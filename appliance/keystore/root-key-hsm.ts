// A root key kept by an HSM cluster: 32 random bytes, encrypted by an AES-256 key of the HSM whose blob lies beside them
// in the store's header. Both are useless without the cluster's domain key, so without the HSM the store does not open.
// Design section 4.

import { type Hsm, HsmError, type HsmErrorCode } from '../../hsm-adapter/index.ts';
import type { RandomBytes } from '../core/ids.ts';
import type { RootKey, RootKeyParameters, RootKeySource } from '../core/ports/root-key.ts';
import { ROOT_KEY_BYTES, RootKeyError, requireRootKeyType, SecretRootKey } from './root-key.ts';

const CIPHER = 'AES_GCM';
const PROOF_PURPOSE = 'hsm-proof';
const AAD = Buffer.from('dedicated-kms/root-key/v1');

export interface HsmRootKeyOptions {
  readonly hsm: Hsm;
  readonly randomBytes: RandomBytes;
}

/** The root key that the HSM opens. @throws RootKeyError ROOT_KEY_HSM_UNAVAILABLE as long as waiting may help */
export function rootKeyFromHsm({ hsm, randomBytes }: HsmRootKeyOptions): RootKeySource {
  return {
    async prepare() {
      const key = await opened(hsm.generate('AES_256'));
      const plaintext = randomBytes(ROOT_KEY_BYTES);
      try {
        const { ciphertext, iv } = await opened(hsm.encrypt(key, CIPHER, { plaintext, aad: AAD }));
        return { type: 'hsm', key: base64(key.blob), iv: base64(iv), ciphertext: base64(ciphertext) };
      } finally {
        plaintext.fill(0);
      }
    },
    async open(parameters) {
      requireRootKeyType(parameters, 'hsm');
      const key = { blob: bytesOf(parameters, 'key'), publicKey: null };
      const input = {
        ciphertext: bytesOf(parameters, 'ciphertext'),
        iv: bytesOf(parameters, 'iv'),
        aad: AAD,
      };
      return new SecretRootKey(await opened(hsm.decrypt(key, CIPHER, input)));
    },
  };
}

/** @throws RootKeyError unless the HSM opens the root key that the instance works with */
export async function requireRootKey(
  options: HsmRootKeyOptions,
  { rootKey, parameters }: { readonly rootKey: RootKey; readonly parameters: RootKeyParameters },
): Promise<void> {
  const found = await rootKeyFromHsm(options).open(parameters);
  // Constant time.
  if (found.deriveKey(PROOF_PURPOSE).equals(rootKey.deriveKey(PROOF_PURPOSE))) return;
  throw new RootKeyError('ROOT_KEY_HSM_REFUSED', TEXTS.ROOT_KEY_HSM_REFUSED);
}

/** What an operator is told of each error of the HSM: wait, or connect the HSM that the store was made with. */
const FAULTS: Readonly<Record<HsmErrorCode, keyof typeof TEXTS>> = {
  BUSY: 'ROOT_KEY_HSM_UNAVAILABLE',
  TIMEOUT: 'ROOT_KEY_HSM_UNAVAILABLE',
  UNAVAILABLE: 'ROOT_KEY_HSM_UNAVAILABLE',
  PROTOCOL: 'ROOT_KEY_HSM_UNAVAILABLE',
  DOMAIN_KEY_MISSING: 'ROOT_KEY_HSM_UNAVAILABLE',
  DOMAIN_KEY_MISMATCH: 'ROOT_KEY_HSM_REFUSED',
  KEY_DAMAGED: 'ROOT_KEY_HSM_REFUSED',
  INVALID_CIPHERTEXT: 'ROOT_KEY_HSM_REFUSED',
  INVALID_INPUT: 'ROOT_KEY_HSM_REFUSED',
  INVALID_KEY_MATERIAL: 'ROOT_KEY_HSM_REFUSED',
  MECHANISM_MISSING: 'ROOT_KEY_HSM_REFUSED',
  NOT_ADMITTED: 'ROOT_KEY_HSM_REFUSED',
};

const TEXTS = {
  ROOT_KEY_HSM_UNAVAILABLE: 'the root key is in the HSM, and the HSM is not available',
  ROOT_KEY_HSM_REFUSED: 'the HSM does not open the root key of this store: it may be another cluster',
} as const;

async function opened<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof HsmError)) throw error;
    const code = FAULTS[error.code];
    throw new RootKeyError(code, `${TEXTS[code]} (${error.code})`, { cause: error });
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64');
}

function bytesOf(parameters: RootKeyParameters, name: string): Buffer {
  return Buffer.from(String(parameters[name]), 'base64');
}
