// Writes audit records and remembers whether that still works: nothing is changed while it does not.
// Source: design section 7.

import { createFailureLog } from '../core/failure-log.ts';
import type { AuditLog, AuditRecord } from '../core/ports/audit-log.ts';
import type { AuditStatus } from '../core/ports/audit-status.ts';
import { KmsError } from '../errors.ts';
import type { Logger } from './logger.ts';

export interface Auditor {
  /** False when the record could not be written; the reason is logged, once until it works again. */
  write(record: AuditRecord): Promise<boolean>;
  /** @throws KmsError ServiceUnavailableTemporary when records cannot be written, as far as is known */
  requireWorking(): void;
}

export interface AuditorOptions {
  readonly auditLog: Pick<AuditLog, 'append' | 'flushed'>;
  /** What all writers have found out; where nobody watches, only records of this one count. */
  readonly health?: (() => AuditStatus) | undefined;
  readonly logger: Logger;
}

export function createAuditor({ auditLog, health, logger }: AuditorOptions): Auditor {
  let working = true;
  const failures = createFailureLog(logger, 'audit record could not be written');
  return {
    async write(record) {
      try {
        auditLog.append([record]);
        await auditLog.flushed();
        working = true;
        failures.worked();
      } catch (error) {
        working = false;
        failures.failed({ requestId: record.requestId, err: error });
      }
      return working;
    },
    // Each refusal is itself recorded, so service resumes with the first record that can be written again.
    requireWorking() {
      const isWorking = health ? health().state !== 'failing' : working;
      if (!isWorking) throw new KmsError('ServiceUnavailableTemporary');
    },
  };
}
