// Actions of the control plane without its listener, over any byte store: encrypted as the product does it, the caller
// being the owner. What an action does from its checked parameters to its answer is all there.

import { createSecretKey, randomBytes } from 'node:crypto';
import type { Json, Services } from '../../appliance/control-plane/action.ts';
import { ACTIONS } from '../../appliance/control-plane/action-table.ts';
import { createAccessService } from '../../appliance/core/access-service.ts';
import { createAsymmetricService } from '../../appliance/core/asymmetric-service.ts';
import { createAuditService } from '../../appliance/core/audit-service.ts';
import { createBlobService } from '../../appliance/core/blob-service.ts';
import { createCryptoService } from '../../appliance/core/crypto-service.ts';
import { createInstanceSettings } from '../../appliance/core/instance-settings.ts';
import { createKeyService } from '../../appliance/core/key-service.ts';
import { DEFAULT_LIMITS, type Limits } from '../../appliance/core/limits.ts';
import type { RequestJournal } from '../../appliance/core/ports/request-journal.ts';
import type { Store } from '../../appliance/core/ports/store.ts';
import { createRamService } from '../../appliance/core/ram/ram-service.ts';
import type { ByteStore } from '../../appliance/storage/byte-store.ts';
import { encryptedStore, valueSeal } from '../../appliance/storage/encrypted-store.ts';
import { recordStore } from '../../appliance/storage/repositories.ts';
import { createClientKey } from '../../certs-tool/index.ts';
import type { Texts } from './admin-calls.ts';
import { ACCOUNT, NOW } from './core-services.ts';
import { present } from './present.ts';
import { IMPORT_TOKEN_KEY, SEALING, softwareKeyStore } from './software-keys.ts';

/** `CreatePolicy` of KMS, `ram:CreatePolicy` of RAM. */
export type ActionName = string;

export interface ActionCalls {
  readonly store: Store;
  readonly keyStore: ReturnType<typeof softwareKeyStore>;
  call(action: ActionName, parameters: Texts): Promise<{ readonly [name: string]: Json }>;
  close(): Promise<void>;
}

export function actionCalls(bytes: ByteStore, changed: Partial<Limits> = {}): ActionCalls {
  const { instanceId } = SEALING;
  const seal = valueSeal({ key: createSecretKey(Buffer.alloc(32, 8)), instanceId, randomBytes });
  const store = recordStore({ bytes: encryptedStore(bytes, seal), instanceId });
  const keyStore = softwareKeyStore();
  const services = servicesOf(store, keyStore, { ...DEFAULT_LIMITS, ...changed });
  return {
    store,
    keyStore,
    async call(name, parameters) {
      const action = present(ACTIONS.find(({ api, name: each }) => fullName(api.service, each) === name));
      store.refresh();
      const call = action.validate(new Map(Object.entries(parameters)));
      const answer = await call.run(services, OWNER);
      store.refresh();
      return answer.body;
    },
    async close() {
      await keyStore.close();
      await store.close();
    },
  };
}

export function fullName(service: string, action: string): ActionName {
  return service === 'kms' ? action : `${service}:${action}`;
}

const OWNER = { accessKeyId: 'LTAI', user: null };

/** No action that changes anything asks for the memory of requests. */
const NO_REQUESTS: RequestJournal = {
  useNonce: () => 'fresh',
  noteUse: () => undefined,
  lastUsed: () => null,
  close: () => Promise.resolve(),
};

/** Nor for how the audit log is doing. */
const unused = () => Promise.reject(new Error('nothing is asked here'));
const NO_AUDIT = { status: unused };
const NO_EVENTS = { lookup: unused };

function servicesOf(store: Store, keyStore: ActionCalls['keyStore'], limits: Limits): Services {
  const core = { store, clock: () => NOW, randomBytes, account: ACCOUNT, limits };
  const crypto = createCryptoService({
    ...core,
    edition: 'basic',
    keyStore,
    decryptionFailure: 'InvalidParameter',
  });
  return {
    keys: createKeyService({ ...core, keyStore, importTokenKey: IMPORT_TOKEN_KEY, edition: 'basic' }),
    access: createAccessService({ ...core, issueClientKey: createClientKey }),
    blobs: createBlobService({ store, crypto, randomBytes }),
    asymmetric: createAsymmetricService({ store, crypto }),
    // No action that changes anything exports a data key.
    sm2Encrypt: () => Promise.reject(new Error('nothing is exported here')),
    settings: createInstanceSettings(store),
    ram: createRamService(core),
    requests: NO_REQUESTS,
    hsm: null,
    audit: createAuditService({ store, auditLog: NO_AUDIT, events: NO_EVENTS }),
    clock: () => NOW,
    account: ACCOUNT,
    instance: {
      id: store.instanceId,
      name: 'test',
      createdAt: NOW,
      qps: 0,
      keyQuota: limits.keys,
      caCertificateChainPem: () => '',
    },
  };
}
