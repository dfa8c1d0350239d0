// What a data-plane API is made of: which key a request is about, and what is done with it. The pipeline decodes,
// finds and authorises the key in between, so an operation only runs for a caller who may use that key.

import type { ApiName, RequestOf, ResponseOf } from '../../proto/index.ts';
import type { CipherParameters, CryptoService } from '../core/crypto-service.ts';
import type { RandomBytes } from '../core/ids.ts';
import type { Key } from '../core/key.ts';
import type { KeySpecName } from '../core/key-specs.ts';
import type { Awaitable, SignInput } from '../core/ports/key-store.ts';
import { KmsError } from '../errors.ts';

/** A key named by reference, by one of its versions, or by both (which must then agree). '' is "not named". */
export interface KeyTarget {
  readonly keyRef: string;
  readonly versionId: string;
}

export type DataKeyPairFormat = 'PEM' | 'DER';

export interface OperationContext {
  readonly crypto: CryptoService;
  readonly randomBytes: RandomBytes;
  /** SubjectPublicKeyInfo and PKCS#8 of a new key pair. @throws KmsError Rejected.Throttling when one is being made */
  readonly generateKeyPair: (
    spec: KeySpecName,
    format: DataKeyPairFormat,
  ) => Promise<{ publicKey: Buffer; privateKey: Buffer }>;
}

/** The key a request is about, found and authorised. */
export interface TargetKey {
  readonly key: Key;
  /** Version named by the request; '' when it names none. */
  readonly versionId: string;
}

/** A response without its RequestId, which the pipeline adds. */
export interface Answer<Response> {
  readonly response: Response;
  /** Version that was used, returned in `x-kms-migrationkeyversionid`; '' for none. */
  readonly versionId: string;
}

/** An API that works on a key. */
export interface KeyOperation<Name extends ApiName> {
  readonly api: Name;
  readonly target: (request: RequestOf<Name>, migrationKeyVersionId: string) => KeyTarget;
  readonly execute: (
    context: OperationContext,
    request: RequestOf<Name>,
    target: TargetKey,
  ) => Awaitable<Answer<ResponseOf<Name>>>;
}

/** An API that needs no key, only a caller. */
export interface KeylessOperation<Name extends ApiName> {
  readonly api: Name;
  readonly target: null;
  readonly execute: (
    context: OperationContext,
    request: RequestOf<Name>,
  ) => Awaitable<Answer<ResponseOf<Name>>>;
}

/** An operation whose request type is known only to itself: the table's type (its codec comes from the same row). */
export interface AnyOperation {
  readonly api: ApiName;
  readonly target: ((request: never, migrationKeyVersionId: string) => KeyTarget) | null;
  readonly execute: (context: OperationContext, request: never, target: never) => Awaitable<Answer<object>>;
}

/** @throws KmsError MissingParameter when a required field is empty (proto3 cannot tell empty from absent) */
export function required<T extends string | Uint8Array>(value: T, name: string): T {
  if (value.length > 0) return value;
  throw new KmsError('MissingParameter', `Parameter ${name} does not exist in http header or body.`);
}

/** Target of the APIs whose KeyId is required. */
export function requiredKey(request: { readonly KeyId: string }, versionId = ''): KeyTarget {
  return { keyRef: required(request.KeyId, 'KeyId'), versionId };
}

interface CipherFields {
  readonly Algorithm: string;
  readonly Aad: Uint8Array;
  readonly Iv: Uint8Array;
  readonly PaddingMode: string;
}

export function cipherParameters(request: CipherFields): CipherParameters {
  const { Algorithm, Aad, Iv, PaddingMode } = request;
  return { algorithm: Algorithm, aad: Aad, iv: Iv, paddingMode: PaddingMode };
}

/** Parameters of the calls that draw their IV: data keys and key pairs, which only authenticated encryption protects. */
export function dataKeyParameters(aad: Uint8Array, algorithm = ''): CipherParameters {
  return { algorithm, aad, iv: new Uint8Array(0), paddingMode: '', authenticated: true };
}

interface SignatureFields {
  readonly Message: Uint8Array;
  readonly Digest: Uint8Array;
  readonly MessageType: string;
}

/** What is signed: Message as RAW (default) or DIGEST; the old Digest field counts when Message is empty. */
export function signInput(request: SignatureFields): SignInput {
  const { Message, Digest, MessageType } = request;
  if (!['', 'RAW', 'DIGEST'].includes(MessageType)) throw new KmsError('InvalidParameter');
  if (Message.length === 0 && Digest.length > 0) return { type: 'DIGEST', digest: Digest };
  const message = required(Message, 'Message');
  return MessageType === 'DIGEST' ? { type: 'DIGEST', digest: message } : { type: 'RAW', message };
}
