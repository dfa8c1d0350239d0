// The rules of Client Keys: made once, handed out once. Only the certificate is kept; the private key and the
// password are gone when createClientKey has answered. Source: control-plane specification 2.6.3.

import { KmsError } from '../errors.ts';
import type { ClientKey } from './access.ts';
import type { AccessServiceOptions } from './access-service.ts';
import { invalidParameter, requireRoom } from './fields.ts';
import { requireRecord } from './named-records.ts';
import type { Collection } from './ports/store.ts';
import { newUuid } from './uuid.ts';

const CLIENT_KEY_ID = /^KAAP\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PASSWORD = /^[\x21-\x7e]{8,64}$/;
const CHARACTER_CLASSES = [/[0-9]/, /[A-Za-z]/, /[^0-9A-Za-z]/];
const DEFAULT_YEARS = 5;

export interface NewClientKey {
  readonly accessPoint: string;
  readonly password: string;
  /** Milliseconds since the epoch, whole seconds; both or neither (now, and five years on). */
  readonly notBefore?: number | undefined;
  readonly notAfter?: number | undefined;
}

export interface CreatedClientKey {
  readonly clientKey: ClientKey;
  /** Base64 of the PKCS#12; exists nowhere else. */
  readonly privateKeyData: string;
}

export interface ClientKeyService {
  createClientKey(request: NewClientKey): Promise<CreatedClientKey>;
  describeClientKey(id: string): ClientKey;
  /** Those of one application access point, or all; by creation time. */
  listClientKeys(accessPoint?: string): readonly ClientKey[];
  deleteClientKey(id: string): Promise<void>;
}

export function clientKeyService(options: AccessServiceOptions): ClientKeyService {
  const { store } = options;
  return {
    createClientKey: (request) => createClientKey(options, request),
    describeClientKey: (id) => requireClientKey(store.records.clientKeys, id),
    listClientKeys(accessPoint) {
      if (accessPoint !== undefined) requireRecord(store.records.accessPoints, accessPoint);
      return [...store.records.clientKeys.list()]
        .filter((clientKey) => accessPoint === undefined || clientKey.accessPoint === accessPoint)
        .sort((a, b) => a.createdAt - b.createdAt);
    },
    deleteClientKey: (id) =>
      store.transact((transaction) => {
        requireClientKey(transaction.clientKeys, id);
        transaction.clientKeys.delete(id);
      }),
  };
}

async function createClientKey(
  options: AccessServiceOptions,
  request: NewClientKey,
): Promise<CreatedClientKey> {
  const { store, clock, limits, randomBytes, issueClientKey } = options;
  const { accessPoint, password } = request;
  const createdAt = clock();
  requirePassword(password);
  const validity = validityOf(request, createdAt);
  // Also checked inside the transaction; here it spares the cost of a key pair that could not be kept.
  requireRecord(store.records.accessPoints, accessPoint);
  requireRoom(store.records.clientKeys, limits.clientKeys);
  const issued = await issueClientKey({
    subject: { commonName: accessPoint },
    password,
    notBefore: new Date(validity.notBefore),
    notAfter: new Date(validity.notAfter),
  });
  const clientKey: ClientKey = {
    id: `KAAP.${newUuid(randomBytes)}`,
    accessPoint,
    publicKey: issued.publicKeyDer,
    certificatePem: issued.certificatePem,
    fingerprint: issued.fingerprint,
    ...validity,
    createdAt,
  };
  await store.transact((transaction) => {
    requireRecord(transaction.accessPoints, accessPoint);
    requireRoom(transaction.clientKeys, limits.clientKeys);
    transaction.clientKeys.put(clientKey.id, clientKey);
  });
  return { clientKey, privateKeyData: issued.pkcs12Base64 };
}

function requirePassword(password: string): void {
  const classes = CHARACTER_CLASSES.filter((each) => each.test(password));
  if (!PASSWORD.test(password) || classes.length < 2) throw invalidParameter('Password');
}

function validityOf(
  { notBefore, notAfter }: NewClientKey,
  now: number,
): Pick<ClientKey, 'notBefore' | 'notAfter'> {
  if (notBefore === undefined && notAfter === undefined) {
    const from = Math.floor(now / 1000) * 1000;
    const until = new Date(from);
    return { notBefore: from, notAfter: until.setUTCFullYear(until.getUTCFullYear() + DEFAULT_YEARS) };
  }
  if (notBefore === undefined) throw invalidParameter('NotBefore');
  if (notAfter === undefined || notAfter <= notBefore || notAfter <= now) throw invalidParameter('NotAfter');
  return { notBefore, notAfter };
}

function requireClientKey(clientKeys: Collection<ClientKey>, id: string): ClientKey {
  const clientKey = CLIENT_KEY_ID.test(id) ? clientKeys.get(id) : undefined;
  if (!clientKey) throw new KmsError('Forbidden.ResourceNotFound');
  return clientKey;
}
