// From bytes to parameters: the query and the form body, decoded alike, each name once.
// Nothing below this file sees an undecoded value. Source: control-plane specification 1.1.

import { KmsError } from '../errors.ts';
import { percentDecode } from './percent-encoding.ts';

/** Far above what any action has; bounds the sorting done before the caller is known. */
const MAX_PARAMETERS = 1000;
const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

export type Parameters = ReadonlyMap<string, string>;

export interface ParameterSources {
  readonly query: Parameters;
  readonly form: Parameters;
  /** Both together. */
  readonly all: Parameters;
}

/**
 * @param url request target as received, one byte per character
 * @throws KmsError ParseRequestParameterException when it cannot be decoded; InvalidParameter for a name given twice
 */
export function readParameters(url: string, contentType: string | undefined, body: Buffer): ParameterSources {
  const mark = url.indexOf('?');
  const query = mark < 0 ? [] : decodePairs(url.slice(mark + 1));
  if (body.length > 0 && contentType !== undefined && !FORM.test(contentType)) {
    throw new KmsError('ParseRequestParameterException', 'The request body is not a form.');
  }
  const form = decodePairs(body.toString('latin1'));
  const pairs = [...query, ...form];
  const all = new Map(pairs);
  if (all.size !== pairs.length)
    throw new KmsError('InvalidParameter', 'A request parameter is given twice.');
  return { query: new Map(query), form: new Map(form), all };
}

function decodePairs(text: string): [string, string][] {
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > MAX_PARAMETERS)
    throw new KmsError('InvalidParameter', 'There are too many request parameters.');
  return pairs.map((pair) => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
  });
}

function decode(text: string): string {
  try {
    return percentDecode(text);
  } catch {
    // The cause would repeat what was sent.
    throw new KmsError('ParseRequestParameterException');
  }
}
