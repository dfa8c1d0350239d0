// What CI holds a change to: the ratios of a committed run. Judged is the CPU ratio, which neighbours on the machine move
// least; a scenario fails when it falls below its share of the baseline. The share leaves room for another machine and for
// the noise that the baseline's own rounds showed.

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Result, ratiosOf } from './result.ts';
import { summary } from './statistics.ts';

/** The least that a fall must amount to before it counts. */
const MARGIN = 0.25;
/** How many times the spread of the baseline's rounds a fall must amount to. */
const SPREADS = 2;
/** No noise excuses losing more than this. */
const MOST = 0.5;

const BASELINE = z.strictObject({
  measuredAt: z.string(),
  machine: z.string(),
  cases: z.array(
    z.strictObject({
      scenario: z.string(),
      connections: z.int(),
      ratio: z.number().positive(),
      cpuRatio: z.number().positive(),
      /** Half the range of the CPU ratios of the rounds, relative to their median. */
      noise: z.number().nonnegative(),
    }),
  ),
});

export type Baseline = z.infer<typeof BASELINE>;

export interface Judgement {
  readonly scenario: string;
  readonly connections: number;
  /** NaN: the run has no such case. */
  readonly cpuRatio: number;
  readonly baseline: number;
  /** The least CPU ratio that passes. */
  readonly least: number;
  readonly passed: boolean;
}

export function baselineOf({ startedAt, machine, cases }: Result): Baseline {
  return {
    measuredAt: startedAt,
    machine: `Node ${machine.node}, ${machine.cores} x ${machine.cpu}`,
    cases: cases.map((each) => {
      const cpu = summary(ratiosOf('cpu', each));
      return {
        scenario: each.scenario,
        connections: each.connections,
        ratio: rounded(summary(ratiosOf('throughput', each)).median),
        cpuRatio: rounded(cpu.median),
        noise: rounded(cpu.spread / cpu.median),
      };
    }),
  };
}

/** @throws Error when the file is no baseline */
export function readBaseline(path: string): Baseline {
  const parsed = BASELINE.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is not a baseline of the bench`);
  return parsed.data;
}

/** Every case of the baseline; one that was not measured has fallen. */
export function judge(baseline: Baseline, result: Result): Judgement[] {
  return baseline.cases.map(({ scenario, connections, cpuRatio: expected, noise }) => {
    const present = result.cases.find(
      (each) => each.scenario === scenario && each.connections === connections,
    );
    const cpuRatio = present ? summary(ratiosOf('cpu', present)).median : Number.NaN;
    const least = expected * (1 - Math.min(MOST, Math.max(MARGIN, SPREADS * noise)));
    return { scenario, connections, cpuRatio, baseline: expected, least, passed: cpuRatio >= least };
  });
}

export function judgementText(judgements: readonly Judgement[]): string {
  const lines = judgements.map(
    ({ scenario, connections, cpuRatio, baseline, least, passed }) =>
      `${passed ? 'ok  ' : 'FELL'} ${scenario} at ${connections}: CPU ratio ${Number.isNaN(cpuRatio) ? 'not measured' : cpuRatio.toFixed(3)}, ` +
      `baseline ${baseline.toFixed(3)}, at least ${least.toFixed(3)}\n`,
  );
  return lines.join('');
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
