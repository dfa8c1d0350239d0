// A byte store over another one in which every value is sealed with AES-256-GCM, bound to the instance and its full
// path: a value that was changed, moved to another path or brought from another instance does not open, and what does
// not open is an error, never skipped. Paths, counts and the epoch stay in clear. Design section 4.
// Layout: format version (1) | IV (12, random) | ciphertext | tag (16). One key seals up to 2^32 values (SP 800-38D 8.3).

import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { RandomBytes } from '../core/ids.ts';
import type { ByteReader, ByteStore, ByteTransaction } from './byte-store.ts';
import { StoreError } from './store-error.ts';

const CIPHER = 'aes-256-gcm';
const FORMAT_VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + IV_BYTES;

export interface ValueSeal {
  seal(path: string, value: Buffer): Buffer;
  /** @throws StoreError RECORD_DAMAGED */
  open(path: string, sealed: Buffer): Buffer;
}

export interface ValueSealOptions {
  /** 256-bit secret key. */
  readonly key: KeyObject;
  readonly instanceId: string;
  readonly randomBytes: RandomBytes;
}

export function valueSeal(options: ValueSealOptions): ValueSeal {
  const { key, randomBytes } = options;
  const boundTo = identityPrefix(options.instanceId);
  const identity = (path: string): Buffer => Buffer.concat([boundTo, Buffer.from(path)]);
  return {
    seal(path, value) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(identity(path));
      const sealed = cipher.update(value);
      return Buffer.concat([Buffer.of(FORMAT_VERSION), iv, sealed, cipher.final(), cipher.getAuthTag()]);
    },
    open(path, sealed) {
      if (sealed[0] !== FORMAT_VERSION || sealed.length < HEADER_BYTES + TAG_BYTES) throw damaged(path);
      const iv = sealed.subarray(1, HEADER_BYTES);
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(identity(path));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      const value = decipher.update(sealed.subarray(HEADER_BYTES, -TAG_BYTES));
      try {
        decipher.final();
      } catch {
        throw damaged(path);
      }
      return value;
    },
  };
}

export function encryptedStore(store: ByteStore, seal: ValueSeal): ByteStore {
  return {
    ...sealedReader(store, seal),
    epoch: () => store.epoch(),
    transact: (change) => store.transact((transaction) => change(sealedTransaction(transaction, seal))),
    close: () => store.close(),
  };
}

/** The same view of a transaction that is under way. */
export function sealedTransaction(transaction: ByteTransaction, seal: ValueSeal): ByteTransaction {
  return {
    ...sealedReader(transaction, seal),
    put: (path, value) => transaction.put(path, seal.seal(path, value)),
    delete: (path) => transaction.delete(path),
  };
}

function sealedReader(reader: ByteReader, seal: ValueSeal): ByteReader {
  return {
    get(path) {
      const sealed = reader.get(path);
      return sealed && seal.open(path, sealed);
    },
    paths: (prefix) => reader.paths(prefix),
    count: (prefix) => reader.count(prefix),
  };
}

/** Version (1) | length of the instance id (2) | instance id; the path follows and needs no length, being the last. */
function identityPrefix(instanceId: string): Buffer {
  const id = Buffer.from(instanceId);
  const prefix = Buffer.alloc(3);
  prefix.writeUInt8(FORMAT_VERSION, 0);
  prefix.writeUInt16BE(id.length, 1);
  return Buffer.concat([prefix, id]);
}

function damaged(path: string): StoreError {
  return new StoreError('RECORD_DAMAGED', `the stored value of ${JSON.stringify(path)} does not open`);
}
