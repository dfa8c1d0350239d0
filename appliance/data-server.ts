// The part of the composition root that makes a data-plane server of opened parts: pipeline, limits, TLS. The same for an
// instance of one process and for a worker; where its connections come from is the caller's business.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Server } from 'node:https';
import { createClientAccessLookup } from './core/client-access-lookup.ts';
import { createCryptoService } from './core/crypto-service.ts';
import type { ServerIdentity } from './core/server-identity.ts';
import { createPipeline, type Pipeline } from './data-plane/pipeline.ts';
import { createDataPlaneServer, SESSION_ID_CONTEXT } from './data-plane/server.ts';
import { createThrottle } from './data-plane/throttle.ts';
import type { DataParts } from './instance-parts.ts';
import { KeyPairGenerator } from './keystore/key-pair-generator.ts';
import { listenerTls } from './ops/server-identity.ts';

export interface DataServer {
  readonly server: Server;
  readonly pipeline: Pipeline;
  /** For new connections. */
  renewTls(identity: ServerIdentity): void;
  setTicketKeys(keys: Buffer): void;
}

export interface DataServerOptions {
  readonly parts: DataParts;
  readonly identity: ServerIdentity;
  readonly ticketKeys: Buffer;
  /** How many processes share the limits of the instance; each has its part. */
  readonly processes: number;
  readonly closing?: () => boolean;
}

export function createDataServer(options: DataServerOptions): DataServer {
  const { parts, identity, processes } = options;
  const { config, dataAudit: audit, clock, logger } = parts;
  const { clientCertificates, maxConnections, ...timeouts } = config.dataPlane;
  let { ticketKeys } = options;
  const pipeline = dataPipeline(parts, processes);
  const server = createDataPlaneServer({
    tls: listenerTls(identity),
    ticketKeys,
    clientCertificates,
    maxConnections: partOf(maxConnections, processes),
    timeouts: {
      keepAliveMs: timeouts.keepAliveTimeoutMs,
      headersMs: timeouts.headersTimeoutMs,
      requestMs: timeouts.requestTimeoutMs,
      handshakeMs: timeouts.handshakeTimeoutMs,
    },
    pipeline,
    malformed: { audit, clock, logger, newRequestId: randomUUID },
    ...(options.closing && { closing: options.closing }),
  });
  return {
    server,
    pipeline,
    renewTls(current) {
      server.setSecureContext({
        ...listenerTls(current),
        sessionIdContext: SESSION_ID_CONTEXT,
        minVersion: 'TLSv1.2',
      });
      // A new context begins with keys of its own.
      server.setTicketKeys(ticketKeys);
    },
    setTicketKeys(keys) {
      ticketKeys = keys;
      server.setTicketKeys(keys);
    },
  };
}

function dataPipeline(
  { config, logger, clock, store, keyStore, epochs, dataAudit: audit }: DataParts,
  processes: number,
): Pipeline {
  const { clientCertificates, decryptionFailure, maxCallsInFlight } = config.dataPlane;
  const keyPairs = new KeyPairGenerator();
  const lookup = createClientAccessLookup(store.records);
  epochs.onMoved(() => lookup.forget());
  return createPipeline({
    epochs,
    records: store.records,
    lookup,
    clock,
    clientCertificates,
    throttle: createThrottle(partOf(config.throttle.qps, processes), monotonic),
    operations: {
      crypto: createCryptoService({ store, edition: config.edition, keyStore, clock, decryptionFailure }),
      randomBytes,
      generateKeyPair: (spec, format) => keyPairs.generateDataKeyPair(spec, format),
    },
    audit,
    logger,
    newRequestId: randomUUID,
    tick: monotonic,
    maxCallsInFlight: partOf(maxCallsInFlight, processes),
  });
}

function partOf(limit: number, processes: number): number {
  return Math.ceil(limit / processes);
}

function monotonic(): number {
  return performance.now();
}
