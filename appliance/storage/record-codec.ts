// Records as bytes: JSON with Buffers as base64 and the version of the record's shape as `v`. When a shape changes,
// its version grows and a migration rewrites the stored ones, so that only the present shape is ever decoded here.

import type { Records } from '../core/ports/store.ts';
import { StoreError } from './store-error.ts';

type BinaryField<T> = { [F in keyof T]: Extract<T[F], Buffer> extends never ? never : F }[keyof T];

interface Shape<T> {
  readonly version: number;
  /** The fields that are Buffers (or null); the type makes sure that none is forgotten. */
  readonly binary: Readonly<Record<BinaryField<T>, true>>;
}

const SHAPES: { readonly [K in keyof Records]: Shape<Records[K]> } = {
  keys: { version: 3, binary: { materialFingerprint: true } },
  keyVersions: { version: 1, binary: { blob: true, publicKey: true } },
  aliases: { version: 1, binary: {} },
  networkRules: { version: 1, binary: {} },
  policies: { version: 1, binary: {} },
  accessPoints: { version: 1, binary: {} },
  clientKeys: { version: 1, binary: { publicKey: true } },
  accessKeys: { version: 2, binary: {} },
  ramUsers: { version: 1, binary: {} },
  ramPolicies: { version: 1, binary: {} },
  serverIdentity: { version: 1, binary: {} },
  instanceSettings: { version: 1, binary: {} },
  instanceProtection: { version: 1, binary: {} },
  auditSettings: { version: 1, binary: {} },
  scheduler: { version: 1, binary: {} },
  wrappingKeys: { version: 1, binary: { blob: true, publicKey: true } },
  internalKeys: { version: 1, binary: { blob: true, publicKey: true } },
};

export type CollectionName = keyof Records;

export const COLLECTIONS = Object.keys(SHAPES) as CollectionName[];

export interface RecordCodec<T> {
  encode(record: T): Buffer;
  /** The record, frozen. `path` is for the message. @throws StoreError RECORD_DAMAGED */
  decode(path: string, bytes: Buffer): T;
}

export function recordCodec<K extends CollectionName>(collection: K): RecordCodec<Records[K]> {
  const { version, binary } = SHAPES[collection];
  const binaryFields = Object.keys(binary);
  return {
    encode(record) {
      const fields: Record<string, unknown> = { v: version, ...record };
      for (const name of binaryFields) {
        const value = fields[name];
        if (Buffer.isBuffer(value)) fields[name] = value.toString('base64');
      }
      return Buffer.from(JSON.stringify(fields));
    },
    decode(path, bytes) {
      const { v, ...fields } = parseObject(path, bytes);
      if (v !== version)
        throw new StoreError('RECORD_DAMAGED', `${JSON.stringify(path)} has an unknown version`);
      for (const name of binaryFields) {
        const value = fields[name];
        if (typeof value === 'string') fields[name] = Buffer.from(value, 'base64');
      }
      // The bytes were sealed by this program under this path: their shape is what `encode` made.
      return Object.freeze(fields) as unknown as Records[K];
    },
  };
}

function parseObject(path: string, bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // The parser's message would quote the record.
  }
  throw new StoreError('RECORD_DAMAGED', `${JSON.stringify(path)} is not a record`);
}
