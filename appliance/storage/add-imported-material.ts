// Schema 2 to 3: keys know when their imported material expires, and its fingerprint.

import type { ByteTransaction } from './byte-store.ts';
import { rewriteRecords } from './rewrite-records.ts';

export function addImportedMaterial(records: ByteTransaction): void {
  rewriteRecords(records, 'keys/', (key) => ({
    ...key,
    v: 3,
    materialExpiresAt: null,
    materialFingerprint: null,
  }));
}
