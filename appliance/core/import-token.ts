// The import token: says which wrapping key material was wrapped under, and until when. It can be neither made nor changed
// without the token key. Layout: version (1) | end of validity in ms (8) | wrapping key id | HMAC-SHA-256 (32).
// Source: control-plane specification 3.4.1 and 3.4.3.

import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { KmsError } from '../errors.ts';
import type { KeyId } from './ids.ts';

const VERSION = 1;
const MAC_BYTES = 32;
const HEADER_BYTES = 9;

export interface TokenContent {
  readonly wrappingKeyId: string;
  readonly expiresAt: number;
}

export interface TokenContext {
  /** 32-byte secret key for this purpose alone. */
  readonly tokenKey: KeyObject;
  readonly instanceId: string;
  /** The key that material is imported to. */
  readonly keyId: KeyId;
}

export function makeToken(context: TokenContext, { wrappingKeyId, expiresAt }: TokenContent): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(VERSION);
  header.writeBigUInt64BE(BigInt(expiresAt), 1);
  const content = Buffer.concat([header, Buffer.from(wrappingKeyId)]);
  return Buffer.concat([content, mac(context, content)]);
}

/** @throws KmsError InvalidImportToken for one of another key or instance, or of none; ExpiredImportToken */
export function readToken(context: TokenContext, token: Buffer, now: number): TokenContent {
  if (token.length <= HEADER_BYTES + MAC_BYTES) throw new KmsError('InvalidImportToken');
  const content = token.subarray(0, -MAC_BYTES);
  const genuine = timingSafeEqual(mac(context, content), token.subarray(-MAC_BYTES));
  if (!genuine || content[0] !== VERSION) throw new KmsError('InvalidImportToken');
  const expiresAt = Number(content.readBigUInt64BE(1));
  if (expiresAt <= now) throw new KmsError('ExpiredImportToken');
  return { wrappingKeyId: content.toString('utf8', HEADER_BYTES), expiresAt };
}

function mac({ tokenKey, instanceId, keyId }: TokenContext, content: Buffer): Buffer {
  return createHmac('sha256', tokenKey).update(`${instanceId}\0${keyId}\0`).update(content).digest();
}
