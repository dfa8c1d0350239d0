// Judges two results of the bench by their ratios to the bare server of the same run: absolute figures move with the
// machine, ratios much less. A change counts only beyond the noise that the rounds themselves show.

import { type CaseResult, RATIOS, type RatioName, type Result, ratiosOf } from './result.ts';
import { type Summary, summary } from './statistics.ts';

/** How many standard errors of the difference a change must exceed. */
const ERRORS = 3;
/** Two runs differ by this much for reasons that no round shows (memory layout, neighbours). */
const FLOOR = 0.03;

export type Verdict = 'better' | 'worse' | 'same';

export interface Change {
  readonly scenario: string;
  readonly connections: number;
  readonly ratio: RatioName;
  readonly before: number;
  readonly after: number;
  /** Relative change of the ratio; 0.1 is ten per cent up. */
  readonly change: number;
  /** Relative change that would still be noise. */
  readonly noise: number;
  readonly verdict: Verdict;
}

/** The changes of the cases that both results hold. */
export function compareResults(before: Result, after: Result): Change[] {
  return before.cases.flatMap((old) => {
    const present = after.cases.find(
      ({ scenario, connections }) => scenario === old.scenario && connections === old.connections,
    );
    return present ? names().map((ratio) => compareCase(ratio, old, present)) : [];
  });
}

function compareCase(ratio: RatioName, old: CaseResult, present: CaseResult): Change {
  const before = summary(ratiosOf(ratio, old));
  const after = summary(ratiosOf(ratio, present));
  const change = before.median === 0 ? 0 : after.median / before.median - 1;
  const noise = Math.max(FLOOR, ERRORS * Math.hypot(relativeError(before), relativeError(after)));
  const { scenario, connections } = old;
  const medians = { before: before.median, after: after.median };
  return { scenario, connections, ratio, ...medians, change, noise, verdict: judge(change, noise) };
}

function judge(change: number, noise: number): Verdict {
  if (Math.abs(change) <= noise) return 'same';
  return change > 0 ? 'better' : 'worse';
}

function relativeError({ median, error }: Summary): number {
  return median === 0 ? 0 : error / median;
}

function names(): RatioName[] {
  return Object.keys(RATIOS) as RatioName[];
}
