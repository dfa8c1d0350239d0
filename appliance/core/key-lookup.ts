// Finds the key that a reference means: a key id, `alias/<name>`, or an ARN of either.
// Sources: data-plane specification 4.3 and 7.1, control-plane specification 2.1.

import { isKeyVersionId, keyIdOfVersion } from './ids.ts';
import type { Key, KeyVersion } from './key.ts';
import type { Snapshot } from './ports/store.ts';

const ARN_PREFIX = /^acs:kms:[^:]*:[^:]*:(?=key\/|alias\/)/;
const ALIAS_PREFIX = 'alias/';

/** A reference split into its kind; ids and names are as given, nothing is looked up. */
export type KeyRef =
  | { readonly type: 'key'; readonly id: string }
  | { readonly type: 'alias'; readonly name: string };

export function parseKeyRef(text: string): KeyRef {
  const local = text.startsWith('acs:') ? text.replace(ARN_PREFIX, '') : text;
  if (local.startsWith(ALIAS_PREFIX)) return { type: 'alias', name: local };
  return { type: 'key', id: local !== text && local.startsWith('key/') ? local.slice('key/'.length) : local };
}

/** The id the reference stands for, looked up if it is an alias; undefined for an unknown alias. */
export function keyIdOfRef(records: Pick<Snapshot, 'aliases'>, ref: KeyRef): string | undefined {
  return ref.type === 'key' ? ref.id : records.aliases.get(ref.name)?.keyId;
}

export interface LocatedVersion {
  readonly key: Key;
  readonly version: KeyVersion;
}

/** A version by its id, with its key; undefined when either is unknown or the text is no version id. */
export function locateVersion(
  records: Pick<Snapshot, 'keys' | 'keyVersions'>,
  versionId: string,
): LocatedVersion | undefined {
  if (!isKeyVersionId(versionId)) return undefined;
  const version = records.keyVersions.get(versionId);
  const key = records.keys.get(keyIdOfVersion(versionId));
  return version && key ? { key, version } : undefined;
}
