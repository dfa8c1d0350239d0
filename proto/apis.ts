// The table of data-plane APIs: for each its request decoder (with the limit of every field) and response encoder.
// Adding an API: a message pair in api.proto, `npm run proto`, and a row here. Source: data-plane specification 4.1, 4.2.

import {
  decoder,
  encoder,
  type FieldLimits,
  type MessageDecoder,
  type MessageEncoder,
  number,
  upTo,
} from './codec.ts';
import { dkms } from './generated/api.js';

/** Largest request body in bytes (data-plane specification 1.12). */
export const MAX_BODY_BYTES = 3 * 1024 * 1024;

const KEY_REF = upTo(512); // a key id, alias or ARN of either
const NAME = upTo(64); // algorithm, padding, message type, format, stage
const PAYLOAD = upTo(MAX_BODY_BYTES);
const AAD = upTo(8192);
const IV = upTo(64);
const SIGNATURE = upTo(1024);

const ENCRYPT: FieldLimits = { 1: KEY_REF, 2: PAYLOAD, 3: NAME, 4: AAD, 5: IV, 6: NAME };
const DECRYPT: FieldLimits = { 1: PAYLOAD, 2: KEY_REF, 3: NAME, 4: AAD, 5: IV, 6: NAME };
const DATA_KEY_PAIR: FieldLimits = { 1: KEY_REF, 2: NAME, 3: NAME, 4: NAME, 5: AAD };
const ADVANCE_DATA_KEY_PAIR: FieldLimits = { 1: KEY_REF, 2: NAME, 3: NAME, 4: AAD };

interface Message<T> {
  decode(bytes: Uint8Array): T;
}
interface Reply<T> {
  encode(message: T): ReturnType<typeof dkms.Error.encode>;
}

export interface ApiCodec<Request, Response> {
  readonly request: MessageDecoder<Request>;
  readonly response: MessageEncoder<Response>;
  readonly limits: FieldLimits;
}

function api<Request, Response>(
  request: Message<Request>,
  response: Reply<Response>,
  limits: FieldLimits,
): ApiCodec<Request, Response> {
  return { request: decoder(request, limits), response: encoder(response), limits };
}

export const APIS = {
  Encrypt: api(dkms.EncryptRequest, dkms.EncryptResponse, ENCRYPT),
  Decrypt: api(dkms.DecryptRequest, dkms.DecryptResponse, DECRYPT),
  Sign: api(dkms.SignRequest, dkms.SignResponse, { 1: KEY_REF, 2: NAME, 3: NAME, 4: PAYLOAD, 5: NAME }),
  Verify: api(dkms.VerifyRequest, dkms.VerifyResponse, {
    1: KEY_REF,
    2: NAME,
    3: SIGNATURE,
    4: NAME,
    5: PAYLOAD,
    6: NAME,
  }),
  Hmac: api(dkms.HmacRequest, dkms.HmacResponse, { 1: KEY_REF, 2: PAYLOAD }),
  GenerateRandom: api(dkms.GenerateRandomRequest, dkms.GenerateRandomResponse, { 1: number }),
  GenerateDataKey: api(dkms.GenerateDataKeyRequest, dkms.GenerateDataKeyResponse, {
    1: KEY_REF,
    2: NAME,
    3: number,
    4: AAD,
  }),
  GetPublicKey: api(dkms.GetPublicKeyRequest, dkms.GetPublicKeyResponse, { 1: KEY_REF }),
  GetSecretValue: api(dkms.GetSecretValueRequest, dkms.GetSecretValueResponse, {
    1: upTo(1024),
    2: upTo(256),
    3: upTo(256),
    4: number,
  }),
  AdvanceEncrypt: api(dkms.AdvanceEncryptRequest, dkms.AdvanceEncryptResponse, ENCRYPT),
  AdvanceDecrypt: api(dkms.AdvanceDecryptRequest, dkms.AdvanceDecryptResponse, DECRYPT),
  AdvanceGenerateDataKey: api(dkms.AdvanceGenerateDataKeyRequest, dkms.AdvanceGenerateDataKeyResponse, {
    1: KEY_REF,
    2: number,
    3: AAD,
  }),
  GenerateDataKeyPair: api(dkms.GenerateDataKeyPairRequest, dkms.GenerateDataKeyPairResponse, DATA_KEY_PAIR),
  GenerateDataKeyPairWithoutPlaintext: api(
    dkms.GenerateDataKeyPairWithoutPlaintextRequest,
    dkms.GenerateDataKeyPairWithoutPlaintextResponse,
    DATA_KEY_PAIR,
  ),
  AdvanceGenerateDataKeyPair: api(
    dkms.AdvanceGenerateDataKeyPairRequest,
    dkms.AdvanceGenerateDataKeyPairResponse,
    ADVANCE_DATA_KEY_PAIR,
  ),
  AdvanceGenerateDataKeyPairWithoutPlaintext: api(
    dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest,
    dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse,
    ADVANCE_DATA_KEY_PAIR,
  ),
} as const;

export type ApiName = keyof typeof APIS;
export type RequestOf<Name extends ApiName> = ReturnType<(typeof APIS)[Name]['request']['decode']>;
export type ResponseOf<Name extends ApiName> = Parameters<(typeof APIS)[Name]['response']['encode']>[0];

/** The body of every failed request. */
export const errorEncoder = encoder<dkms.Error.$Properties>(dkms.Error);
