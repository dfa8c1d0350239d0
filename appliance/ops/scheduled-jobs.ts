// The jobs on keys: destroying those whose deletion window has ended and imported material that has expired, rotating
// those whose interval has passed. Each
// key is one transaction that looks again whether it is due, so nothing is done early or twice. What is destroyed goes
// by the proven time.
// Source: control-plane specification 2.2 and 3.3.

import {
  expireMaterial,
  expireWrappingKeys,
  isMaterialExpired,
  isWrappingKeyExpired,
} from '../core/imported-keys.ts';
import { destroyKey, isDeletionDue } from '../core/key-deletion.ts';
import { type RotationOptions, rotateKey } from '../core/key-versions.ts';
import type { KeyStore } from '../core/ports/key-store.ts';
import type { Store } from '../core/ports/store.ts';
import { isRotationDue } from '../core/rotation.ts';
import { KmsError } from '../errors.ts';
import type { Logger } from './logger.ts';
import type { Job } from './scheduler.ts';

export interface DeletionJobOptions {
  readonly store: Store;
  readonly keyStore: Pick<KeyStore, 'forget'>;
}

export function keyDeletionJob({ store, keyStore }: DeletionJobOptions): Job {
  return {
    name: 'key deletion',
    async run({ provenTime, deed, audit }) {
      const due = [...store.records.keys.list()].filter((key) => isDeletionDue(key, provenTime));
      for (const { id } of due) {
        await store.transact((transaction) => {
          const key = transaction.keys.get(id);
          if (!key || !isDeletionDue(key, provenTime)) return;
          deed(transaction, 'DeleteKey', id);
          destroyKey(transaction, key);
        });
        keyStore.forget();
        await audit();
      }
    },
  };
}

export function materialExpiryJob({ store, keyStore }: DeletionJobOptions): Job {
  return {
    name: 'material expiry',
    async run({ provenTime, deed, audit }) {
      const due = [...store.records.keys.list()].filter((key) => isMaterialExpired(key, provenTime));
      for (const { id } of due) {
        await store.transact((transaction) => {
          const key = transaction.keys.get(id);
          if (!key || !isMaterialExpired(key, provenTime)) return;
          deed(transaction, 'ExpireKeyMaterial', id);
          expireMaterial(transaction, key, provenTime);
        });
        keyStore.forget();
        await audit();
      }
    },
  };
}

export function wrappingKeyExpiryJob({ store }: Pick<DeletionJobOptions, 'store'>): Job {
  return {
    name: 'wrapping key expiry',
    async run({ provenTime, deed, audit }) {
      const expired = [...store.records.wrappingKeys.list()].filter((each) =>
        isWrappingKeyExpired(each, provenTime),
      );
      for (const id of new Set(expired.map(({ keyId }) => keyId))) {
        await store.transact((transaction) => {
          deed(transaction, 'ExpireImportToken', id);
          expireWrappingKeys(transaction, { id }, provenTime);
        });
        await audit();
      }
    },
  };
}

export interface RotationJobOptions extends RotationOptions {
  readonly logger: Logger;
}

export function keyRotationJob({ logger, ...options }: RotationJobOptions): Job {
  const { store } = options;
  return {
    name: 'key rotation',
    async run({ clock, deed, audit }) {
      const due = [...store.records.keys.list()].filter((key) => isRotationDue(key, clock()));
      for (const { id } of due) {
        try {
          await rotateKey(options, id, (transaction, key) => {
            if (!isRotationDue(key, clock())) throw new KmsError('Rejected.StateModifiedFailed');
            deed(transaction, 'RotateKey', id);
          });
        } catch (error) {
          // One key that cannot be rotated (too many versions, changed meanwhile) does not keep others from it.
          if (!(error instanceof KmsError)) throw error;
          logger.warn({ keyId: id, code: error.code }, 'the key was not rotated');
        }
        await audit();
      }
    },
  };
}
