// Rules shared by the fields of several kinds of record: names, descriptions, lists without repetition.
// An error names the field and never repeats its value. Source: control-plane specification 2 and 2.6.

import { KmsError } from '../errors.ts';

const NAME = /^[A-Za-z0-9_.-]{1,64}$/;
const MAX_DESCRIPTION = 8192;

export function invalidParameter(field: string): KmsError {
  return new KmsError('InvalidParameter', `The specified parameter ${field} is not valid.`);
}

/** A name of a network rule, policy or application access point. Only such a text is ever looked up in the store. */
export function isResourceName(text: string): boolean {
  return NAME.test(text);
}

/** @throws KmsError InvalidParameter */
export function requireResourceName(field: string, text: string): void {
  if (!isResourceName(text)) throw invalidParameter(field);
}

/** @throws KmsError InvalidParameter over 8192 characters */
export function requireDescription(text: string, field = 'Description'): void {
  if (text.length > MAX_DESCRIPTION) throw invalidParameter(field);
}

/** @throws KmsError InvalidParameter when the list has fewer or more entries, or one twice */
export function requireDistinct(field: string, list: readonly string[], least: number, most: number): void {
  if (list.length < least || list.length > most || new Set(list).size !== list.length)
    throw invalidParameter(field);
}

/** @throws KmsError Rejected.LimitExceeded when the collection is full */
export function requireRoom(collection: { count(): number }, limit: number): void {
  if (collection.count() >= limit) throw new KmsError('Rejected.LimitExceeded');
}
