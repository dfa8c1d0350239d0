// The key that signs checkpoints: an EC_P256 key of the instance's key store, kept beside the keys of customers and not
// among them, so that no action names, lists, disables or deletes it.

import { createPublicKey } from 'node:crypto';
import { SIGNATURE_ALGORITHMS } from '../core/algorithms.ts';
import { newKeyId, newKeyVersionId, type RandomBytes } from '../core/ids.ts';
import type { KeyVersion } from '../core/key.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { KeyStore } from '../core/ports/key-store.ts';
import type { Store } from '../core/ports/store.ts';

const RECORD_ID = 'audit';
const ALGORITHM = 'ECDSA_SHA_256';

export interface AuditKey {
  /** SubjectPublicKeyInfo, PEM. */
  readonly publicKeyPem: string;
  /** DER. */
  readonly sign: (text: Buffer) => Promise<Buffer>;
}

export interface AuditKeyOptions {
  readonly store: Store;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

/** The instance's; made on its first start. */
export async function openAuditKey(options: AuditKeyOptions): Promise<AuditKey> {
  const { store, keyStore } = options;
  const algorithm = SIGNATURE_ALGORITHMS.get(ALGORITHM);
  const version = store.records.internalKeys.get(RECORD_ID) ?? (await create(options));
  if (!algorithm || !version.publicKey) throw new Error('the audit key is not a signing key');
  const publicKey = createPublicKey({ key: version.publicKey, format: 'der', type: 'spki' });
  return {
    publicKeyPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    sign: async (message) => keyStore.sign(version, algorithm, { type: 'RAW', message, workClass: 'audit' }),
  };
}

async function create({ store, keyStore, clock, randomBytes }: AuditKeyOptions): Promise<KeyVersion> {
  const createdAt = clock();
  const keyId = newKeyId(createdAt, randomBytes);
  const id = newKeyVersionId(keyId, randomBytes);
  const identity = { id, keyId, spec: 'EC_P256', origin: 'Aliyun_KMS' } as const;
  const version: KeyVersion = { ...identity, createdAt, ...(await keyStore.generate(identity)) };
  return store.transact(({ internalKeys }) => {
    // Another process was faster: its key is the instance's.
    const existing = internalKeys.get(RECORD_ID);
    if (existing) return existing;
    internalKeys.put(RECORD_ID, version);
    return version;
  });
}
