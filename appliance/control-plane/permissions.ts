// What a caller must be allowed before an action runs: RAM resources, named the way policies name them. They are built
// from what the request says, without looking whether the thing exists, so that a refusal tells nothing; only an alias
// is looked up first. Source: control-plane specification 1.8 (order of checks) and 4.2.

import { keyIdOfBlob } from '../core/blob-service.ts';
import type { Services } from './action.ts';
import type { Caller } from './authenticate.ts';

export interface Permission {
  /** Default: the service and the name of the action, `kms:CreateKey`. */
  readonly action?: string;
  /** Relative id of the ARN: `key`, `key/<id>`, `alias/<name>`, … */
  readonly resource: string;
}

/** Null: any authenticated caller. All permissions of the list must be given. */
export type Access<Input> =
  | ((input: Input, services: Services, caller: Caller) => readonly Permission[])
  | null;

/** A kind of resource as a whole: creating one, listing them. */
export function onAll(container: string): Access<unknown> {
  return () => [{ resource: container }];
}

/** One resource, named by a parameter. */
export function onOne<Name extends string>(container: string, parameter: Name): Access<Record<Name, string>> {
  return (input) => [{ resource: `${container}/${input[parameter]}` }];
}

export function onInstance({ KmsInstanceId }: { readonly KmsInstanceId: string }): readonly Permission[] {
  return [{ resource: `keystore/${KmsInstanceId}` }];
}

export function onKey({ KeyId }: { readonly KeyId: string }, services: Services): readonly Permission[] {
  return [{ resource: keyResource(KeyId, services) }];
}

/** What leads nowhere is judged as all keys: only who may use any of them learns that it does. */
export function keyResource(keyRef: string, { keys }: Services): string {
  return `key/${keys.keyIdOf(keyRef) ?? '*'}`;
}

/** The key that a ciphertext names; what names none is judged as all keys, so that a refusal tells nothing. */
export function blobResource(blob: Buffer): string {
  return `key/${keyIdOfBlob(blob) ?? '*'}`;
}

export function onBlob({ CiphertextBlob }: { readonly CiphertextBlob: Buffer }): readonly Permission[] {
  return [{ resource: blobResource(CiphertextBlob) }];
}
