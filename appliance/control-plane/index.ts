// Public face of the control plane: the administrators' listener over the services of the core.

import type { Server } from 'node:https';
import type { AccessService } from '../core/access-service.ts';
import { createAsymmetricService } from '../core/asymmetric-service.ts';
import { createAuditService } from '../core/audit-service.ts';
import { createBlobService } from '../core/blob-service.ts';
import type { CryptoService } from '../core/crypto-service.ts';
import type { Account, RandomBytes } from '../core/ids.ts';
import { createInstanceSettings } from '../core/instance-settings.ts';
import type { KeyService } from '../core/key-service.ts';
import type { AuditEvents } from '../core/ports/audit-events.ts';
import type { AuditLog } from '../core/ports/audit-log.ts';
import type { AuditStatus } from '../core/ports/audit-status.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { HsmAdministration } from '../core/ports/hsm-administration.ts';
import type { RequestJournal } from '../core/ports/request-journal.ts';
import type { Sm2Encrypt } from '../core/ports/sm2-encrypt.ts';
import type { Store } from '../core/ports/store.ts';
import type { RamService } from '../core/ram/ram-service.ts';
import { createUserAccess } from '../core/ram/user-access.ts';
import { closeListener } from '../ops/listener.ts';
import { createAuditor } from './auditor.ts';
import { TIMESTAMP_WINDOW_MS } from './authenticate.ts';
import { createFailedAuthentications } from './failed-authentications.ts';
import type { Instance } from './instance.ts';
import type { Logger } from './logger.ts';
import { createPipeline } from './pipeline.ts';
import type { RequestLimits } from './request-bounds.ts';
import { createControlPlaneServer, type ListenerTls, listenerContext, type Timeouts } from './server.ts';
import { trackWork } from './under-way.ts';

export type { Instance } from './instance.ts';
export type { Logger } from './logger.ts';
export type { ListenerTls, Timeouts } from './server.ts';

/** How the request journal must be set up for this plane. */
export const NONCE_RULES = {
  maxAgeMs: 2 * TIMESTAMP_WINDOW_MS,
  maxNonces: 500_000,
  /** For 55 requests a second over the half hour that a nonce is remembered. */
  maxNoncesEach: 100_000,
  ownersReserve: 100_000,
} as const;
const DEFAULT_MAX_CONNECTIONS = 1000;
const DEFAULT_TIMEOUTS: Timeouts = {
  keepAliveMs: 65_000,
  headersMs: 15_000,
  requestMs: 30_000,
  handshakeMs: 10_000,
};

export interface ControlPlaneOptions {
  readonly store: Store;
  readonly keyService: KeyService;
  readonly accessService: AccessService;
  readonly cryptoService: CryptoService;
  readonly ramService: RamService;
  readonly requests: RequestJournal;
  readonly sm2Encrypt: Sm2Encrypt;
  /** Null in the basic edition. */
  readonly hsm: HsmAdministration | null;
  readonly auditLog: AuditLog;
  readonly auditEvents: AuditEvents;
  /** How disk and delivery of the audit log are doing, where somebody watches over them. */
  readonly auditHealth?: () => AuditStatus;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly account: Account;
  /** Its id is the store's. */
  readonly instance: Omit<Instance, 'id'>;
  readonly tls: ListenerTls;
  /** Addresses and CIDR blocks that may connect; empty: any. */
  readonly allowedSources: readonly string[];
  /** PEM of the authorities whose client certificates are required; null: none is asked for. */
  readonly clientCaPem: string | null;
  /** How often an address may fail to authenticate; 0 for no limit. */
  readonly failedAuthenticationsPerMinute: number;
  readonly logger: Logger;
  readonly timeouts?: Partial<Timeouts>;
  readonly maxConnections?: number;
  readonly requestLimits?: RequestLimits;
}

export interface ControlPlane {
  /** Not listening yet. */
  readonly server: Server;
  /** New connections get this certificate; what is asked of clients stays. */
  renewTls(tls: ListenerTls): void;
  /**
   * Client certificates must from now on be of these authorities (PEM); connections from before end. Only for a listener
   * that has asked for them from the start.
   */
  setClientAuthorities(pem: string): void;
  /** Stops accepting, lets requests under way finish for a while, then cuts what is left. */
  close(): Promise<void>;
}

export function createControlPlane(options: ControlPlaneOptions): ControlPlane {
  const { store, keyService: keys, accessService: access, cryptoService: crypto, ramService: ram } = options;
  const { account, clock, randomBytes, logger, requests, sm2Encrypt } = options;
  let { tls, clientCaPem } = options;
  const instance: Instance = { ...options.instance, id: store.instanceId };
  const requestsUnderWay = trackWork(
    createPipeline({
      store,
      services: {
        keys,
        access,
        blobs: createBlobService({ store, crypto, randomBytes }),
        asymmetric: createAsymmetricService({ store, crypto }),
        sm2Encrypt,
        settings: createInstanceSettings(store),
        ram,
        requests,
        hsm: options.hsm,
        audit: createAuditService({
          store,
          auditLog: options.auditLog,
          events: options.auditEvents,
          health: options.auditHealth,
        }),
        clock,
        account,
        instance,
      },
      userAccess: createUserAccess(store.records),
      failures: createFailedAuthentications(options.failedAuthenticationsPerMinute),
      auditor: createAuditor({ auditLog: options.auditLog, health: options.auditHealth, logger }),
      clock,
      randomBytes,
      logger,
    }),
  );
  const { server, admitted } = createControlPlaneServer({
    tls,
    clientCaPem,
    allowedSources: options.allowedSources,
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    maxConnections: options.maxConnections ?? DEFAULT_MAX_CONNECTIONS,
    ...(options.requestLimits && { requestLimits: options.requestLimits }),
    pipeline: requestsUnderWay.run,
    logger,
  });
  return {
    server,
    renewTls(renewed) {
      tls = renewed;
      server.setSecureContext(listenerContext(tls, clientCaPem));
    },
    setClientAuthorities(pem) {
      if (clientCaPem === null || pem === clientCaPem) return;
      clientCaPem = pem;
      // Also ends the tickets of earlier sessions.
      server.setSecureContext(listenerContext(tls, clientCaPem));
      admitted.retire();
      logger.info({}, 'client certificates of the control plane are checked against the new authorities');
    },
    async close() {
      await closeListener(server);
      await requestsUnderWay.idle();
    },
  };
}
