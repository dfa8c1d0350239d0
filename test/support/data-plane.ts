// A data plane over real HTTPS on a port of its own, with the services of the core over a store in memory, a clock that
// tests set, an audit log they can read and break, and clients that sign with Client Keys of its access points.

import { createPublicKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type AccessService, createAccessService } from '../../appliance/core/access-service.ts';
import { createClientAccessLookup } from '../../appliance/core/client-access-lookup.ts';
import { createCryptoService, type DecryptionFailure } from '../../appliance/core/crypto-service.ts';
import { createEpochWatch } from '../../appliance/core/epoch-watch.ts';
import { newKeyVersionId } from '../../appliance/core/ids.ts';
import type { Key, KeyVersion } from '../../appliance/core/key.ts';
import { createKeyService, type KeyService } from '../../appliance/core/key-service.ts';
import { type KeySpecName, type KeyUsage, keySpec } from '../../appliance/core/key-specs.ts';
import { DEFAULT_LIMITS } from '../../appliance/core/limits.ts';
import type { KeyStore } from '../../appliance/core/ports/key-store.ts';
import type { Store } from '../../appliance/core/ports/store.ts';
import type { ClientCertificates } from '../../appliance/data-plane/authenticate.ts';
import { createPipeline } from '../../appliance/data-plane/pipeline.ts';
import type { BodyLimits } from '../../appliance/data-plane/request-body.ts';
import { createDataPlaneServer, type Timeouts } from '../../appliance/data-plane/server.ts';
import { createThrottle } from '../../appliance/data-plane/throttle.ts';
import { KeyMaterial } from '../../appliance/keystore/key-material.ts';
import { KeyPairGenerator } from '../../appliance/keystore/key-pair-generator.ts';
import { sealMaterial } from '../../appliance/keystore/sealing.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { recordStore } from '../../appliance/storage/repositories.ts';
import { createAuthority, createClientKey, issueServerCertificate } from '../../certs-tool/index.ts';
import { type Credentials, openClientKey } from './client-key-file.ts';
import { ACCOUNT, NOW, RecordedAudit } from './control-plane.ts';
import { DkmsClient } from './dkms-client.ts';
import { present } from './present.ts';
import { IMPORT_TOKEN_KEY, SEALING, softwareKeyStore } from './software-keys.ts';

export { ACCOUNT, NOW };
export const PASSWORD = 'Passw0rd!';

export interface DataPlaneOptions {
  readonly clientCertificates?: ClientCertificates;
  readonly timeouts?: Partial<Timeouts>;
  readonly qps?: number;
  readonly decryptionFailure?: DecryptionFailure;
  readonly maxCallsInFlight?: number;
  readonly bodyLimits?: Partial<BodyLimits>;
  readonly host?: string;
  readonly keyStore?: KeyStore;
  /** Stands between the pipeline and the store. */
  readonly wrapStore?: (store: Store) => Store;
}

export interface DataPlaneFixture {
  /** Of the access point `app`, whose policy covers every key from loopback; made once, reused. */
  readonly client: DkmsClient;
  readonly credentials: Credentials;
  readonly port: number;
  readonly ca: string;
  readonly store: Store;
  readonly keys: KeyService;
  readonly access: AccessService;
  readonly audit: RecordedAudit;
  readonly logged: object[];
  /** `tick` is the monotonic time in milliseconds. */
  readonly clock: { now: number; tick: number };
  readonly server: Server;
  createKey(spec: string, usage?: KeyUsage): Promise<Key>;
  /** A key whose material the test knows: 32 bytes, or a private key. */
  importKey(spec: KeySpecName, material: Buffer | KeyObject, usage?: KeyUsage): Promise<Key>;
  /** Gives a symmetric key a new primary version, as rotation does. */
  rotateKey(key: Key, material: Buffer): Promise<KeyVersion>;
  /** Overwrites fields of a stored key, to reach states that no service leads to yet. */
  changeKey(id: string, fields: Partial<Key>): Promise<void>;
  newCredentials(accessPoint?: string): Promise<Credentials>;
  newClient(options?: Partial<ConstructorParameters<typeof DkmsClient>[0]>): DkmsClient;
  close(): Promise<void>;
}

export const ALL_KEYS = {
  permissions: ['RbacPermission/Template/CryptoServiceKeyUser'],
  resources: ['Key/*'],
} as const;

export async function startDataPlane(options: DataPlaneOptions = {}): Promise<DataPlaneFixture> {
  const store = recordStore({ bytes: new MemoryStore(), instanceId: 'kst-kms00000000000000000' });
  const served = options.wrapStore?.(store) ?? store;
  const keyStore = options.keyStore ?? softwareKeyStore();
  const clock = { now: NOW, tick: 0 };
  const core = { store, clock: () => clock.now, randomBytes, account: ACCOUNT, limits: DEFAULT_LIMITS };
  const keys = createKeyService({ ...core, keyStore, importTokenKey: IMPORT_TOKEN_KEY, edition: 'basic' });
  const access = createAccessService({ ...core, issueClientKey: createClientKey });
  const audit = new RecordedAudit();
  const logged: object[] = [];
  const log = (level: string) => (details: object, message: string) =>
    logged.push({ ...details, level, message });
  const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  const { clientCertificates = 'optional' } = options;
  const keyPairs = new KeyPairGenerator();
  const lookup = createClientAccessLookup(store.records);
  const epochs = createEpochWatch(served);
  epochs.onMoved(() => lookup.forget());
  epochs.onMoved(() => keyStore.forget());
  const pipeline = createPipeline({
    epochs,
    records: store.records,
    lookup,
    clock: () => clock.now,
    clientCertificates,
    throttle: createThrottle(options.qps ?? 0, () => clock.tick),
    operations: {
      crypto: createCryptoService({
        store,
        edition: 'basic',
        keyStore,
        clock: () => clock.now,
        decryptionFailure: options.decryptionFailure ?? 'InvalidParameter',
      }),
      randomBytes,
      generateKeyPair: (spec, format) => keyPairs.generateDataKeyPair(spec, format),
    },
    audit,
    logger,
    newRequestId: randomUUID,
    tick: () => clock.tick,
    maxCallsInFlight: options.maxCallsInFlight ?? 2048,
  });
  const { root, sub } = await createAuthority({ instanceId: store.instanceId, now: new Date() });
  const names = ['localhost', '127.0.0.1', '::1'];
  const leaf = await issueServerCertificate({ sub, names, now: new Date() });
  const server = createDataPlaneServer({
    tls: { key: leaf.privateKeyPem, cert: leaf.certificatePem + sub.certificatePem },
    clientCertificates,
    timeouts: {
      keepAliveMs: 75_000,
      headersMs: 80_000,
      requestMs: 120_000,
      handshakeMs: 30_000,
      ...options.timeouts,
    },
    maxConnections: 1000,
    ...(options.bodyLimits && { bodyLimits: options.bodyLimits }),
    pipeline,
    malformed: { audit, clock: () => clock.now, logger, newRequestId: randomUUID },
  });
  await new Promise<void>((resolve) => server.listen(0, options.host ?? '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  await access.createNetworkRule({ name: 'loopback', type: 'Private', sources: ['127.0.0.0/8', '::1'] });
  await access.createPolicy({
    name: 'all-keys',
    ...ALL_KEYS,
    accessControlRules: JSON.stringify({ NetworkRules: ['loopback'] }),
  });
  await access.createAccessPoint({ name: 'app', policies: ['all-keys'] });
  store.refresh();
  const newCredentials = async (accessPoint = 'app'): Promise<Credentials> => {
    const made = await access.createClientKey({ accessPoint, password: PASSWORD });
    return openClientKey(made.clientKey.id, made.privateKeyData, PASSWORD);
  };
  const credentials = await newCredentials();
  const clients: DkmsClient[] = [];
  const ca = root.certificatePem;
  const newClient: DataPlaneFixture['newClient'] = (changes = {}) => {
    const client = new DkmsClient({ port, ca, credentials, now: () => clock.now, ...changes });
    clients.push(client);
    return client;
  };
  return {
    client: newClient(),
    credentials,
    port,
    ca,
    store,
    keys,
    access,
    audit,
    logged,
    clock,
    server,
    async createKey(spec, usage) {
      const key = await keys.createKey({ spec, usage });
      store.refresh();
      return key;
    },
    async importKey(spec, material, usage = present(keySpec(spec).usages[0])) {
      const made = await keys.createKey({ spec: 'Aliyun_AES_256' });
      const key: Key = { ...made, spec, usage };
      await store.transact((transaction) => {
        const id = key.initialVersionId;
        transaction.keys.put(key.id, key);
        transaction.keyVersions.put(
          id,
          withMaterial(present(transaction.keyVersions.get(id)), spec, material),
        );
      });
      return key;
    },
    rotateKey: (key, material) =>
      store.transact((transaction) => {
        const initial = present(transaction.keyVersions.get(key.initialVersionId));
        const id = newKeyVersionId(key.id, randomBytes);
        const version = withMaterial({ ...initial, id }, key.spec, material);
        transaction.keyVersions.put(id, version);
        transaction.keys.put(key.id, { ...key, primaryVersionId: id });
        return version;
      }),
    changeKey: (id, fields) =>
      store.transact((transaction) => {
        const key = transaction.keys.get(id);
        if (!key) throw new Error('no such key');
        transaction.keys.put(id, { ...key, ...fields });
      }),
    newCredentials,
    newClient,
    async close() {
      for (const client of clients) client.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await keyStore.close();
      await store.close();
    },
  };
}

/** The version with other material, sealed as the key store of `softwareKeyStore` seals it. */
function withMaterial(version: KeyVersion, spec: KeySpecName, material: Buffer | KeyObject): KeyVersion {
  const identity = { ...version, spec };
  const seal = (bytes: Buffer): Buffer => sealMaterial(SEALING, identity, new KeyMaterial(bytes));
  if (Buffer.isBuffer(material)) return { ...identity, blob: seal(Buffer.from(material)), publicKey: null };
  return {
    ...identity,
    blob: seal(material.export({ type: 'pkcs8', format: 'der' })),
    publicKey: createPublicKey(material).export({ type: 'spki', format: 'der' }),
  };
}
