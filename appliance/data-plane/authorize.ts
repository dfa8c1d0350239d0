// What the caller may do: from this address, at this rate, with this key. A caller without permission learns nothing
// about whether a key exists. Sources: data-plane specification 1.5, 4.3, 5 and 6.

import { type ClientAccess, grantsFor, mayUseKey } from '../core/authorization.ts';
import { requireEnabled } from '../core/crypto-service.ts';
import type { Key } from '../core/key.ts';
import { keyIdOfRef, locateVersion, parseKeyRef } from '../core/key-lookup.ts';
import type { Snapshot } from '../core/ports/store.ts';
import { KmsError } from '../errors.ts';
import type { Call } from './call.ts';
import type { KeyTarget } from './operation.ts';
import type { Throttle } from './throttle.ts';

const KEY_ROLE = 'CryptoServiceKeyUser';

export interface AuthorizationOptions {
  readonly records: Snapshot;
  readonly throttle: Throttle;
}

/** At least one policy of the caller's access point admits the address. */
export function admitAddress(call: Call): void {
  const { clientKey } = accessOf(call);
  call.grants = grantsFor(accessOf(call), call.incoming.peer.address);
  if (call.grants.length === 0) throw forbidden(clientKey.id);
}

export function admitRate(call: Call, { throttle }: AuthorizationOptions): void {
  if (!throttle.admit(accessOf(call).clientKey.accessPoint)) throw new KmsError('Rejected.Throttling');
}

/** Finds the key of the request, the caller's permission for it and its state; nothing for APIs without a key. */
export function authorizeKey(call: Call, { records }: AuthorizationOptions): void {
  if (!call.operation?.target) return;
  const target = call.operation.target(call.message as never, call.headers.migrationKeyVersionId);
  call.versionId = target.versionId;
  const keyId = keyIdOfTarget(records, target);
  call.resource = keyId ?? (target.keyRef || target.versionId);
  // A reference that leads nowhere is judged as a key that no policy names: only a policy on all keys learns the truth.
  if (!mayUseKey(call.grants, KEY_ROLE, keyId ?? '')) throw forbidden(target.keyRef || target.versionId);
  call.key = existing(keyId === undefined ? undefined : records.keys.get(keyId));
  requireEnabled(call.key);
}

function accessOf(call: Call): ClientAccess {
  if (!call.access) throw new Error('authorisation follows authentication');
  return call.access;
}

function keyIdOfTarget(records: Snapshot, { keyRef, versionId }: KeyTarget): string | undefined {
  if (keyRef !== '') return keyIdOfRef(records, parseKeyRef(keyRef));
  return locateVersion(records, versionId)?.key.id;
}

function existing(key: Key | undefined): Key {
  if (key) return key;
  throw new KmsError('Forbidden.KeyNotFound', 'The key Key ID or Alias does not exist in the system.');
}

function forbidden(name: string): KmsError {
  const harmless = /^[\w./:-]{1,128}$/.test(name) ? ` for "${name}"` : '';
  return new KmsError(
    'Forbidden.NoPermission',
    `This operation${harmless} is forbidden by permission system.`,
  );
}
