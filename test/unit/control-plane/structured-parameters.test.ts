// Lists in numbered parameters: gathered by number, gaps closed, and nothing taken for a list that is none.

import { describe, expect, test } from 'vitest';
import { structured } from '../../../appliance/control-plane/parameters.ts';

const of = (pairs: Readonly<Record<string, string>>) => structured(new Map(Object.entries(pairs)));

describe('numbered parameters', () => {
  test('are lists in the order of their numbers, whatever the order and the gaps', () => {
    expect(of({ 'Id.10': 'c', 'Id.2': 'b', 'Id.1': 'a', Name: 'n' })).toEqual({
      Id: ['a', 'b', 'c'],
      Name: 'n',
    });
  });

  test('are lists of objects when they have members', () => {
    expect(of({ 'Tag.1.Key': 'k', 'Tag.3.Key': 'l', 'Tag.1.Value': 'v' })).toEqual({
      Tag: [{ Key: 'k', Value: 'v' }, { Key: 'l' }],
    });
  });

  test.each(['Id.0', 'Id.01', 'Id.-1', 'Id.1.', 'Id.1.a.b', '.1', 'Id.9999999999', 'Config.Data', '1.1'])(
    'are not: %s',
    (name) => {
      expect(of({ [name]: 'v' })).toEqual({ [name]: 'v' });
    },
  );

  test.each([
    [{ Id: 'a', 'Id.1': 'b' }],
    [{ 'Id.1': 'a', 'Id.1.Key': 'b' }],
    [{ 'Id.1.Key': 'b', 'Id.1': 'a' }],
  ])('that are a list and something else are refused: %o', (pairs) => {
    expect(() => of(pairs)).toThrow(expect.objectContaining({ code: 'InvalidParameter' }));
  });

  test('do not reach the prototype of anything', () => {
    const values = of({ '__proto__.1.x': 'a', 'Tag.1.__proto__': 'b', 'constructor.1': 'c' });
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
    expect(({} as { x?: string }).x).toBeUndefined();
    expect(values['constructor']).toEqual(['c']);
  });
});
