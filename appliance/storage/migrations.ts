// From one schema of the store to the next. Row n of the table leads from schema n to n + 1 (counted from 1), so the
// length of the table gives the present schema. All that is missing runs in one transaction with the new header.

import type { KeyObject } from 'node:crypto';
import { addImportedMaterial } from './add-imported-material.ts';
import { addKeyLife } from './add-key-life.ts';
import type { ByteStore, ByteTransaction } from './byte-store.ts';
import { sealedTransaction, type ValueSeal } from './encrypted-store.ts';
import { encodeHeader, HEADER_PATH, parseHeader, type StoreHeader, verifyHeader } from './header.ts';
import { StoreError } from './store-error.ts';

/** Rewrites records, seen decrypted (JSON, `record-codec.ts`), at paths `<collection>/<id>`. */
export type Migration = (transaction: ByteTransaction) => void;

export const MIGRATIONS: readonly Migration[] = [addKeyLife, addImportedMaterial];

export function schemaVersion(migrations: readonly Migration[]): number {
  return migrations.length + 1;
}

/** @throws StoreError NEWER_SCHEMA */
export function requireKnownSchema(header: StoreHeader, migrations: readonly Migration[]): void {
  const known = schemaVersion(migrations);
  if (header.schemaVersion > known) {
    throw new StoreError(
      'NEWER_SCHEMA',
      `the store has schema ${header.schemaVersion}, this release knows schemas up to ${known}`,
    );
  }
}

export interface MigrationContext {
  readonly headerKey: KeyObject;
  readonly seal: ValueSeal;
  readonly migrations: readonly Migration[];
}

/** Brings an opened store to the present schema. The header is read again inside: another process may be faster. */
export async function migrate(bytes: ByteStore, context: MigrationContext): Promise<void> {
  const { headerKey, seal, migrations } = context;
  await bytes.transact((transaction) => {
    const stored = transaction.get(HEADER_PATH);
    if (stored === undefined) throw new StoreError('HEADER_DAMAGED', 'the header of the store is missing');
    verifyHeader(stored, headerKey);
    const header = parseHeader(stored);
    requireKnownSchema(header, migrations);
    const missing = migrations.slice(header.schemaVersion - 1);
    if (missing.length === 0) return;
    const records = sealedTransaction(transaction, seal);
    for (const migration of missing) migration(records);
    const present = { ...header, schemaVersion: schemaVersion(migrations) };
    transaction.put(HEADER_PATH, encodeHeader(present, headerKey));
  });
}
