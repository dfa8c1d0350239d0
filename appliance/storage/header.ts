// The header of a store: schema version, instance id and how to find the root key, in clear because it is read before
// there is a key. A MAC under a key derived from the root key covers its exact bytes; it proves the root key right and
// the header unchanged. Layout: JSON, newline, HMAC-SHA-256 in hex.

import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { StoreError } from './store-error.ts';

/** Not `<collection>/<id>`, so no record is in its way. */
export const HEADER_PATH = 'header';

const MAC_BYTES = 32;

const HEADER = z.object({
  schemaVersion: z.int().min(1),
  instanceId: z.string().min(1),
  rootKey: z.record(z.string(), z.union([z.string(), z.number()])),
});

export type StoreHeader = Readonly<z.infer<typeof HEADER>>;

export function encodeHeader(header: StoreHeader, key: KeyObject): Buffer {
  const text = JSON.stringify(header);
  return Buffer.from(`${text}\n${mac(text, key).toString('hex')}`);
}

/** What a header says, still to be believed only after `verifyHeader`. @throws StoreError HEADER_DAMAGED */
export function parseHeader(bytes: Buffer): StoreHeader {
  const { text } = split(bytes);
  try {
    return HEADER.parse(JSON.parse(text));
  } catch (cause) {
    throw new StoreError('HEADER_DAMAGED', 'the header of the store is not readable', { cause });
  }
}

/** @throws StoreError ROOT_KEY_MISMATCH when it was not written under this key, or was changed since */
export function verifyHeader(bytes: Buffer, key: KeyObject): void {
  const { text, tag } = split(bytes);
  const stored = Buffer.from(tag, 'hex');
  if (stored.length !== MAC_BYTES || !timingSafeEqual(stored, mac(text, key))) {
    throw new StoreError(
      'ROOT_KEY_MISMATCH',
      'the root key does not open this store, or its header was changed',
    );
  }
}

function mac(text: string, key: KeyObject): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function split(bytes: Buffer): { text: string; tag: string } {
  const [text = '', tag = ''] = bytes.toString().split('\n');
  return { text, tag };
}
