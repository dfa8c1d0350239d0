// Deletion protection of the instance itself: a mark that administrators set and read; an instance is never deleted
// through this API. Source: control-plane specification 2.1 (SetDeletionProtection) and 2.7.

import { requireDescription } from './fields.ts';
import type { Store } from './ports/store.ts';

const RECORD_ID = 'instance';

export interface InstanceProtection {
  /** The given reason; null: not protected. */
  readonly reason: string | null;
}

/** `reason` null: the protection ends. @throws KmsError InvalidParameter */
export async function setInstanceProtection(store: Store, reason: string | null): Promise<void> {
  requireDescription(reason ?? '', 'DeletionProtectionDescription');
  await store.transact(({ instanceProtection }) => instanceProtection.put(RECORD_ID, { reason }));
}

/** The given reason; null: not protected. */
export function instanceProtection({ records }: Store): string | null {
  return records.instanceProtection.get(RECORD_ID)?.reason ?? null;
}
