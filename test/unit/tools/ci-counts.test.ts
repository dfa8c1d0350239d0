// What CI reads from the output of a suite, and what its last lines say.

import { expect, test } from 'vitest';
import { closingLines, countsOf } from '../../../tools/ci-counts.mjs';

test.each([
  ['      Tests  3 failed | 20 passed | 4 skipped (27)', { passed: 20, failed: 3, skipped: 4 }],
  ['      Tests  20 passed (20)', { passed: 20, failed: 0, skipped: 0 }],
  ['12 passed, 1 failed', { passed: 12, failed: 1, skipped: 0 }],
  ['12 passed, 1 failed, 2 skipped', { passed: 12, failed: 1, skipped: 2 }],
  ['nothing of the kind', { passed: 0, failed: 0, skipped: 0 }],
])('%j is counted with what was skipped', (line, counts) => {
  expect(countsOf(`first\n${line}\nlast`)).toEqual(counts);
});

test('the closing lines name the suites that skipped, and end with the sums', () => {
  const suites = [
    { name: 'unit', passed: 20, failed: 0, skipped: 4 },
    { name: 'HSM', passed: 5, failed: 1, skipped: 0 },
  ];
  expect(closingLines(suites)).toEqual(['unit: 4 skipped', '25 passed, 1 failed, 4 skipped']);
});

test('without skipped tests the closing line is as it always was', () => {
  expect(closingLines([{ name: 'unit', passed: 20, failed: 0, skipped: 0 }])).toEqual([
    '20 passed, 0 failed',
  ]);
});
