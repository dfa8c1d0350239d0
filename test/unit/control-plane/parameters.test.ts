// Decoding of query and form, and the canonical spelling: properties over arbitrary texts, and what is refused.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readParameters } from '../../../appliance/control-plane/parameters.ts';
import {
  canonicalQuery,
  percentDecode,
  percentEncode,
} from '../../../appliance/control-plane/percent-encoding.ts';
import { escapeText } from '../../support/rpc-client.ts';
import { SLOW } from '../../support/software-keys.ts';

const numRuns = SLOW ? 5000 : 300;
const FORM = 'application/x-www-form-urlencoded';
const NOTHING = Buffer.alloc(0);
// Well-formed Unicode, as any decoded parameter is.
const text = fc.string({ unit: 'binary' });
const record = fc.dictionary(
  text.filter((name) => name !== ''),
  text,
  { maxKeys: 8 },
);

function errorCode(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
}

describe('percent-encoding', () => {
  test('equals an independent byte-by-byte encoding of any text', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(percentEncode(value)).toBe(escapeText(value));
      }),
      { numRuns },
    );
  });

  test('decodes what it encoded, with spaces as + as well as %20', () => {
    fc.assert(
      fc.property(text, (value) => {
        const encoded = percentEncode(value);
        expect(percentDecode(encoded)).toBe(value);
        expect(percentDecode(encoded.replaceAll('%20', '+'))).toBe(value);
      }),
      { numRuns },
    );
  });

  test('the canonical query does not depend on the order of the parameters', () => {
    fc.assert(
      fc.property(record, (values) => {
        const pairs = Object.entries(values);
        expect(canonicalQuery([...pairs].reverse())).toBe(canonicalQuery(pairs));
      }),
      { numRuns },
    );
  });

  test('names are sorted by their bytes', () => {
    expect(
      canonicalQuery([
        ['b', ''],
        ['\u{1f511}', ''],
        ['a', '1'],
        ['\uff21', ''],
        ['B', '2'],
      ]),
    ).toBe('B=2&a=1&b=&%EF%BC%A1=&%F0%9F%94%91=');
  });
});

describe('reading parameters', () => {
  test('query and form together give back any set of parameters, wherever each was', () => {
    fc.assert(
      fc.property(record, fc.func(fc.boolean()), (values, inQuery) => {
        const pairs = Object.entries(values);
        const query = pairs.filter(([name]) => inQuery(name));
        const form = pairs.filter(([name]) => !inQuery(name));
        const read = readParameters(`/?${canonicalQuery(query)}`, FORM, Buffer.from(canonicalQuery(form)));
        expect([...read.all].sort()).toEqual(pairs.sort());
        expect(read.query.size + read.form.size).toBe(pairs.length);
      }),
      { numRuns },
    );
  });

  test('raw characters that clients leave unescaped are read as they are', () => {
    const { all } = readParameters("/?Description=a*b!'()~c/d:e=f", undefined, NOTHING);
    expect(all.get('Description')).toBe("a*b!'()~c/d:e=f");
  });

  test('raw UTF-8 bytes, which the HTTP parser delivers one per character, are read as UTF-8', () => {
    const url = `/?Description=${Buffer.from('中').toString('latin1')}`;
    expect(readParameters(url, undefined, NOTHING).all.get('Description')).toBe('中');
    expect(readParameters('/', FORM, Buffer.from('Description=中')).all.get('Description')).toBe('中');
  });

  test('a name without a value and empty pairs are tolerated', () => {
    expect([...readParameters('/?&a&b=&', undefined, NOTHING).all]).toEqual([
      ['a', ''],
      ['b', ''],
    ]);
  });

  test('names that mean something to the language are ordinary names', () => {
    expect(readParameters('/?__proto__=1&constructor=2', undefined, NOTHING).all.get('__proto__')).toBe('1');
  });

  test.each([
    ['twice in the query', '/?a=1&a=2', ''],
    ['twice in the form', '/', 'a=1&a=1'],
    ['in query and form', '/?a=1', 'a=1'],
    ['under two spellings', '/?a=1&%61=1', ''],
    ['too many', `/?${Array.from({ length: 1001 }, (_, index) => `p${index}=`).join('&')}`, ''],
  ])('a parameter given %s is refused with InvalidParameter', (_how, url, body) => {
    expect(errorCode(() => readParameters(url, FORM, Buffer.from(body)))).toBe('InvalidParameter');
  });

  test.each([
    ['a lone percent sign', '/?a=%', FORM, ''],
    ['a malformed escape', '/', FORM, 'a=%zz'],
    ['bytes that are not UTF-8', '/?a=%ff', FORM, ''],
    ['an overlong form of UTF-8', '/?a=%c0%af', FORM, ''],
    ['a body that is no form', '/', 'application/json', '{}'],
  ])('%s is refused with ParseRequestParameterException', (_what, url, type, body) => {
    expect(errorCode(() => readParameters(url, type, Buffer.from(body)))).toBe(
      'ParseRequestParameterException',
    );
  });
});
