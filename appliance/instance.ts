// The composition root: builds every part of an instance from its configuration (instance-parts.ts opens them) and wires
// them together. Nothing else in the product constructs things with I/O. `main.ts` runs it as a process; tests run it in
// theirs.

import { randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createAuditEvents } from './audit/lookup-events.ts';
import { MAX_WAITING } from './cluster/hand-over.ts';
import { openClusterDataPlane } from './cluster/primary.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config.ts';
import { type ControlPlane, createControlPlane } from './control-plane/index.ts';
import { createCryptoService } from './core/crypto-service.ts';
import type { AuditStatus } from './core/ports/audit-status.ts';
import type { Clock } from './core/ports/clock.ts';
import type { ServerIdentity } from './core/server-identity.ts';
import type { DataPlane } from './data-plane-process.ts';
import { createIdleChains, type IdleChains } from './idle-chains.ts';
import { PRIMARY_CHAIN } from './instance-audit.ts';
import { openInstanceMetrics, removeStaleMetrics } from './instance-metrics.ts';
import { closeParts, openParts, type Parts } from './instance-parts.ts';
import { createInstanceScheduler } from './instance-scheduler.ts';
import { sm2Encryption } from './keystore/ciphers/sm2.ts';
import { sealLeftChains } from './left-chains.ts';
import { openLocalDataPlane } from './local-data-plane.ts';
import { bootstrap } from './ops/bootstrap.ts';
import { watchClientKeys } from './ops/client-key-watch.ts';
import { closeAll } from './ops/close-all.ts';
import { type DataDirectoryLock, lockDataDirectory } from './ops/data-directory-lock.ts';
import { warnOfDescriptorLimit } from './ops/descriptor-limit.ts';
import { workerHealthFiles } from './ops/health-file.ts';
import { listen } from './ops/listener.ts';
import type { Logger } from './ops/logger.ts';
import { makePrivateDirectory, writePrivateFile } from './ops/private-files.ts';
import { countingAuditLog } from './ops/request-counts.ts';
import type { Scheduler } from './ops/scheduler.ts';
import {
  caChainPem,
  currentServerIdentity,
  listenerTls,
  storedServerIdentity,
} from './ops/server-identity.ts';
import { MIGRATIONS, schemaVersion } from './storage/migrations.ts';

export interface Instance {
  readonly instanceId: string;
  /** `host:port` as clients on this machine reach it. */
  readonly dataPlane: string;
  readonly controlPlane: string;
  /** Whether this start made the instance. */
  readonly firstStart: boolean;
  /** What does the deletions, rotations and renewals that are due. */
  readonly scheduler: Pick<Scheduler, 'check' | 'status'>;
  /**
   * Takes over the authorities of clients of the control plane, and restarts the workers one by one, with the settings as
   * they are now. @throws ReloadError, ConfigError
   */
  reload(): Promise<void>;
  /** How the audit log and its delivery are doing. */
  auditStatus(): AuditStatus;
  /** Finishes what is under way and closes everything. */
  stop(): Promise<void>;
}

export interface InstanceOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Ends a start that waits for the HSM cluster. */
  readonly signal?: AbortSignal;
  /** The settings as they are when it is called. @throws ConfigError */
  readonly reloadedConfig?: () => Config;
}

/** @throws ConfigError, InUseError, StoreError, RootKeyError, listen errors; nothing is left open then */
export async function startInstance({
  config,
  logger,
  clock = Date.now,
  signal = new AbortController().signal,
  reloadedConfig = () => config,
}: InstanceOptions): Promise<Instance> {
  await makePrivateDirectory(config.dataDir);
  const endpointsFile = join(config.dataDir, 'endpoints.json');
  const lock = await lockDataDirectory({ dataDir: config.dataDir });
  const closing: (() => Promise<void>)[] = [() => lock.release()];
  try {
    // Whoever waits for this file must not find the one of an earlier run.
    await rm(endpointsFile, { force: true });
    await removeStaleMetrics({ config, logger });
    for (const file of workerHealthFiles(config.dataDir)) await rm(file, { force: true });
    const parts = await openParts({ config, logger, clock, signal, chain: PRIMARY_CHAIN });
    closing.push(() => closeParts(parts));
    const left = await sealLeftChains({ ...parts, randomBytes });
    const idleChains = createIdleChains({ ...parts, instanceId: parts.store.instanceId });
    closing.push(() => idleChains.close());
    for (const chain of left) idleChains.freed(chain);
    const firstStart = parts.store.records.accessKeys.count() === 0;
    let identity = await currentServerIdentity({ store: parts.store, clock, names: config.serverNames });
    const ca = caChainPem(identity);
    await bootstrap({ ...parts, ...config, randomBytes, caChainPem: ca });
    await writePrivateFile(join(config.dataDir, 'ca.pem'), ca);

    const dataPlane = await openDataPlane({ parts, identity, lock, reloadedConfig, signal, idleChains });
    closing.push(() => dataPlane.close());
    parts.hsm?.onKept(() => dataPlane.settingsChanged());
    const controlPlane = createControl(parts, identity);
    closing.push(() => controlPlane.close());
    const controlPort = await listen(controlPlane.server, config.controlPlane.host, config.controlPlane.port);

    const { instanceId } = parts.store;
    const endpoints = {
      dataPlane: endpoint(config.dataPlane.host, dataPlane.port),
      controlPlane: endpoint(config.controlPlane.host, controlPort),
      instanceId,
    };
    // The health check has the settings from here alone: it may be started without them.
    const told = { ...endpoints, serverName: config.serverNames[0] };
    await writePrivateFile(endpointsFile, `${JSON.stringify(told)}\n`);

    const clientKeys = watchClientKeys(parts);
    const scheduler = createInstanceScheduler({ ...parts, clientKeys, tick: monotonic }, () => {
      const current = storedServerIdentity(parts.store);
      if (!current || current.leaf.certificatePem === identity.leaf.certificatePem) return;
      identity = current;
      dataPlane.renewTls(current);
      controlPlane.renewTls(listenerTls(current));
      logger.info({ notAfter: new Date(current.leafNotAfter).toISOString() }, 'server certificate renewed');
    });
    closing.push(() => scheduler.stop());
    scheduler.start();
    const reload = async (): Promise<void> => {
      const authorities = clientAuthorities(config);
      // First: who is not to be trusted any more must not depend on how workers start.
      if (authorities !== null) controlPlane.setClientAuthorities(authorities);
      await dataPlane.reload();
    };
    lock.handle((command) => answerCommand(command, reload));
    const metrics = await openInstanceMetrics(parts, scheduler, clientKeys);
    closing.push(() => metrics.close());
    return {
      ...endpoints,
      firstStart,
      scheduler,
      reload,
      auditStatus: () => parts.audit.health(),
      stop: async () => {
        await rm(endpointsFile, { force: true });
        await closeAll(closing);
      },
    };
  } catch (error) {
    await closeAll(closing).catch((failure: unknown) => {
      logger.error({ err: failure }, 'what the start had opened could not be closed in order');
    });
    throw error;
  }
}

function monotonic(): number {
  return performance.now();
}

interface DataPlaneContext {
  readonly parts: Parts;
  readonly identity: ServerIdentity;
  readonly lock: DataDirectoryLock;
  readonly reloadedConfig: () => Config;
  readonly signal: AbortSignal;
  readonly idleChains: IdleChains;
}

function openDataPlane({ parts, identity, idleChains, ...context }: DataPlaneContext): Promise<DataPlane> {
  const { config, logger } = parts;
  const { maxConnections } = config.dataPlane;
  warnOfDescriptorLimit({ maxConnections, processes: config.processes, waiting: MAX_WAITING }, logger);
  if (config.processes === 1) return openLocalDataPlane(parts, identity);
  return openClusterDataPlane({
    ...context,
    config,
    logger,
    randomBytes,
    requestCounts: parts.requestCounts,
    storeSchema: schemaVersion(MIGRATIONS),
    slots: {
      taken: (slot) => idleChains.taken(`p${slot}`),
      freed: (slot) => idleChains.freed(`p${slot}`),
    },
  });
}

/** What `kms reload` asks for; '' when it was done. */
async function answerCommand(command: string, reload: () => Promise<void>): Promise<string> {
  if (command !== 'reload') return 'unknown command';
  await reload();
  return '';
}

function createControl(parts: Parts, identity: ServerIdentity): ControlPlane {
  const { config, clock, store, keyStore, lane, keys, access, ram, requests, audit, logger, hsm } = parts;
  const { allowedSources, failedAuthenticationsPerMinute } = config.controlPlane;
  return createControlPlane({
    store,
    keyService: keys,
    accessService: access,
    cryptoService: createCryptoService({
      store,
      edition: config.edition,
      keyStore,
      clock,
      decryptionFailure: 'InvalidParameter',
    }),
    ramService: ram,
    requests,
    sm2Encrypt: sm2Encryption(lane),
    hsm,
    auditLog: countingAuditLog(audit, parts.requestCounts),
    auditEvents: createAuditEvents(config.audit.directory),
    auditHealth: () => audit.health(),
    clock,
    randomBytes,
    account: { region: config.region, accountId: config.accountId },
    instance: {
      name: store.instanceId,
      createdAt: identity.instanceCreatedAt,
      qps: config.throttle.qps,
      keyQuota: config.limits.keys,
      caCertificateChainPem: () => caChainPem(identity),
    },
    tls: listenerTls(identity),
    allowedSources,
    clientCaPem: clientAuthorities(config),
    failedAuthenticationsPerMinute,
    logger,
  });
}

/** Null: none is asked for. @throws ConfigError when the file does not start with a certificate: nobody could connect */
function clientAuthorities({ controlPlane: { clientCaFile } }: Config): string | null {
  if (clientCaFile === null) return null;
  try {
    const pem = readFileSync(clientCaFile, 'utf8');
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    throw new ConfigError(
      `controlPlane.clientCaFile: ${error instanceof Error ? error.message : 'unreadable'}`,
    );
  }
}

/** A wildcard address is reached through loopback. */
function endpoint(host: string, port: number): string {
  const reachable =
    { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host);
  return `${reachable}:${port}`;
}
