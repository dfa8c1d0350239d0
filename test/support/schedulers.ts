// Schedulers of several processes over one store, with a clock, a monotonic clock and timers that tests set.

import { randomBytes, randomUUID } from 'node:crypto';
import { createClockGuard } from '../../appliance/core/clock-guard.ts';
import type { Key } from '../../appliance/core/key.ts';
import { createKeyService, type KeyService } from '../../appliance/core/key-service.ts';
import { DEFAULT_LIMITS, type Limits } from '../../appliance/core/limits.ts';
import type { Store } from '../../appliance/core/ports/store.ts';
import {
  keyDeletionJob,
  keyRotationJob,
  materialExpiryJob,
  wrappingKeyExpiryJob,
} from '../../appliance/ops/scheduled-jobs.ts';
import { createScheduler, type Scheduler } from '../../appliance/ops/scheduler.ts';
import type { ByteStore } from '../../appliance/storage/byte-store.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { recordStore } from '../../appliance/storage/repositories.ts';
import { ACCOUNT, NOW, RecordedAudit } from './control-plane.ts';
import { present } from './present.ts';
import { IMPORT_TOKEN_KEY, softwareKeyStore } from './software-keys.ts';

export const MINUTE_MS = 60 * 1000;
export const DAY_MS = 24 * 60 * MINUTE_MS;
/** As the configuration has it. */
export const MAX_JUMP_MS = DAY_MS;
export const INSTANCE_ID = 'kst-kms00000000000000000';

export interface ProcessOptions {
  readonly acceptUntil?: number;
  /** Stands between the scheduler and its store. */
  readonly wrap?: (store: Store) => Store;
}

export interface Schedulers {
  readonly keys: KeyService;
  readonly store: Store;
  readonly audit: RecordedAudit;
  readonly logged: { readonly message: string }[];
  readonly clock: { now: number; tick: number };
  /** Callbacks that wait for a timer, with their delay. */
  readonly timers: Map<() => void, number>;
  /** How often opened material was forgotten. */
  readonly forgotten: () => number;
  /** The scheduler of another process, with its own view of the store. */
  newProcess(owner: string, options?: ProcessOptions): Scheduler;
  /** Lets so much time go by, on both clocks. */
  pass(ms: number): void;
  key(id: string): Key | undefined;
  createKey(fields?: Partial<Key>): Promise<Key>;
}

export function schedulers(bytes: ByteStore = new MemoryStore(), changed: Partial<Limits> = {}): Schedulers {
  const clock = { now: NOW, tick: 1_000_000 };
  const limits = { ...DEFAULT_LIMITS, ...changed };
  const keyStore = softwareKeyStore();
  const audit = new RecordedAudit();
  const logged: { readonly message: string }[] = [];
  const log = (details: object, message: string) => logged.push({ ...details, message });
  const logger = { debug: log, info: log, warn: log, error: log };
  const timers = new Map<() => void, number>();
  const now = () => clock.now;
  const store = recordStore({ bytes, instanceId: INSTANCE_ID });
  const core = { store, keyStore, clock: now, randomBytes, account: ACCOUNT, limits };
  const keys = createKeyService({ ...core, importTokenKey: IMPORT_TOKEN_KEY, edition: 'basic' });
  let forgotten = 0;
  const forgetting = {
    forget() {
      forgotten += 1;
    },
  };
  const key = (id: string): Key | undefined => {
    store.refresh();
    return store.records.keys.get(id);
  };

  return {
    keys,
    store,
    audit,
    logged,
    clock,
    timers,
    forgotten: () => forgotten,
    newProcess(owner, { acceptUntil, wrap = (same: Store) => same } = {}) {
      const view = wrap(recordStore({ bytes, instanceId: INSTANCE_ID }));
      return createScheduler({
        store: view,
        auditLog: audit,
        clock: now,
        clockGuard: createClockGuard({
          maxJumpMs: MAX_JUMP_MS,
          acceptUntil: acceptUntil ?? null,
          tick: () => clock.tick,
        }),
        timer: (run, delayMs) => {
          timers.set(run, delayMs);
          return () => timers.delete(run);
        },
        logger,
        owner,
        newRequestId: randomUUID,
        jobs: [
          keyDeletionJob({ store: view, keyStore: forgetting }),
          materialExpiryJob({ store: view, keyStore: forgetting }),
          wrappingKeyExpiryJob({ store: view }),
          keyRotationJob({
            store: view,
            keyStore,
            clock: now,
            randomBytes,
            limits,
            logger,
            edition: 'basic',
          }),
        ],
      });
    },
    pass(ms) {
      clock.now += ms;
      clock.tick += ms;
    },
    key,
    async createKey(fields = {}) {
      const { id } = await keys.createKey({});
      const made = { ...present(key(id)), ...fields };
      await store.transact((transaction) => transaction.keys.put(id, made));
      return made;
    },
  };
}

/** Fields of a key whose deletion is due. */
export const DOOMED: Partial<Key> = { state: 'PendingDeletion', deleteAt: NOW };
