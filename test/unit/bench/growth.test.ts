// The drawings of how cost grows, and the judging of contenders by the first.

import { describe, expect, it } from 'vitest';
import { failuresIn, ratiosToFirst } from '../../../bench/in-turn.ts';
import { plotOf } from '../../../bench/plots.ts';
import { memoryRatio } from '../../../bench/soak.ts';
import { benchFigures } from '../../support/bench-result.ts';

const points = [10, 1000, 100_000].map((at, index) => ({
  at,
  rounds: [50, 60, 70].map((cpu) => benchFigures({ cpu: cpu + index })),
}));

describe('a drawing', () => {
  const svg = plotOf({ axis: 'keys', points });
  const places = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => ({
    x: Number(x),
    y: Number(y),
  }));

  it('has a marker for each point, at equal distances for equal factors', () => {
    expect(places).toHaveLength(3);
    const [first, second, third] = places.map(({ x }) => x);
    expect((second ?? 0) - (first ?? 0)).toBeCloseTo((third ?? 0) - (second ?? 0), 0);
  });

  it('puts a higher cost higher', () => {
    const heights = places.map(({ y }) => y);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    expect(new Set(heights).size).toBe(3);
  });

  it('names the axis and writes large numbers apart', () => {
    expect(svg).toContain('a request by keys');
    expect(svg).toContain('100,000');
  });

  it('can be drawn of a single point', () => {
    expect(plotOf({ axis: 'size', points: points.slice(0, 1) })).not.toContain('NaN');
  });
});

describe('contenders', () => {
  const contender = (name: string, throughputs: readonly number[]) => ({
    name,
    rounds: throughputs.map((throughput) => benchFigures({ throughput })),
  });

  it('are judged by the first, round by round', () => {
    const all = [contender('10', [100, 200, 400]), contender('1000', [90, 180, 200])];
    const [, second] = all;
    expect(second && ratiosToFirst(all, second).throughput.median).toBeCloseTo(0.9);
  });

  it('count a round without an answer as a failure', () => {
    expect(failuresIn([{ name: '10', rounds: [benchFigures({ requests: 0, failures: 2 })] }])).toBe(3);
  });
});

describe('a soak', () => {
  it('compares the memory at its end with that after its first stretch', () => {
    const notes = [100, 150, 110].map((rss, index) => ({ requests: index, rss, failures: 0 }));
    expect(memoryRatio(notes)).toBeCloseTo(1.1);
  });
});
