// Who is asking: the checks of a request before its body is looked into, in the order of the specification, cheap ones
// before the signature. Identity comes from the request signature alone; a client certificate only adds to it where the
// operator demands one. Sources: data-plane specification 1.4, 1.5, 2.4.

import { hash, verify } from 'node:crypto';
import type { ClientAccessLookup } from '../core/client-access-lookup.ts';
import type { Clock } from '../core/ports/clock.ts';
import { KmsError } from '../errors.ts';
import type { Call } from './call.ts';
import { findOperation } from './operations/table.ts';
import { parseHttpDate, type RequestHeaders } from './request-headers.ts';

const API_VERSION = 'dkms-gcs-0.2';
const CONTENT_TYPE = 'application/x-protobuf';
const SIGNATURE_METHOD = 'RSA_PKCS1_SHA_256';
const CLOCK_SKEW_MS = 15 * 60 * 1000;
const AUTHORIZATION_SCHEME = /^(?:Bearer|TOKEN) /i;
const MAX_HEADERS = 500;
const MAX_AUTHORIZATION_LENGTH = 1024;
const QUOTABLE = /^[\w.+/;= -]{1,64}$/;

export type ClientCertificates = 'off' | 'optional' | 'required';

export interface AuthenticationOptions {
  readonly lookup: ClientAccessLookup;
  readonly clock: Clock;
  readonly clientCertificates: ClientCertificates;
}

/** Method, path, headers: what can be said without looking anything up. */
export function parseRequest(call: Call): void {
  const { headers } = call;
  const { method, url, rawHeaders } = call.incoming;
  // Node drops what is over its own limit of 1000 without a word.
  if (rawHeaders.length > 2 * MAX_HEADERS) throw new KmsError('RequestHeaderTooLarge');
  if (method !== 'POST' || url !== '/') throw new KmsError('InvalidApiName', 'The ApiName "" is invalid.');
  if (headers.duplicate !== '')
    throw new KmsError('InvalidParam', `The Param ${headers.duplicate} is invalid.`);
  if (mediaType(headers.contentType) !== CONTENT_TYPE) {
    throw new KmsError('InvalidContentType', `Content-Type "${quoted(headers.contentType)}" is unsupported.`);
  }
  if (headers.apiVersion !== API_VERSION) {
    throw new KmsError('InvalidApiVersion', `The ApiVersion "${quoted(headers.apiVersion)}" is invalid.`);
  }
  call.operation = findOperation(headers.apiName);
  if (!call.operation) {
    throw new KmsError('InvalidApiName', `The ApiName "${quoted(headers.apiName)}" is invalid.`);
  }
  requireSignatureHeaders(headers);
}

/** The request is recent. */
export function checkDate(call: Call, { clock }: AuthenticationOptions): void {
  const difference = Math.abs(clock() - parseHttpDate(call.headers.date));
  if (difference > CLOCK_SKEW_MS) throw new KmsError('RequestTimeTooSkewed');
}

/** The body is the one that was signed. The Java SDK retries on exactly this text. */
export function checkBodyHash(call: Call): void {
  if (hash('sha256', call.incoming.body, 'hex') !== call.headers.contentSha256.toLowerCase()) {
    throw new KmsError('InvalidParam', 'The Param Content-SHA256 is invalid.');
  }
}

/** The signature is that of a live Client Key. */
export function verifySignature(call: Call, options: AuthenticationOptions): void {
  const { headers } = call;
  const signature = parseAuthorization(headers.authorization);
  const access = options.lookup.find(headers.accessKeyId);
  const now = options.clock();
  if (!access || now < access.clientKey.notBefore || now >= access.clientKey.notAfter) {
    throw new KmsError(
      'Unauthorized',
      `The AccessKey ID "${quoted(headers.accessKeyId)}" does not exist in our records.`,
    );
  }
  if (!verify('sha256', Buffer.from(headers.stringToSign, 'latin1'), access.publicKey, signature)) {
    throw new KmsError('SignatureNotMatch');
  }
  call.access = access;
  call.authenticated = true;
  const presented = call.incoming.peer.certificateFingerprint;
  if (options.clientCertificates === 'required' && presented !== access.clientKey.fingerprint) {
    throw new KmsError(
      'Forbidden.NoPermission',
      'This operation requires the client certificate of its Client Key.',
    );
  }
}

function requireSignatureHeaders(headers: RequestHeaders): void {
  const { signatureMethod, accessKeyId } = headers;
  if (signatureMethod !== SIGNATURE_METHOD) {
    const detail = signatureMethod === '' ? '' : ` message:"${quoted(signatureMethod)}".`;
    throw new KmsError('InvalidParam', `The Param x-kms-signaturemethod is invalid.${detail}`);
  }
  if (accessKeyId === '') {
    throw new KmsError(
      'MissingParameter',
      'Parameter x-kms-acccesskeyid does not exist in http header or body.',
    );
  }
}

/** Decoding passes over what is not base64; encoding again shows it, and is faster than a pattern. */
function parseAuthorization(text: string): Buffer {
  const scheme = text.length > MAX_AUTHORIZATION_LENGTH ? null : AUTHORIZATION_SCHEME.exec(text);
  const encoded = scheme ? text.slice(scheme[0].length) : '';
  const signature = Buffer.from(encoded, 'base64');
  if (encoded === '' || signature.toString('base64') !== encoded) {
    throw new KmsError('InvalidParam', 'The Param Authorization is invalid.');
  }
  return signature;
}

function mediaType(contentType: string): string {
  const end = contentType.indexOf(';');
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

/** A short, harmless value is repeated to its sender; anything else is not. */
function quoted(value: string): string {
  return QUOTABLE.test(value) ? value : '';
}
