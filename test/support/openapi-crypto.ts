// What tests of the cryptographic OpenAPI calls share: keys with material that the test knows, versions added by hand,
// and ciphertext made and opened with node:crypto alone, from the layout and the context hash of data-plane
// specification 4.9, without the product's code.

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { type KeyId, newKeyVersionId } from '../../appliance/core/ids.ts';
import type { KeyState, KeyVersion } from '../../appliance/core/key.ts';
import { KeyMaterial } from '../../appliance/keystore/key-material.ts';
import { sealMaterial } from '../../appliance/keystore/sealing.ts';
import type { ControlPlaneFixture } from './control-plane.ts';
import { present } from './present.ts';
import type { RpcBody } from './rpc-client.ts';
import { SEALING } from './software-keys.ts';

export type Fields = Readonly<Record<string, string>>;

export interface Calls {
  /** The body of a success. */
  answer(action: string, fields?: Fields): Promise<RpcBody>;
  /** Status and code of a refusal. */
  refusal(action: string, fields?: Fields): Promise<[number, string]>;
  /** Creates a key and gives its id. */
  newKey(fields?: Fields): Promise<string>;
}

export function callsOf(plane: () => ControlPlaneFixture): Calls {
  const answer = async (action: string, fields: Fields = {}): Promise<RpcBody> => {
    const { status, body } = await plane().client.call(action, fields);
    expect({ action, status, code: body.Code }).toEqual({ action, status: 200, code: undefined });
    return body;
  };
  return {
    answer,
    async refusal(action, fields = {}) {
      const { status, body } = await plane().client.call(action, fields);
      return [status, body.Code];
    },
    newKey: async (fields = {}) => (await answer('CreateKey', fields)).KeyMetadata.KeyId,
  };
}

/** Gives a key a further version with known material, and makes it the primary one. */
export async function addKnownVersion(
  { store }: ControlPlaneFixture,
  keyId: string,
  material: Buffer,
): Promise<string> {
  const key = present(store.records.keys.get(keyId));
  const identity = {
    id: newKeyVersionId(keyId as KeyId, randomBytes),
    keyId: key.id,
    spec: key.spec,
    origin: key.origin,
  };
  const blob = sealMaterial(SEALING, identity, new KeyMaterial(Buffer.from(material)));
  const version: KeyVersion = { ...identity, createdAt: 0, blob, publicKey: null };
  await store.transact(({ keys, keyVersions }) => {
    keyVersions.put(version.id, version);
    keys.put(keyId, { ...key, primaryVersionId: version.id });
  });
  return version.id;
}

export async function setState(
  { store }: ControlPlaneFixture,
  keyId: string,
  state: KeyState,
): Promise<void> {
  await store.transact(({ keys }) => keys.put(keyId, { ...present(keys.get(keyId)), state }));
}

/** Additional data of a context; none for an empty one. */
export function contextAad(context: Fields = {}): Buffer {
  const pairs = Object.keys(context)
    .sort()
    .map((key) => `${key}=${context[key]}`);
  return pairs.length === 0 ? Buffer.alloc(0) : createHash('sha256').update(pairs.join('&')).digest();
}

/** The text that a blob holds, opened with the material of its version. */
export function openBlob(blob: string, material: Buffer, context?: Fields): string {
  const bytes = Buffer.from(blob, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', material, bytes.subarray(36, 48));
  decipher.setAAD(contextAad(context));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(48, -16)), decipher.final()]).toString();
}

export function sealBlob(versionId: string, content: Buffer | string, material: Buffer, context?: Fields) {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', material, iv);
  cipher.setAAD(contextAad(context));
  const parts = [Buffer.from(versionId), iv, cipher.update(content), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64');
}
