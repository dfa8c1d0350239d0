// The bench's latency histogram against sorted values.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from '../../../bench/histogram.ts';

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

describe('a histogram', () => {
  it('tells the quantile of small values exactly', () => {
    const histogram = histogramOf(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(histogram.quantile(0.5)).toBe(50);
    expect(histogram.quantile(0.99)).toBe(99);
    expect(histogram.quantile(1)).toBe(100);
    expect(histogram.total).toBe(100);
    expect(histogram.max).toBe(100);
  });

  it('is never above the true quantile and at most 1/64 below it', () => {
    const values = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (recorded, share) => {
        const sorted = [...recorded].sort((a, b) => a - b);
        const truth = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? 0;
        const told = histogramOf(recorded).quantile(share);
        expect(told).toBeLessThanOrEqual(truth);
        expect(told).toBeGreaterThanOrEqual(truth - truth / 64);
      }),
    );
  });

  it('counts what is out of its range as the nearest value it has', () => {
    const histogram = histogramOf([-5, 2 ** 40]);
    expect(histogram.quantile(0.5)).toBe(0);
    expect(histogram.max).toBe(2 ** 32 - 1);
  });

  it('is empty again after a reset', () => {
    const histogram = histogramOf([7]);
    histogram.reset();
    expect([histogram.total, histogram.max, histogram.quantile(0.5)]).toEqual([0, 0, 0]);
  });
});
