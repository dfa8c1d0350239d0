// Whether requests of the data plane are recorded: a setting of the instance, so that every process follows it from its
// next request on. What the control plane does is always recorded, the change of this setting included.
// Source: control-plane specification 5.3.

import type { AuditLog } from './ports/audit-log.ts';
import type { Store } from './ports/store.ts';

export interface AuditSettings {
  readonly enabled: boolean;
}

const RECORD_ID = 'instance';

/** It is, unless it was switched off. */
export function isAuditEnabled({ records }: Pick<Store, 'records'>): boolean {
  return records.auditSettings.get(RECORD_ID)?.enabled ?? true;
}

export async function setAuditEnabled(store: Store, enabled: boolean): Promise<void> {
  await store.transact(({ auditSettings }) => auditSettings.put(RECORD_ID, { enabled }));
}

/**
 * The log as the data plane of a process sees it: it follows the setting. The chain says where the records end and
 * where they go on, before the first request that leaves none and the first that leaves one again is answered.
 */
export function dataPlaneAuditLog(
  auditLog: Pick<AuditLog, 'append' | 'flushed' | 'noteRecording'>,
  store: Pick<Store, 'records'>,
): Pick<AuditLog, 'append' | 'flushed'> {
  // What the chain says: every start of a process begins with records.
  let recording = true;
  let unflushed = false;
  return {
    append(records) {
      const enabled = isAuditEnabled(store);
      if (enabled !== recording) {
        auditLog.noteRecording(enabled);
        recording = enabled;
        unflushed = true;
      }
      if (enabled) auditLog.append(records);
    },
    flushed() {
      if (!recording && !unflushed) return null;
      if (recording) return auditLog.flushed();
      // A sync that fails is tried again with the next request.
      return (
        auditLog.flushed()?.then(() => {
          unflushed = false;
        }) ?? null
      );
    },
  };
}
