// Keys that programs are told of.

import type { AdminClient } from './admin-client.ts';

export const KEY_PREFIX = 'conformance';

export interface KeyName {
  readonly id: string;
  readonly alias: string;
  /** The only version. */
  readonly versionId: string;
}

export async function createKey(
  admin: AdminClient,
  purpose: string,
  parameters: Readonly<Record<'KeySpec' | 'KeyUsage', string>>,
): Promise<KeyName> {
  const key = await newKey(admin, purpose, parameters);
  return { ...key, versionId: await onlyVersion(admin, key.id) };
}

/** A key with an alias; one of origin EXTERNAL has no version yet. */
export async function newKey(
  admin: AdminClient,
  purpose: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Omit<KeyName, 'versionId'>> {
  const created = await admin.call('CreateKey', parameters);
  const { KeyId: id } = created['KeyMetadata'] as { KeyId: string };
  const alias = `alias/${KEY_PREFIX}-${purpose}`;
  await admin.call('CreateAlias', { KeyId: id, AliasName: alias });
  return { id, alias };
}

export async function onlyVersion(admin: AdminClient, id: string): Promise<string> {
  const listed = await admin.call('ListKeyVersions', { KeyId: id });
  const { KeyVersion: versions } = listed['KeyVersions'] as { KeyVersion: { KeyVersionId: string }[] };
  const [version] = versions;
  if (version === undefined) throw new Error(`the key ${id} has no version`);
  return version.KeyVersionId;
}
