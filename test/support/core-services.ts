// The services of the core over a store in memory, a software key store, a clock that tests set, and a Client Key
// issuer that makes nothing: what it returns is of no meaning to the rules.

import { randomBytes } from 'node:crypto';
import { type AccessService, createAccessService } from '../../appliance/core/access-service.ts';
import type { Edition } from '../../appliance/core/editions.ts';
import { createKeyService, type KeyService } from '../../appliance/core/key-service.ts';
import type { KeySpecName } from '../../appliance/core/key-specs.ts';
import { DEFAULT_LIMITS, type Limits } from '../../appliance/core/limits.ts';
import type { ClientKeyIssuer, ClientKeyRequest } from '../../appliance/core/ports/client-key-issuer.ts';
import type { KeyStore } from '../../appliance/core/ports/key-store.ts';
import type { Store } from '../../appliance/core/ports/store.ts';
import type { ErrorCode } from '../../appliance/errors.ts';
import { MemoryStore } from '../../appliance/storage/memory-store.ts';
import { recordStore } from '../../appliance/storage/repositories.ts';
import { IMPORT_TOKEN_KEY, softwareKeyStore } from './software-keys.ts';

export const ACCOUNT = { region: 'cn-hangzhou', accountId: '1000000000000001' };
export const NOW = Date.parse('2026-01-02T03:04:05Z');
export const FIRST_PAGE = { pageNumber: 1, pageSize: 100 };

export interface CoreServices {
  readonly keys: KeyService;
  readonly access: AccessService;
  readonly store: Store;
  readonly keyStore: KeyStore;
  readonly clock: { now: number };
  /** What the Client Key issuer was asked for. */
  readonly issued: ClientKeyRequest[];
}

export interface CoreOptions {
  readonly limits?: Partial<Limits>;
  readonly keyStore?: KeyStore;
  readonly edition?: Edition;
  readonly withheldSpecs?: ReadonlySet<KeySpecName>;
  /** Runs while a Client Key is being issued. */
  readonly whileIssuing?: (services: CoreServices) => Promise<unknown>;
}

export function coreServices(options: CoreOptions = {}): CoreServices {
  const store = refreshedStore();
  const keyStore = options.keyStore ?? softwareKeyStore();
  const clock = { now: NOW };
  const issued: ClientKeyRequest[] = [];
  const issueClientKey: ClientKeyIssuer = async (request) => {
    issued.push(request);
    await options.whileIssuing?.(services);
    return {
      pkcs12Base64: 'cGtjczEy',
      certificatePem: 'certificate',
      publicKeyDer: Buffer.of(1),
      fingerprint: 'ab',
    };
  };
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const core = { store, clock: () => clock.now, randomBytes, account: ACCOUNT, limits };
  const services: CoreServices = {
    keys: createKeyService({
      ...core,
      keyStore,
      importTokenKey: IMPORT_TOKEN_KEY,
      edition: options.edition ?? 'basic',
      ...(options.withheldSpecs && { withheldSpecs: options.withheldSpecs }),
    }),
    access: createAccessService({ ...core, issueClientKey }),
    store,
    keyStore,
    clock,
    issued,
  };
  return services;
}

/** Refreshes after every change, as a plane does before every request. */
function refreshedStore(): Store {
  const store = recordStore({ bytes: new MemoryStore(), instanceId: 'kst-kms00000000000000000' });
  return {
    ...store,
    async transact(change) {
      const result = await store.transact(change);
      store.refresh();
      return result;
    },
  };
}

/** The code of the KmsError that the call ends with, thrown or rejected; 'none' when it succeeds. */
export async function codeOf(call: () => unknown): Promise<ErrorCode | 'none'> {
  try {
    await call();
    return 'none';
  } catch (error) {
    return (error as { code: ErrorCode }).code;
  }
}
