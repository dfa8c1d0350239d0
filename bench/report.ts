// Results as text: a table of medians with their spread, and the verdicts of a comparison.

import type { Change } from './comparison.ts';
import { conditionsText } from './conditions.ts';
import { type CaseResult, type Figures, type Result, type Round, ratiosOf } from './result.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';
import { summary } from './statistics.ts';

type Column = readonly [title: string, cell: (round: readonly Figures[]) => string];

const PLACES: Readonly<Record<Result['edition'], string>> = {
  basic: 'servers pinned to one core, generator to another',
  standard:
    'raw loop and instance pinned to one core, in turn; HSM nodes, their token processes and the generator to another',
};
const REFERENCES: Readonly<Record<Result['edition'], string>> = { basic: 'echo', standard: 'raw PKCS#11' };

const ms = (microseconds: number): string => (microseconds / 1000).toFixed(2);

const COLUMNS: readonly Column[] = [
  ['req/s', (all) => spreadText(all.map(({ throughput }) => throughput))],
  ['beside/s', (all) => (medianOf(all, 'background') > 0 ? medianOf(all, 'background').toFixed(0) : '')],
  ['p50 ms', (all) => ms(medianOf(all, 'p50'))],
  ['p99 ms', (all) => ms(medianOf(all, 'p99'))],
  ['p99/p50', (all) => summary(all.map(({ p50, p99 }) => p99 / p50)).median.toFixed(1)],
  ['p99.9 ms', (all) => ms(medianOf(all, 'p999'))],
  ['CPU µs/req', (all) => spreadText(all.map(({ cpu }) => cpu))],
  ['HSM CPU', (all) => (medianOf(all, 'hsmCpu') > 0 ? spreadText(all.map(({ hsmCpu }) => hsmCpu)) : '')],
  ['busy', (all) => medianOf(all, 'busy').toFixed(2)],
  ['RSS MB', (all) => (medianOf(all, 'rss') / 2 ** 20).toFixed(0)],
  ['loop p99 ms', (all) => medianOf(all, 'loopDelay').toFixed(1)],
];

export function resultText({ edition, machine, conditions, cases }: Result): string {
  const titles = COLUMNS.map(([title]) => title);
  const head = ['scenario', 'conns', 'server', ...titles, 'ratio', 'CPU ratio', 'p99 ratio'];
  const rows = [head, ...cases.flatMap((result) => caseRows(result, edition))];
  const placed = machine.pinned ? PLACES[edition] : 'not pinned: taskset or a second core is missing';
  return `${aligned(rows)}\nNode ${machine.node}, ${machine.cores} x ${machine.cpu}; ${placed}\n${conditions ? conditionsText(conditions) : ''}`;
}

export function comparisonText(changes: readonly Change[]): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const head = ['scenario', 'conns', 'ratio', 'before', 'after', 'change', 'noise', 'verdict'];
  const rows = changes.map((each) => [
    each.scenario,
    String(each.connections),
    each.ratio,
    each.before.toFixed(3),
    each.after.toFixed(3),
    percent(each.change),
    percent(each.noise),
    each.verdict,
  ]);
  return aligned([head, ...rows]);
}

/** The ratios of the instance's row are to the reference, those of the rows below to that row: what it reaches of it. */
function caseRows(result: CaseResult, edition: Result['edition']): string[][] {
  const { scenario, connections, rounds } = result;
  const figures = (of: (round: Round) => Figures): string[] =>
    COLUMNS.map(([, cell]) => cell(rounds.map(of)));
  const title = scenario in SCENARIOS ? SCENARIOS[scenario as ScenarioName].title : scenario;
  const kms = [spreadText(ratiosOf('throughput', result), 3), spreadText(ratiosOf('cpu', result), 3)];
  return [
    [title, String(connections), REFERENCES[edition], ...figures(({ echo }) => echo)],
    ['', '', 'instance', ...figures((round) => round.kms), ...kms, p99Ratio(rounds, ({ echo }) => echo)],
    ...Object.keys(rounds[0]?.beside ?? {}).map((name) => besideRow(name, rounds)),
  ];
}

function besideRow(name: string, rounds: readonly Round[]): string[] {
  const present = rounds.filter(({ beside }) => beside[name] !== undefined);
  const of = ({ kms, beside }: Round): Figures => beside[name] ?? kms;
  return [
    '',
    '',
    name,
    ...COLUMNS.map(([, cell]) => cell(present.map(of))),
    spreadText(
      present.map((round) => round.kms.throughput / of(round).throughput),
      3,
    ),
    spreadText(
      present.map((round) => of(round).cpu / round.kms.cpu),
      3,
    ),
    p99Ratio(present, of),
  ];
}

function p99Ratio(rounds: readonly Round[], of: (round: Round) => Figures): string {
  return summary(rounds.map((round) => round.kms.p99 / of(round).p99)).median.toFixed(2);
}

function spreadText(values: readonly number[], digits = 0): string {
  const { median, spread } = summary(values);
  return `${median.toFixed(digits)} ±${spread.toFixed(digits)}`;
}

function medianOf(all: readonly Figures[], name: keyof Figures): number {
  return summary(all.map((each) => each[name])).median;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}
