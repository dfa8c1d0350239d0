// Reads a request's raw headers once: the values the pipeline needs and the string to sign.
// x-kms-* headers count only when their name is lower case on the wire, because only those are signed; the value of a
// header that occurs twice is never chosen. Source: data-plane specification 1.2 and 1.3.

import { KmsError } from '../errors.ts';

export interface RequestHeaders {
  readonly contentType: string;
  readonly contentSha256: string;
  readonly date: string;
  readonly authorization: string;
  readonly userAgent: string;
  readonly apiName: string;
  readonly apiVersion: string;
  readonly signatureMethod: string;
  readonly accessKeyId: string;
  /** Key version chosen by a transfer SDK; '' when absent. */
  readonly migrationKeyVersionId: string;
  /** Bytes as latin1 characters. */
  readonly stringToSign: string;
  /** Name of a header of ours that occurred twice; '' when none. */
  readonly duplicate: string;
}

const KMS_PREFIX = 'x-kms-';
const PLAIN_HEADERS: ReadonlySet<string> = new Set([
  'content-type',
  'content-sha256',
  'date',
  'authorization',
  'user-agent',
]);

export function readRequestHeaders(method: string, rawHeaders: readonly string[]): RequestHeaders {
  const values = new Map<string, string>();
  const signed: string[] = [];
  let duplicate = '';
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const wireName = rawHeaders[index] ?? '';
    const isSigned = wireName.startsWith(KMS_PREFIX);
    const name = isSigned ? wireName : wireName.toLowerCase();
    if (!isSigned && !PLAIN_HEADERS.has(name)) continue;
    if (values.has(name)) duplicate = name;
    values.set(name, rawHeaders[index + 1] ?? '');
    if (isSigned) signed.push(name);
  }
  const value = (name: string): string => values.get(name) ?? '';

  // The HTTP parser has already trimmed the values; String.trim would eat UTF-8 bytes that look like a latin1 space.
  let stringToSign = `${method}\n${value('content-sha256')}\n${value('content-type')}\n${value('date')}\n`;
  for (const name of signed.sort()) stringToSign += `${name}:${value(name)}\n`;

  return {
    contentType: value('content-type'),
    contentSha256: value('content-sha256'),
    date: value('date'),
    authorization: value('authorization'),
    userAgent: value('user-agent'),
    apiName: value('x-kms-apiname'),
    apiVersion: value('x-kms-apiversion'),
    signatureMethod: value('x-kms-signaturemethod'),
    accessKeyId: value('x-kms-acccesskeyid'),
    migrationKeyVersionId: value('x-kms-migrationkeyversionid'),
    stringToSign: `${stringToSign}/`,
    duplicate,
  };
}

const DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2}) (?:GMT|UTC|\+0000)$/;

/** An RFC 1123 date as milliseconds since the epoch. @throws KmsError InvalidParam */
export function parseHttpDate(text: string): number {
  const moment = DATE.exec(text)?.[1] ?? '';
  const time = Date.parse(`${moment} GMT`);
  // The parser carries a 31st of February over into March.
  if (Number.isNaN(time) || !new Date(time).toUTCString().includes(moment)) {
    throw new KmsError('InvalidParam', 'The Param Date is invalid.');
  }
  return time;
}
