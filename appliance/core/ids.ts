// Identifiers: how they are made, recognised and written as resource names.
// Sources: data-plane specification 7.1, control-plane specification 3.1 and 4.2.

export type KeyId = string & { readonly __brand: 'KeyId' };
export type KeyVersionId = string & { readonly __brand: 'KeyVersionId' };
export type WrappingKeyId = string & { readonly __brand: 'WrappingKeyId' };

/** Fills a buffer of so many bytes with randomness; injected so that tests can fix it. */
export type RandomBytes = (size: number) => Buffer;

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';
const KEY_ID = /^key-[a-z]{3}[0-9a-f]{8}[0-9a-z]{10}$/;
const KEY_VERSION_ID = /^key-[a-z]{3}[0-9a-f]{8}[0-9a-z]{10}-[0-9a-z]{10}$/;
const KEY_ID_LENGTH = 25;

/** `length` characters of [0-9a-z], uniformly chosen (bytes over 251 are drawn again). */
export function randomBase36(length: number, randomBytes: RandomBytes): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 252 && text.length < length) text += BASE36.charAt(byte % 36);
    }
  }
  return text;
}

/** `key-` + region code + creation time in 8 hex digits + 10 random characters: ids sort by creation time. */
export function newKeyId(now: number, randomBytes: RandomBytes): KeyId {
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return `key-kms${seconds}${randomBase36(10, randomBytes)}` as KeyId;
}

/** The key id and 10 random characters: always 36 ASCII characters, as the ciphertext layout demands. */
export function newKeyVersionId(keyId: KeyId, randomBytes: RandomBytes): KeyVersionId {
  return `${keyId}-${randomBase36(10, randomBytes)}` as KeyVersionId;
}

/** Starts with the id of the key that it brings material to. */
export function newWrappingKeyId(keyId: KeyId, randomBytes: RandomBytes): WrappingKeyId {
  return `${keyId}-${randomBase36(20, randomBytes)}` as WrappingKeyId;
}

export function newInstanceId(randomBytes: RandomBytes): string {
  return `kst-kms${randomBase36(17, randomBytes)}`;
}

export function isKeyId(text: string): text is KeyId {
  return KEY_ID.test(text);
}

export function isKeyVersionId(text: string): text is KeyVersionId {
  return KEY_VERSION_ID.test(text);
}

/** The key a version belongs to: a version id starts with its key's id. */
export function keyIdOfVersion(versionId: KeyVersionId): KeyId {
  return versionId.slice(0, KEY_ID_LENGTH) as KeyId;
}

export interface Account {
  readonly region: string;
  readonly accountId: string;
}

/** `acs:kms:<region>:<account>:<resource>`, for example with resource `key/key-…`. */
export function arn(account: Account, resource: string): string {
  return `acs:kms:${account.region}:${account.accountId}:${resource}`;
}

/** A UTC time as the API writes it: `YYYY-MM-DDThh:mm:ssZ`. */
export function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
