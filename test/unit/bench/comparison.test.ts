// How the bench judges two results, and the statistics below it.

import { describe, expect, it } from 'vitest';
import { compareResults } from '../../../bench/comparison.ts';
import type { Result } from '../../../bench/result.ts';
import { summary } from '../../../bench/statistics.ts';
import { benchResult as result } from '../../support/bench-result.ts';

function verdicts(before: Result, after: Result): Record<string, string> {
  return Object.fromEntries(compareResults(before, after).map(({ ratio, verdict }) => [ratio, verdict]));
}

describe('a comparison', () => {
  it('calls a fall beyond the noise worse and a rise better', () => {
    expect(verdicts(result([0.5, 0.51, 0.5]), result([0.42, 0.43, 0.42]))).toMatchObject({
      throughput: 'worse',
    });
    expect(verdicts(result([0.42, 0.43, 0.42]), result([0.5, 0.51, 0.5]))).toMatchObject({
      throughput: 'better',
    });
  });

  it('calls the same fall noise when the rounds differ as much among themselves', () => {
    expect(verdicts(result([0.4, 0.6, 0.5]), result([0.33, 0.5, 0.42]))).toMatchObject({
      throughput: 'same',
    });
  });

  it('does not trust a difference of three per cent even between quiet rounds', () => {
    expect(verdicts(result([0.5, 0.5, 0.5]), result([0.486, 0.486, 0.486]))).toEqual({
      throughput: 'same',
      cpu: 'same',
    });
  });

  it('judges processor time apart from throughput, a dearer request being worse', () => {
    const dearer = result([0.5, 0.5, 0.5], { cpuRatios: [0.4] });
    expect(verdicts(result([0.5, 0.5, 0.5]), dearer)).toEqual({ throughput: 'same', cpu: 'worse' });
  });

  it('tells the relative change of the medians', () => {
    const [throughput] = compareResults(result([0.4, 0.5, 0.9]), result([0.6, 0.6, 0.6]));
    expect(throughput?.before).toBeCloseTo(0.5);
    expect(throughput?.change).toBeCloseTo(0.2);
  });

  it('leaves out cases that only one of the results holds', () => {
    expect(compareResults(result([0.5]), result([0.5], { scenario: 'decrypt' }))).toEqual([]);
  });
});

describe('a summary', () => {
  it('has the middle value as its median, or the mean of the two in the middle', () => {
    expect(summary([9, 1, 5]).median).toBe(5);
    expect(summary([9, 1, 5, 7]).median).toBe(6);
  });

  it('has half the range as its spread, and no error from a single value', () => {
    expect(summary([9, 1, 5]).spread).toBe(4);
    expect(summary([3])).toEqual({ median: 3, spread: 0, error: 0 });
  });
});
