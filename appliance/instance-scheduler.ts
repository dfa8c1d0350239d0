// The part of the composition root that wires scheduled work: which jobs an instance has, and in which order.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Config } from './config.ts';
import { createClockGuard } from './core/clock-guard.ts';
import type { Limits } from './core/limits.ts';
import type { AuditLog } from './core/ports/audit-log.ts';
import type { Clock, Tick } from './core/ports/clock.ts';
import type { KeyStore } from './core/ports/key-store.ts';
import type { Store } from './core/ports/store.ts';
import type { ClientKeyWatch } from './ops/client-key-watch.ts';
import type { Logger } from './ops/logger.ts';
import {
  keyDeletionJob,
  keyRotationJob,
  materialExpiryJob,
  wrappingKeyExpiryJob,
} from './ops/scheduled-jobs.ts';
import { createScheduler, type Scheduler } from './ops/scheduler.ts';
import { certificateRenewalJob } from './ops/server-identity.ts';
import { unrefTimer } from './ops/unref-timer.ts';

export interface InstanceSchedulerParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly tick: Tick;
  readonly store: Store;
  readonly keyStore: KeyStore;
  readonly audit: AuditLog;
  readonly limits: Limits;
  readonly clientKeys: Pick<ClientKeyWatch, 'job'>;
}

/** Not started yet. `afterCheck` takes over what any process has done; it never throws. */
export function createInstanceScheduler(parts: InstanceSchedulerParts, afterCheck: () => void): Scheduler {
  const { config, logger, clock, tick, store, keyStore, audit, limits, clientKeys } = parts;
  const { maxClockJumpMs: maxJumpMs, acceptClockUntil: acceptUntil } = config.scheduler;
  return createScheduler({
    store,
    auditLog: audit,
    clock,
    clockGuard: createClockGuard({ maxJumpMs, acceptUntil, tick }),
    timer: unrefTimer,
    logger,
    owner: randomUUID(),
    newRequestId: randomUUID,
    jobs: [
      keyDeletionJob({ store, keyStore }),
      materialExpiryJob({ store, keyStore }),
      wrappingKeyExpiryJob({ store }),
      keyRotationJob({ store, keyStore, clock, randomBytes, limits, logger, edition: config.edition }),
      certificateRenewalJob({ store, names: config.serverNames }),
      clientKeys.job,
    ],
    afterCheck,
  });
}
