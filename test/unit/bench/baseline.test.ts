// What CI fails on: a CPU ratio that fell below its share of the committed baseline.

import { describe, expect, it } from 'vitest';
import { baselineOf, judge, judgementText, readBaseline } from '../../../bench/baseline.ts';
import { benchResult } from '../../support/bench-result.ts';

const quiet = baselineOf(benchResult([0.4, 0.4, 0.4], { cpuRatios: [0.4, 0.4, 0.4] }));

const passes = (baseline: typeof quiet, cpuRatio: number): boolean[] =>
  judge(baseline, benchResult([0.4], { cpuRatios: [cpuRatio] })).map(({ passed }) => passed);

describe('a baseline', () => {
  it('holds medians and the noise of its rounds', () => {
    const noisy = benchResult([0.3, 0.4, 0.5], { cpuRatios: [0.36, 0.4, 0.44] });
    const [encrypt] = baselineOf(noisy).cases;
    expect(encrypt).toEqual({ scenario: 'encrypt', connections: 64, ratio: 0.4, cpuRatio: 0.4, noise: 0.1 });
  });

  it('lets a CPU ratio fall to three quarters and no further', () => {
    expect(passes(quiet, 0.31)).toEqual([true]);
    expect(passes(quiet, 0.29)).toEqual([false]);
  });

  it('does not judge throughput, which neighbours of the machine take away', () => {
    const [judgement] = judge(quiet, benchResult([0.01], { cpuRatios: [0.4] }));
    expect(judgement?.passed).toBe(true);
  });

  it('leaves twice the noise of its own rounds, but never more than half of the ratio', () => {
    const [encrypt] = quiet.cases;
    const withNoise = (noise: number) => ({ ...quiet, cases: encrypt ? [{ ...encrypt, noise }] : [] });
    expect(passes(withNoise(0.2), 0.25)).toEqual([true]);
    expect(passes(withNoise(0.2), 0.23)).toEqual([false]);
    expect(passes(withNoise(0.9), 0.19)).toEqual([false]);
  });

  it('fails a run in which nothing could be counted', () => {
    expect(passes(quiet, Number.NaN)).toEqual([false]);
  });

  it('fails a run for each of its cases that was not measured', () => {
    const decrypt = {
      ...quiet.cases[0],
      scenario: 'decrypt',
      connections: 64,
      ratio: 0.4,
      cpuRatio: 0.4,
      noise: 0,
    };
    const judgements = judge(
      { ...quiet, cases: [...quiet.cases, decrypt] },
      benchResult([0.4], { cpuRatios: [0.4] }),
    );
    expect(judgements.map(({ scenario, passed }) => [scenario, passed])).toEqual([
      ['encrypt', true],
      ['decrypt', false],
    ]);
    expect(judgementText(judgements)).toContain('FELL decrypt at 64: CPU ratio not measured');
  });

  it('is committed for the scenarios of the short form', () => {
    const { cases } = readBaseline('bench/baseline.json');
    expect(cases.map(({ scenario }) => scenario)).toEqual([
      'encrypt',
      'decrypt',
      'sign-p256',
      'sign-rsa2048',
    ]);
  });
});
