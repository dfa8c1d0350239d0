import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { globMatches } from '../../../../appliance/core/ram/glob.ts';

/** What a pattern means, by its definition: no cleverness, exponential time. */
function reference(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (pattern[0] === '*') return reference(rest, text) || (text !== '' && reference(pattern, text.slice(1)));
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && reference(rest, text.slice(1));
}

describe('a pattern', () => {
  test('matches what its definition says', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, text, (p, t) => globMatches(p, t) === reference(p, t)),
      { numRuns: 5000 },
    );
  });

  test.each([
    ['key/*', 'key/key-1', true],
    ['key/*', 'key', false],
    ['', '', true],
    ['*', '', true],
    ['?', '', false],
    ['a.c', 'abc', false],
    ['(a+)+$', '(a+)+$', true],
  ])('%j against %j', (pattern, text, matches) => {
    expect(globMatches(pattern, text)).toBe(matches);
  });

  test('made to be slow is decided all the same', () => {
    expect(globMatches('*a'.repeat(1000), `${'a'.repeat(5000)}b`)).toBe(false);
  });
});
