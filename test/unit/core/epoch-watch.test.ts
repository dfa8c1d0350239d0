// What a process remembers goes once for each time that the epoch moved, whoever looks.

import { expect, test, vi } from 'vitest';
import { createEpochWatch } from '../../../appliance/core/epoch-watch.ts';

test('everything forgets once when the epoch moved, and nothing while it stays', () => {
  let epoch = 7;
  const watch = createEpochWatch({ refresh: () => epoch });
  const [keys, rules] = [vi.fn(), vi.fn()];
  watch.onMoved(keys);
  watch.onMoved(rules);
  watch.look();
  expect(keys).not.toHaveBeenCalled();
  epoch = 9;
  watch.look();
  watch.look();
  expect([keys, rules].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

test('a store that cannot be read is the error of who looks, and the move is not lost', () => {
  let refresh = (): number => 1;
  const watch = createEpochWatch({ refresh: () => refresh() });
  const forget = vi.fn();
  watch.onMoved(forget);
  refresh = () => {
    throw new Error('unreadable');
  };
  expect(() => watch.look()).toThrow('unreadable');
  refresh = () => 2;
  watch.look();
  expect(forget).toHaveBeenCalledTimes(1);
});
