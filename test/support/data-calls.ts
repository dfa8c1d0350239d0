// The data plane without its listener, over the store of another part of a test: calls go into the pipeline as a
// connection would hand them over, signed by a Client Key that may use every key.

import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { createClientAccessLookup } from '../../appliance/core/client-access-lookup.ts';
import { createCryptoService } from '../../appliance/core/crypto-service.ts';
import { createEpochWatch } from '../../appliance/core/epoch-watch.ts';
import type { KeyStore } from '../../appliance/core/ports/key-store.ts';
import type { Store } from '../../appliance/core/ports/store.ts';
import { createPipeline } from '../../appliance/data-plane/pipeline.ts';
import { createThrottle } from '../../appliance/data-plane/throttle.ts';
import { KeyPairGenerator } from '../../appliance/keystore/key-pair-generator.ts';
import { dkms } from '../../proto/generated/api.js';
import type { ApiName } from '../../proto/index.ts';
import { RecordedAudit } from './control-plane.ts';

export type DataFields = Readonly<Record<string, string | number | Uint8Array>>;

export interface DataReply {
  /** 'none' for a success. */
  readonly code: string;
  /** Fields of the response. */
  readonly body: Readonly<Record<string, Uint8Array>> & { readonly KeyVersionId?: string };
  /** Version named in the response's header. */
  readonly versionId: string;
}

export interface DataCalls {
  call(api: ApiName, fields?: DataFields, headers?: Readonly<Record<string, string>>): Promise<DataReply>;
}

/** A protobuf message class, seen without its type. */
interface Message {
  encode(fields: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}

const MESSAGES = dkms as unknown as Readonly<Record<string, Message>>;
const CLIENT_KEY_ID = 'KAAP.00000000-0000-4000-8000-000000000000';

export interface DataCallsOptions {
  readonly store: Store;
  readonly keyStore: KeyStore;
  readonly clock: () => number;
}

export async function dataCalls({ store, keyStore, clock }: DataCallsOptions): Promise<DataCalls> {
  const privateKey = await grantEverything(store);
  const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const keyPairs = new KeyPairGenerator();
  const lookup = createClientAccessLookup(store.records);
  const epochs = createEpochWatch(store);
  epochs.onMoved(() => lookup.forget());
  epochs.onMoved(() => keyStore.forget());
  const pipeline = createPipeline({
    epochs,
    records: store.records,
    lookup,
    clock,
    clientCertificates: 'off',
    throttle: createThrottle(0, clock),
    operations: {
      crypto: createCryptoService({
        store,
        edition: 'basic',
        keyStore,
        clock,
        decryptionFailure: 'InvalidParameter',
      }),
      randomBytes,
      generateKeyPair: (spec, format) => keyPairs.generateDataKeyPair(spec, format),
    },
    audit: new RecordedAudit(),
    logger,
    newRequestId: randomUUID,
    tick: clock,
    maxCallsInFlight: 100,
  });

  return {
    call(api, fields = {}, extraHeaders = {}) {
      const body = Buffer.from(message(`${api}Request`).encode(fields).finish());
      const rawHeaders = signedHeaders(api, body, { privateKey, now: clock(), extraHeaders });
      const peer = { address: '127.0.0.1', certificateFingerprint: '' };
      return new Promise((resolve) => {
        pipeline.accept({
          method: 'POST',
          url: '/',
          rawHeaders,
          body,
          peer,
          respond: (status, bytes, versionId) => resolve(replyOf(api, status, bytes, versionId)),
        });
      });
    },
  };
}

function ignore(): void {}

function message(name: string): Message {
  const found = MESSAGES[name];
  if (!found) throw new Error(`there is no message ${name}`);
  return found;
}

function replyOf(api: ApiName, status: number, bytes: Uint8Array, versionId: string): DataReply {
  if (status === 200) {
    const body = message(`${api}Response`).decode(bytes) as DataReply['body'];
    return { code: 'none', body, versionId };
  }
  return { code: dkms.Error.decode(bytes).ErrorCode, body: {}, versionId };
}

async function grantEverything(store: Store) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const now = { description: '', createdAt: 0 };
  await store.transact(({ policies, accessPoints, clientKeys }) => {
    policies.put('all', {
      ...now,
      name: 'all',
      roles: ['CryptoServiceKeyUser'],
      resources: ['key/*'],
      accessControlRules: '',
      networkRules: [],
    });
    accessPoints.put('app', { ...now, name: 'app', authenticationMethod: 'ClientKey', policies: ['all'] });
    clientKeys.put(CLIENT_KEY_ID, {
      id: CLIENT_KEY_ID,
      accessPoint: 'app',
      publicKey: publicKey.export({ type: 'spki', format: 'der' }),
      certificatePem: '',
      fingerprint: '',
      notBefore: 0,
      notAfter: Date.parse('9999-12-31T23:59:59Z'),
      createdAt: 0,
    });
  });
  return privateKey;
}

interface Signing {
  readonly privateKey: Parameters<typeof sign>[2];
  readonly now: number;
  readonly extraHeaders: Readonly<Record<string, string>>;
}

/** Data-plane specification 1.2 and 1.3. */
function signedHeaders(api: ApiName, body: Buffer, { privateKey, now, extraHeaders }: Signing): string[] {
  const digest = createHash('sha256').update(body).digest('hex').toUpperCase();
  const date = new Date(now).toUTCString();
  const named: Record<string, string> = {
    'x-kms-acccesskeyid': CLIENT_KEY_ID,
    'x-kms-apiname': api,
    'x-kms-apiversion': 'dkms-gcs-0.2',
    'x-kms-signaturemethod': 'RSA_PKCS1_SHA_256',
    ...extraHeaders,
  };
  const lines = Object.keys(named)
    .sort()
    .map((name) => `${name}:${named[name]}\n`);
  const text = `POST\n${digest}\napplication/x-protobuf\n${date}\n${lines.join('')}/`;
  const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
  return [
    ...Object.entries(named),
    ['Content-SHA256', digest],
    ['Content-Type', 'application/x-protobuf'],
    ['Date', date],
    ['Authorization', `TOKEN ${signature}`],
  ].flat();
}
