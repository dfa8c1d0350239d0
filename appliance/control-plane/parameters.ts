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

/** `ResourceId.1` or `Tag.2.Key`: an element of a list, or a member of one. */
const LIST_ELEMENT = /^([A-Za-z]\w{0,63})\.([1-9]\d{0,8})(?:\.([A-Za-z]\w{0,63}))?$/;

type Member = { [name: string]: string };

/**
 * The parameters by name, with the elements of each list gathered in the order of their numbers, gaps closed:
 * `ResourceId.1=a&ResourceId.3=b` is `ResourceId: ['a', 'b']`, `Tag.1.Key=k` is `Tag: [{ Key: 'k' }]`.
 * @throws KmsError InvalidParameter for a name that is both a list and something else
 */
export function structured(parameters: Parameters): Readonly<Record<string, unknown>> {
  const values = new Map<string, unknown>();
  const lists = new Map<string, Map<number, string | Member>>();
  for (const [name, value] of parameters) {
    const [, list, number, member] = LIST_ELEMENT.exec(name) ?? [];
    if (list === undefined) values.set(name, value);
    else {
      const elements = lists.get(list) ?? new Map<number, string | Member>();
      lists.set(list, elements.set(Number(number), element(elements.get(Number(number)), member, value)));
    }
  }
  for (const [list, elements] of lists) {
    if (values.has(list)) throw mixed();
    const ordered = [...elements].sort(([left], [right]) => left - right);
    values.set(
      list,
      ordered.map(([, value]) => value),
    );
  }
  return Object.fromEntries(values);
}

function element(
  present: string | Member | undefined,
  member: string | undefined,
  value: string,
): string | Member {
  if (present !== undefined && (typeof present === 'string' || member === undefined)) throw mixed();
  return member === undefined ? value : { ...present, [member]: value };
}

function mixed(): KmsError {
  return new KmsError('InvalidParameter', 'A list in the request parameters is not well formed.');
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
