// A control plane over real HTTPS on a port of its own, with services of the core, a clock that tests set, an audit
// log they can read and break, and a client that trusts it.

import { randomBytes } from 'node:crypto';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createControlPlane, type Timeouts } from '../../appliance/control-plane/index.ts';
import { createAccessService } from '../../appliance/core/access-service.ts';
import { createCryptoService } from '../../appliance/core/crypto-service.ts';
import { createKeyService } from '../../appliance/core/key-service.ts';
import { DEFAULT_LIMITS, type Limits } from '../../appliance/core/limits.ts';
import type { AuditLog, AuditRecord } from '../../appliance/core/ports/audit-log.ts';
import type { Store } from '../../appliance/core/ports/store.ts';
import { AsymmetricLane } from '../../appliance/keystore/asymmetric-lane.ts';
import { sm2Encryption } from '../../appliance/keystore/ciphers/sm2.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { recordStore } from '../../appliance/storage/repositories.ts';
import { createAuthority, createClientKey, issueServerCertificate } from '../../certs-tool/index.ts';
import { RpcClient } from './rpc-client.ts';
import { softwareKeyStore } from './software-keys.ts';

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

  append(records: readonly AuditRecord[]): void {
    if (this.broken) throw new Error('the disk is full');
    this.records.push(...records);
  }

  close(): void {}

  get last(): AuditRecord {
    const record = this.records.at(-1);
    if (!record) throw new Error('nothing was audited');
    return record;
  }
}

export interface ControlPlaneFixture {
  readonly client: RpcClient;
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
  readonly limits?: Partial<Limits>;
  readonly timeouts?: Partial<Timeouts>;
  readonly maxNonces?: number;
}

export async function startControlPlane(options: FixtureOptions = {}): Promise<ControlPlaneFixture> {
  const store = recordStore({ bytes: new MemoryStore(), instanceId: 'kst-kms00000000000000000' });
  await store.transact(({ accessKeys }) => accessKeys.put(ACCESS_KEY.id, ACCESS_KEY));
  const keyStore = softwareKeyStore();
  const lane = new AsymmetricLane({ threads: 1 });
  const clock = { now: NOW };
  const audit = new RecordedAudit();
  const logged: object[] = [];
  const log = (details: object, message: string) => logged.push({ ...details, message });
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const core = { store, clock: () => clock.now, randomBytes, account: ACCOUNT, limits };
  const { root, sub } = await createAuthority({ instanceId: store.instanceId, now: new Date() });
  const leaf = await issueServerCertificate({ sub, names: ['127.0.0.1', 'localhost'], now: new Date() });
  const plane = createControlPlane({
    ...core,
    ...options,
    keyService: createKeyService({ ...core, keyStore, defaultProtectionLevel: 'SOFTWARE' }),
    accessService: createAccessService({ ...core, issueClientKey: createClientKey }),
    cryptoService: createCryptoService({ store, keyStore, decryptionFailure: 'InvalidParameter' }),
    sm2Encrypt: sm2Encryption(lane),
    auditLog: audit,
    instance: {
      name: 'test',
      createdAt: NOW,
      qps: 1000,
      keyQuota: 1000,
      caCertificateChainPem: () => CA_CHAIN,
    },
    tls: { key: leaf.privateKeyPem, cert: leaf.certificatePem + sub.certificatePem },
    logger: { info: log, warn: log, error: log },
  });
  await new Promise<void>((resolve) => plane.server.listen(0, '127.0.0.1', resolve));
  const { port } = plane.server.address() as AddressInfo;
  const ca = root.certificatePem;
  const client = new RpcClient({
    port,
    ca,
    accessKeyId: ACCESS_KEY.id,
    secret: ACCESS_KEY.secret,
    now: () => clock.now,
  });
  const close = async (): Promise<void> => {
    client.close();
    await plane.close();
    await keyStore.close();
    await lane.close();
    await store.close();
  };
  return {
    client,
    port,
    ca,
    store,
    audit,
    logged,
    clock,
    server: plane.server,
    stop: () => plane.close(),
    close,
  };
}
