// The part of the composition root that opens what an instance works with: the store under its root key, the key store,
// the audit log and the services. In the standard edition the store opens only when the HSM cluster is there.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClientKey } from '../certs-tool/index.ts';
import { type Config, ConfigError, processEnvironment } from './config.ts';
import { NONCE_RULES } from './control-plane/index.ts';
import { type AccessService, createAccessService } from './core/access-service.ts';
import { dataPlaneAuditLog } from './core/audit-switch.ts';
import { createEpochWatch, type EpochWatch } from './core/epoch-watch.ts';
import { newInstanceId } from './core/ids.ts';
import { createKeyService, type KeyService } from './core/key-service.ts';
import { SM_KEY_SPECS } from './core/key-specs.ts';
import { DEFAULT_LIMITS, type Limits } from './core/limits.ts';
import type { AuditLog } from './core/ports/audit-log.ts';
import type { Clock } from './core/ports/clock.ts';
import type { KeyStore } from './core/ports/key-store.ts';
import type { RequestJournal } from './core/ports/request-journal.ts';
import type { RootKey, RootKeySource } from './core/ports/root-key.ts';
import type { Store } from './core/ports/store.ts';
import { createRamService, type RamService } from './core/ram/ram-service.ts';
import { KmsError } from './errors.ts';
import { HsmConnection } from './hsm/hsm-connection.ts';
import { type ChainName, type InstanceAudit, openInstanceAudit, PRIMARY_CHAIN } from './instance-audit.ts';
import { AsymmetricLane } from './keystore/asymmetric-lane.ts';
import { HsmKeyStore } from './keystore/hsm-key-store.ts';
import { RootKeyError } from './keystore/root-key.ts';
import { rootKeyFromFile } from './keystore/root-key-file.ts';
import { requireRootKey, rootKeyFromHsm } from './keystore/root-key-hsm.ts';
import { rootKeyFromPassphrase } from './keystore/root-key-passphrase.ts';
import { SoftwareKeyStore } from './keystore/software-key-store.ts';
import { forgetWhenIdle } from './ops/forget-when-idle.ts';
import type { Logger } from './ops/logger.ts';
import { countingAuditLog, createRequestCounts, type RequestCounts } from './ops/request-counts.ts';
import { unrefTimer } from './ops/unref-timer.ts';
import { removeWaiting, writeWaiting } from './ops/waiting-file.ts';
import { LmdbRequestJournal } from './storage/lmdb-request-journal.ts';
import { LmdbStore } from './storage/lmdb-store.ts';
import { isNewStore, type OpenedStore, openStore } from './storage/open-store.ts';

const MATERIAL_PURPOSE = 'key-material';
const IMPORT_TOKEN_PURPOSE = 'import-token';
const RETRY_MS = 1_000;
const WENT_AWAY = 'the HSM cluster went away again';

export interface PartsOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Ends the wait for the HSM cluster. */
  readonly signal: AbortSignal;
  /** Audit chain of this process. */
  readonly chain: ChainName;
}

/** What a process that serves the data plane works with. */
export interface DataParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly store: Store;
  readonly keyStore: KeyStore;
  /** Makes this process forget what another one changed. */
  readonly epochs: EpochWatch;
  /** Null in the basic edition. */
  readonly hsm: HsmConnection | null;
  readonly audit: InstanceAudit;
  /** The same, as the data plane has it. */
  readonly dataAudit: Pick<AuditLog, 'append' | 'flushed'>;
  /** Counted by dataAudit, by what records the control plane, and by what workers tell. */
  readonly requestCounts: RequestCounts;
  /** Ends the looks that a process without requests takes at the epoch. */
  readonly stopForgetting: () => void;
}

/** What the process that also serves the control plane works with. */
export interface Parts extends DataParts {
  /** For public keys that are no instance key's. */
  readonly lane: AsymmetricLane;
  readonly keys: KeyService;
  readonly access: AccessService;
  readonly ram: RamService;
  readonly requests: RequestJournal;
  readonly limits: Limits;
}

/** @throws ConfigError, StoreError, RootKeyError; nothing is left open then */
export async function openParts(options: PartsOptions): Promise<Parts> {
  return withServices(await openUnderRootKey(options));
}

/** @throws as openParts does */
export async function openDataParts(options: PartsOptions): Promise<DataParts> {
  return (await openUnderRootKey(options)).parts;
}

interface Opened {
  readonly parts: DataParts;
  readonly rootKey: RootKey;
}

async function openUnderRootKey(options: PartsOptions): Promise<Opened> {
  const { config, logger, clock } = options;
  if (config.edition === 'basic') return openWith(options, await openBasicStore(config), null);
  const environment = processEnvironment();
  const { dataDir, hsm: cluster } = config;
  const hsm = new HsmConnection({ dataDir, config: cluster, environment, logger, clock });
  try {
    for (;;) {
      const opened = await openStandardStore(options, hsm);
      try {
        return await openWith(options, opened, hsm);
      } catch (error) {
        if (!isAway(error)) throw error;
        logger.warn({ err: error }, WENT_AWAY);
        await pause(RETRY_MS, undefined, { signal: options.signal });
      }
    }
  } catch (error) {
    hsm.close();
    throw error;
  }
}

function isAway(error: unknown): boolean {
  return error instanceof KmsError && error.code === 'ServiceUnavailableTemporary';
}

export async function closeParts({ lane, requests, ...parts }: Parts): Promise<void> {
  await lane.close();
  await requests.close();
  await closeDataParts(parts);
}

export async function closeDataParts({
  keyStore,
  audit,
  store,
  hsm,
  stopForgetting,
}: DataParts): Promise<void> {
  stopForgetting();
  // Before the key store, which signs the last checkpoint.
  await audit.close();
  await keyStore.close();
  await store.close();
  hsm?.close();
}

/** Closes the store when it fails. */
async function openWith(
  { config, logger, clock, chain }: PartsOptions,
  { store, rootKey, rootKeyParameters: parameters }: OpenedStore,
  hsm: HsmConnection | null,
): Promise<Opened> {
  store.refresh();
  hsm?.proveWith((candidate) => requireRootKey({ hsm: candidate, randomBytes }, { rootKey, parameters }));
  const sealing = {
    sealingKey: rootKey.deriveKey(MATERIAL_PURPOSE),
    instanceId: store.instanceId,
    randomBytes,
  };
  const threads = Math.max(1, Math.floor(availableParallelism() / config.processes));
  const keyStore =
    hsm === null
      ? new SoftwareKeyStore({ ...sealing, threads })
      : new HsmKeyStore({ ...sealing, hsm, lane: { threads } });
  const audit = await openInstanceAudit({ config, store, keyStore, clock, randomBytes, logger, chain }).catch(
    async (error: unknown) => {
      await keyStore.close();
      await store.close();
      throw error;
    },
  );
  const epochs = createEpochWatch(store);
  epochs.onMoved(() => keyStore.forget());
  const stopForgetting = forgetWhenIdle({ epochs, keyStore, timer: unrefTimer, logger });
  const requestCounts = createRequestCounts();
  const dataAudit = countingAuditLog(dataPlaneAuditLog(audit, store), requestCounts);
  return {
    parts: {
      config,
      logger,
      clock,
      store,
      keyStore,
      epochs,
      hsm,
      audit,
      dataAudit,
      requestCounts,
      stopForgetting,
    },
    rootKey,
  };
}

function withServices({ parts, rootKey }: Opened): Parts {
  const { config, store, keyStore, clock } = parts;
  const { region, accountId } = config;
  const limits = { ...DEFAULT_LIMITS, ...config.limits };
  const shared = { store, clock, randomBytes, account: { region, accountId }, limits };
  return {
    ...parts,
    lane: new AsymmetricLane({ threads: 1 }),
    keys: createKeyService({
      ...shared,
      keyStore,
      importTokenKey: rootKey.deriveKey(IMPORT_TOKEN_PURPOSE),
      edition: config.edition,
      ...(!config.sm.enabled && { withheldSpecs: SM_KEY_SPECS }),
    }),
    access: createAccessService({ ...shared, issueClientKey: createClientKey }),
    ram: createRamService(shared),
    requests: new LmdbRequestJournal({ directory: join(config.dataDir, 'requests'), ...NONCE_RULES }),
    limits,
  };
}

function openBasicStore(config: Config): Promise<OpenedStore> {
  return unlock(newByteStore(config), rootKeySource(config));
}

/** Waits as long as it takes: the root key is in the HSM. */
async function openStandardStore(
  { config, logger, clock, signal, chain }: PartsOptions,
  hsm: HsmConnection,
): Promise<OpenedStore> {
  const { dataDir } = config;
  // A worker that waits does not speak for the instance, and may be killed while it does.
  const isPrimary = chain === PRIMARY_CHAIN;
  try {
    for (;;) {
      const bytes = newByteStore(config);
      try {
        await hsm.ready({
          create: isNewStore(bytes),
          signal,
          waiting: async (description) => {
            const { state, reason } = description;
            logger.warn(
              { state, reason },
              'waiting for the HSM cluster: the store opens with a key that is in it',
            );
            if (isPrimary) await writeWaiting(dataDir, description, clock());
          },
        });
      } catch (error) {
        await bytes.close();
        throw error;
      }
      try {
        return await unlock(bytes, rootKeyFromHsm({ hsm, randomBytes }));
      } catch (error) {
        if (!(error instanceof RootKeyError) || error.code !== 'ROOT_KEY_HSM_UNAVAILABLE') throw error;
        logger.warn({ err: error }, WENT_AWAY);
        await pause(RETRY_MS, undefined, { signal });
      }
    }
  } finally {
    if (isPrimary) await removeWaiting(dataDir);
  }
}

function newByteStore({ dataDir }: Config): LmdbStore {
  return new LmdbStore(join(dataDir, 'store'));
}

/** Closes the byte store when it fails. */
function unlock(bytes: LmdbStore, rootKeySource: RootKeySource): Promise<OpenedStore> {
  return openStore({ bytes, rootKeySource, randomBytes, newInstanceId: () => newInstanceId(randomBytes) });
}

function rootKeySource({ rootKey }: Config): RootKeySource {
  if (rootKey.source === 'file') return rootKeyFromFile({ path: rootKey.file, mayCreate: true, randomBytes });
  if (rootKey.passphraseFile === null) throw new ConfigError('rootKey.passphraseFile: required');
  const [passphrase = ''] = readFileSync(rootKey.passphraseFile, 'utf8').split(/\r?\n/, 1);
  return rootKeyFromPassphrase({ passphrase, randomBytes });
}
