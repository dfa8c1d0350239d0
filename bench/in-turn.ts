// Several loads measured in turn in one run, so that all see the same moods of the machine; each is judged by the first.

import type { LoadJob } from './load-generator.ts';
import { measure } from './measurement.ts';
import type { PinnedProcess } from './pinned-process.ts';
import type { Figures } from './result.ts';
import type { LoadedServer } from './servers.ts';
import { summary } from './statistics.ts';

export interface Contender {
  readonly name: string;
  readonly server: LoadedServer;
  /** The load of a round. */
  readonly load: (round: number) => Omit<LoadJob, 'target' | 'serverPid'>;
}

export interface ContenderFigures {
  readonly name: string;
  readonly rounds: readonly Figures[];
}

export async function measureInTurn(
  generator: PinnedProcess,
  contenders: readonly Contender[],
  rounds: number,
): Promise<ContenderFigures[]> {
  const measured = contenders.map(({ name }) => ({ name, rounds: [] as Figures[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, { server, load }] of contenders.entries())
      measured[index]?.rounds.push(await measure(generator, server, load(round)));
  }
  return measured;
}

/** Throughput and processor time against the first contender's, round by round. */
export function ratiosToFirst(all: readonly ContenderFigures[], { rounds }: ContenderFigures) {
  const first = all[0]?.rounds ?? [];
  const ratios = (of: (own: Figures, other: Figures) => number): number[] =>
    rounds.flatMap((own, round) => {
      const other = first[round];
      return other === undefined ? [] : [of(own, other)];
    });
  return {
    throughput: summary(ratios((own, other) => own.throughput / other.throughput)),
    cpu: summary(ratios((own, other) => own.cpu / other.cpu)),
  };
}

export function inTurnText(all: readonly ContenderFigures[]): string {
  const lines = all.map((contender) => {
    const { name, rounds } = contender;
    const of = (value: (figures: Figures) => number) => summary(rounds.map(value));
    const throughput = of((round) => round.throughput);
    const cpu = of((round) => round.cpu);
    const ratio = ratiosToFirst(all, contender);
    const columns = [
      name,
      `${throughput.median.toFixed(0)} ±${throughput.spread.toFixed(0)} req/s`,
      `p99 ${of((round) => round.p99 / 1000).median.toFixed(1)} ms`,
      `${cpu.median.toFixed(0)} ±${cpu.spread.toFixed(0)} µs/req`,
      `busy ${of((round) => round.busy).median.toFixed(2)}`,
      `RSS ${of((round) => round.rss / 2 ** 20).median.toFixed(0)} MB`,
      `${ratio.throughput.median.toFixed(3)} ±${ratio.throughput.spread.toFixed(3)} of the first`,
      `CPU ${ratio.cpu.median.toFixed(2)} ±${ratio.cpu.spread.toFixed(2)} times`,
    ];
    return columns
      .map((column) => column.padEnd(18))
      .join('  ')
      .trimEnd();
  });
  return lines.map((line) => `${line}\n`).join('');
}

export function failuresIn(all: readonly ContenderFigures[]): number {
  return all
    .flatMap(({ rounds }) => rounds)
    .reduce((sum, { failures, requests }) => sum + failures + (requests === 0 ? 1 : 0), 0);
}
