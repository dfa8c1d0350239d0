// Who is calling: a signature scheme, a live AccessKey, a signature that verifies, a fresh time, an unused nonce, in
// that order. A nonce is spent only by a request whose signature verified; an address that fails too often is
// refused before anything is computed. Source: control-plane specification 1.5, 1.6.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { AccessKey } from '../core/access.ts';
import type { NonceVerdict, RequestJournal } from '../core/ports/request-journal.ts';
import type { Collection } from '../core/ports/store.ts';
import { type ErrorCode, KmsError } from '../errors.ts';
import type { FailedAuthentications } from './failed-authentications.ts';
import { SIGNATURE_V1 } from './signature-v1.ts';
import { SIGNATURE_V3 } from './signature-v3.ts';
import type { SignatureClaim, SignatureScheme, SignedRequest } from './signed-request.ts';

export const TIMESTAMP_WINDOW_MS = 15 * 60 * 1000;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const MAX_NONCE = 256;
const NONCE_CODES: Readonly<Record<Exclude<NonceVerdict, 'fresh'>, ErrorCode>> = {
  used: 'SignatureNonceUsed',
  full: 'Throttling',
};
/** Clients read what follows this text and compare it with what they signed. */
const MISMATCH = 'Specified signature is not matched with our calculation. server string to sign is:';

export interface Caller {
  readonly accessKeyId: string;
  /** Name of the RAM user; null: the owner of the instance. */
  readonly user: string | null;
}

export interface AuthenticationContext {
  readonly accessKeys: Collection<AccessKey>;
  readonly requests: RequestJournal;
  readonly failures: FailedAuthentications;
  /** Plain address of the peer. */
  readonly clientAddress: string;
  readonly now: number;
}

/** The scheme a request is signed with; undefined when it is not signed at all. */
export function schemeOf({ headers, parameters }: SignedRequest): SignatureScheme | undefined {
  // Any ACS version: those not offered are refused there, with the name of the one that is.
  if (/^ACS\d/.test(headers.authorization ?? '')) return SIGNATURE_V3;
  return parameters.all.has('Signature') ? SIGNATURE_V1 : undefined;
}

/** @throws KmsError with the codes of specification 1.6 and 1.8; Throttling */
export function authenticate(claim: SignatureClaim, context: AuthenticationContext): Caller {
  const { requests, failures, clientAddress, now } = context;
  failures.requireRoom(clientAddress, now);
  const accessKey = verify(claim, context);
  requireFresh(claim.timestamp, now);
  if (claim.nonce.length > MAX_NONCE)
    throw new KmsError('InvalidParameter', 'The signature nonce is too long.');
  const verdict = requests.useNonce(accessKey, claim.nonce, now);
  if (verdict !== 'fresh') throw new KmsError(NONCE_CODES[verdict]);
  requests.noteUse(accessKey.id, now);
  return { accessKeyId: accessKey.id, user: accessKey.user };
}

function verify(
  claim: SignatureClaim,
  { accessKeys, failures, clientAddress, now }: AuthenticationContext,
): AccessKey {
  try {
    const accessKey = /^[\x21-\x7e]{1,128}$/.test(claim.accessKeyId)
      ? accessKeys.get(claim.accessKeyId)
      : undefined;
    if (!accessKey) throw new KmsError('InvalidAccessKeyId.NotFound');
    if (accessKey.status !== 'Active') throw new KmsError('InvalidAccessKeyId.Inactive');
    if (!sameText(claim.sign(accessKey.secret), claim.signature)) {
      throw new KmsError('SignatureDoesNotMatch', MISMATCH + claim.signedText);
    }
    return accessKey;
  } catch (error) {
    failures.note(clientAddress, now);
    throw error;
  }
}

function requireFresh(timestamp: string, now: number): void {
  const time = TIMESTAMP.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(time)) throw new KmsError('InvalidTimeStamp.Format');
  if (Math.abs(now - time) > TIMESTAMP_WINDOW_MS) throw new KmsError('InvalidTimeStamp.Expired');
}

/** In constant time whatever the lengths. */
function sameText(expected: string, presented: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(expected), digest(presented));
}
