// The composition root: builds every part of an instance from its configuration (instance-parts.ts opens them) and wires
// them together. Nothing else in the product constructs things with I/O. `main.ts` runs it as a process; tests run it in
// theirs.

import { randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Server } from 'node:https';
import { join } from 'node:path';
import { createAuditEvents } from './audit/lookup-events.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config.ts';
import { type ControlPlane, createControlPlane } from './control-plane/index.ts';
import { createClientAccessLookup } from './core/client-access-lookup.ts';
import { createCryptoService } from './core/crypto-service.ts';
import type { AuditStatus } from './core/ports/audit-status.ts';
import type { Clock } from './core/ports/clock.ts';
import type { ServerIdentity } from './core/server-identity.ts';
import { createPipeline, type Pipeline } from './data-plane/pipeline.ts';
import { createDataPlaneServer } from './data-plane/server.ts';
import { createThrottle } from './data-plane/throttle.ts';
import { openInstanceMetrics, removeStaleMetrics } from './instance-metrics.ts';
import { closeParts, openParts, type Parts } from './instance-parts.ts';
import { createInstanceScheduler } from './instance-scheduler.ts';
import { sm2Encryption } from './keystore/ciphers/sm2.ts';
import { KeyPairGenerator } from './keystore/key-pair-generator.ts';
import { bootstrap } from './ops/bootstrap.ts';
import { closeListener, listen } from './ops/listener.ts';
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

export interface Instance {
  readonly instanceId: string;
  /** `host:port` as clients on this machine reach it. */
  readonly dataPlane: string;
  readonly controlPlane: string;
  /** Whether this start made the instance. */
  readonly firstStart: boolean;
  /** What does the deletions, rotations and renewals that are due. */
  readonly scheduler: Pick<Scheduler, 'check' | 'status'>;
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
}

/** @throws ConfigError, StoreError, RootKeyError, listen errors; nothing is left open then */
export async function startInstance({
  config,
  logger,
  clock = Date.now,
  signal = new AbortController().signal,
}: InstanceOptions): Promise<Instance> {
  await makePrivateDirectory(config.dataDir);
  const endpointsFile = join(config.dataDir, 'endpoints.json');
  // Whoever waits for this file must not find the one of an earlier run.
  await rm(endpointsFile, { force: true });
  await removeStaleMetrics({ config, logger });
  const parts = await openParts({ config, logger, clock, signal });
  const closing: (() => Promise<void>)[] = [() => closeParts(parts)];
  try {
    const firstStart = parts.store.records.accessKeys.count() === 0;
    let identity = await currentServerIdentity({ store: parts.store, clock, names: config.serverNames });
    const ca = caChainPem(identity);
    await bootstrap({ ...parts, ...config, randomBytes, caChainPem: ca });
    await writePrivateFile(join(config.dataDir, 'ca.pem'), ca);

    const pipeline = dataPipeline(parts);
    const dataServer = createDataPlane(parts, identity, pipeline);
    const controlPlane = createControl(parts, identity);
    // Work whose connection was cut ends before the parts it works with.
    closing.push(
      () => pipeline.idle(),
      () => closeListener(dataServer),
      () => controlPlane.close(),
    );
    const dataPort = await listen(dataServer, config.dataPlane.host, config.dataPlane.port);
    const controlPort = await listen(controlPlane.server, config.controlPlane.host, config.controlPlane.port);

    const { instanceId } = parts.store;
    const endpoints = {
      dataPlane: endpoint(config.dataPlane.host, dataPort),
      controlPlane: endpoint(config.controlPlane.host, controlPort),
      instanceId,
    };
    await writePrivateFile(endpointsFile, `${JSON.stringify(endpoints)}\n`);

    const scheduler = createInstanceScheduler({ ...parts, tick: monotonic }, () => {
      const current = storedServerIdentity(parts.store);
      if (!current || current.leaf.certificatePem === identity.leaf.certificatePem) return;
      identity = current;
      dataServer.setSecureContext({ ...listenerTls(current), minVersion: 'TLSv1.2' });
      controlPlane.renewTls(listenerTls(current));
      logger.info({ notAfter: new Date(current.leafNotAfter).toISOString() }, 'server certificate renewed');
    });
    closing.push(() => scheduler.stop());
    scheduler.start();
    const metrics = await openInstanceMetrics(parts, scheduler);
    closing.push(() => metrics.close());
    return {
      ...endpoints,
      firstStart,
      scheduler,
      auditStatus: () => parts.audit.health(),
      stop: async () => {
        await rm(endpointsFile, { force: true });
        await closeAll(closing);
      },
    };
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

function createDataPlane(
  { config, clock, dataAudit: audit, logger }: Parts,
  identity: ServerIdentity,
  pipeline: Pipeline,
): Server {
  const { clientCertificates, maxConnections, ...timeouts } = config.dataPlane;
  return createDataPlaneServer({
    tls: listenerTls(identity),
    clientCertificates,
    maxConnections,
    timeouts: {
      keepAliveMs: timeouts.keepAliveTimeoutMs,
      headersMs: timeouts.headersTimeoutMs,
      requestMs: timeouts.requestTimeoutMs,
      handshakeMs: timeouts.handshakeTimeoutMs,
    },
    pipeline,
    malformed: { audit, clock, logger, newRequestId: randomUUID },
  });
}

function dataPipeline({ config, logger, clock, store, keyStore, dataAudit: audit }: Parts): Pipeline {
  const { clientCertificates, decryptionFailure, maxCallsInFlight } = config.dataPlane;
  const keyPairs = new KeyPairGenerator();
  return createPipeline({
    store,
    keyStore,
    records: store.records,
    lookup: createClientAccessLookup(store.records),
    clock,
    clientCertificates,
    throttle: createThrottle(config.throttle.qps, monotonic),
    operations: {
      crypto: createCryptoService({ store, edition: config.edition, keyStore, clock, decryptionFailure }),
      randomBytes,
      generateKeyPair: (spec, format) => keyPairs.generateDataKeyPair(spec, format),
    },
    audit,
    logger,
    newRequestId: randomUUID,
    tick: monotonic,
    maxCallsInFlight,
  });
}

function monotonic(): number {
  return performance.now();
}

function createControl(parts: Parts, identity: ServerIdentity): ControlPlane {
  const { config, clock, store, keyStore, lane, keys, access, ram, requests, audit, logger, hsm } = parts;
  const { allowedSources, clientCaFile, failedAuthenticationsPerMinute } = config.controlPlane;
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
    clientCaPem: clientCaFile === null ? null : readCertificates(clientCaFile),
    failedAuthenticationsPerMinute,
    logger,
  });
}

/** @throws ConfigError when the file does not start with a certificate: nobody could connect */
function readCertificates(file: string): string {
  try {
    const pem = readFileSync(file, 'utf8');
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

/** Last opened, first closed. */
async function closeAll(closing: (() => Promise<void>)[]): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}
