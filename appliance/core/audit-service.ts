// The audit log as administrators see it: whether requests of the data plane are recorded, how the log is doing, and
// what the control plane did.

import { isAuditEnabled, setAuditEnabled } from './audit-switch.ts';
import type { AuditEvents } from './ports/audit-events.ts';
import type { AuditLog, AuditLogStatus } from './ports/audit-log.ts';
import type { AuditStatus } from './ports/audit-status.ts';
import type { Store } from './ports/store.ts';

export interface AuditService extends AuditEvents {
  isEnabled(): boolean;
  /** Resolves when durable; every process follows with its next request. */
  setEnabled(enabled: boolean): Promise<void>;
  log(): Promise<AuditLogStatus>;
  /** Null when nobody watches over disk and delivery. */
  health(): AuditStatus | null;
}

export interface AuditServiceOptions {
  readonly store: Store;
  readonly auditLog: Pick<AuditLog, 'status'>;
  readonly events: AuditEvents;
  readonly health?: (() => AuditStatus) | undefined;
}

export function createAuditService({ store, auditLog, events, health }: AuditServiceOptions): AuditService {
  return {
    isEnabled: () => isAuditEnabled(store),
    setEnabled: (enabled) => setAuditEnabled(store, enabled),
    log: () => auditLog.status(),
    health: () => health?.() ?? null,
    lookup: (request) => events.lookup(request),
  };
}
