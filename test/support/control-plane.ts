// A control plane over real HTTPS on a port of its own, with services of the core, a clock that tests set, an audit
// log they can read and break, and a client that trusts it.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditEvents } from '../../appliance/audit/lookup-events.ts';
import { createControlPlane, NONCE_RULES, type Timeouts } from '../../appliance/control-plane/index.ts';
import type { RequestLimits } from '../../appliance/control-plane/request-bounds.ts';
import { createAccessService } from '../../appliance/core/access-service.ts';
import { createCryptoService } from '../../appliance/core/crypto-service.ts';
import type { Edition } from '../../appliance/core/editions.ts';
import { createKeyService } from '../../appliance/core/key-service.ts';
import { DEFAULT_LIMITS, type Limits } from '../../appliance/core/limits.ts';
import type { AuditLog, AuditLogStatus, AuditRecord } from '../../appliance/core/ports/audit-log.ts';
import type { HsmAdministration } from '../../appliance/core/ports/hsm-administration.ts';
import type { Store } from '../../appliance/core/ports/store.ts';
import { createRamService } from '../../appliance/core/ram/ram-service.ts';
import { AsymmetricLane } from '../../appliance/keystore/asymmetric-lane.ts';
import { sm2Encryption } from '../../appliance/keystore/ciphers/sm2.ts';
import {
  LmdbRequestJournal,
  type RequestJournalOptions,
} from '../../appliance/storage/lmdb-request-journal.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { recordStore } from '../../appliance/storage/repositories.ts';
import { createAuthority, createClientKey, issueServerCertificate } from '../../certs-tool/index.ts';
import { RpcClient, type RpcClientOptions } from './rpc-client.ts';
import { IMPORT_TOKEN_KEY, softwareKeyStore } from './software-keys.ts';

export const ACCOUNT = { region: 'cn-hangzhou', accountId: '1000000000000001' };
export const NOW = Date.parse('2026-01-02T03:04:05Z');
export const ACCESS_KEY = {
  id: 'LTAItestid',
  secret: 'testsecret',
  user: null,
  status: 'Active',
  createdAt: NOW,
} as const;
export const CA_CHAIN = '-----BEGIN CERTIFICATE-----\ndata-plane\n-----END CERTIFICATE-----\n';

export class RecordedAudit implements AuditLog {
  readonly records: AuditRecord[] = [];
  broken = false;
  /** What answers wait for. */
  flush: Promise<void> | null = null;

  append(records: readonly AuditRecord[]): void {
    if (this.broken) throw new Error('the disk is full');
    this.records.push(...records);
  }

  flushed(): Promise<void> | null {
    return this.flush;
  }

  noteRecording(): void {
    if (this.broken) throw new Error('the disk is full');
  }

  status(): Promise<AuditLogStatus> {
    const { length: sequence } = this.records;
    const status = { durability: 'group', process: 'p0', sequence, head: 'f'.repeat(64) } as const;
    const lastCheckpoint = { sequence: 1, time: '2026-01-02T03:04:05.000Z' };
    return Promise.resolve({ ...status, lastCheckpoint, storedBytes: 1_000_000_001 });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  get last(): AuditRecord {
    const record = this.records.at(-1);
    if (!record) throw new Error('nothing was audited');
    return record;
  }
}

export interface ControlPlaneFixture {
  readonly client: RpcClient;
  /** A client that signs with another AccessKey; closed with the fixture. */
  clientOf(accessKeyId: string, secret: string, certificate?: RpcClientOptions['certificate']): RpcClient;
  renewTls(): void;
  setClientAuthorities(pem: string): void;
  readonly port: number;
  readonly ca: string;
  readonly store: Store;
  readonly audit: RecordedAudit;
  /** Everything that was logged. */
  readonly logged: object[];
  readonly clock: { now: number };
  readonly server: Server;
  /** Only the product's own closing. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export interface FixtureOptions {
  readonly edition?: Edition;
  readonly limits?: Partial<Limits>;
  readonly timeouts?: Partial<Timeouts>;
  readonly requestLimits?: RequestLimits;
  readonly nonces?: Partial<RequestJournalOptions>;
  readonly allowedSources?: readonly string[];
  readonly clientCaPem?: string;
  /** Default: none, as in the basic edition. */
  readonly hsm?: HsmAdministration;
  /** Default: no limit. */
  readonly failedAuthenticationsPerMinute?: number;
}

export async function startControlPlane(options: FixtureOptions = {}): Promise<ControlPlaneFixture> {
  const { edition = 'basic' } = options;
  const store = recordStore({ bytes: new MemoryStore(), instanceId: 'kst-kms00000000000000000' });
  await store.transact(({ accessKeys }) => accessKeys.put(ACCESS_KEY.id, ACCESS_KEY));
  const keyStore = softwareKeyStore();
  const directory = mkdtempSync(join(tmpdir(), 'control-plane-'));
  const requests = new LmdbRequestJournal({
    ...NONCE_RULES,
    directory,
    ...options.nonces,
  });
  const lane = new AsymmetricLane({ threads: 1 });
  const clock = { now: NOW };
  const audit = new RecordedAudit();
  const logged: object[] = [];
  const log = (details: object, message: string) => logged.push({ ...details, message });
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const core = { store, clock: () => clock.now, randomBytes, account: ACCOUNT, limits };
  const { root, sub } = await createAuthority({ instanceId: store.instanceId, now: new Date() });
  const leaf = await issueServerCertificate({ sub, names: ['127.0.0.1', 'localhost'], now: new Date() });
  const tls = { key: leaf.privateKeyPem, cert: leaf.certificatePem + sub.certificatePem };
  const plane = createControlPlane({
    ...core,
    allowedSources: [],
    clientCaPem: null,
    failedAuthenticationsPerMinute: 0,
    ...options,
    ramService: createRamService(core),
    requests,
    keyService: createKeyService({ ...core, keyStore, importTokenKey: IMPORT_TOKEN_KEY, edition }),
    accessService: createAccessService({ ...core, issueClientKey: createClientKey }),
    cryptoService: createCryptoService({
      ...core,
      edition,
      keyStore,
      decryptionFailure: 'InvalidParameter',
    }),
    sm2Encrypt: sm2Encryption(lane),
    hsm: options.hsm ?? null,
    auditLog: audit,
    auditEvents: createAuditEvents(directory),
    instance: {
      name: 'test',
      createdAt: NOW,
      qps: 1000,
      keyQuota: 1000,
      caCertificateChainPem: () => CA_CHAIN,
    },
    tls,
    logger: { debug: log, info: log, warn: log, error: log },
  });
  await new Promise<void>((resolve) => plane.server.listen(0, '127.0.0.1', resolve));
  const { port } = plane.server.address() as AddressInfo;
  const ca = root.certificatePem;
  const clients: RpcClient[] = [];
  const clientOf: ControlPlaneFixture['clientOf'] = (accessKeyId, secret, certificate) => {
    const more = certificate && { certificate };
    const client = new RpcClient({ port, ca, accessKeyId, secret, now: () => clock.now, ...more });
    clients.push(client);
    return client;
  };
  const close = async (): Promise<void> => {
    for (const each of clients) each.close();
    await plane.close();
    await requests.close();
    rmSync(directory, { recursive: true, force: true });
    await keyStore.close();
    await lane.close();
    await store.close();
  };
  return {
    client: clientOf(ACCESS_KEY.id, ACCESS_KEY.secret),
    clientOf,
    port,
    ca,
    store,
    audit,
    logged,
    clock,
    server: plane.server,
    renewTls: () => plane.renewTls(tls),
    setClientAuthorities: (pem) => plane.setClientAuthorities(pem),
    stop: () => plane.close(),
    close,
  };
}
