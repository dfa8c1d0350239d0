// Results of the bench made up for tests: rounds with given ratios of throughput and processor time.

import type { Figures, Result } from '../../bench/result.ts';

const ECHO = { throughput: 10_000, cpu: 30 };

export function benchFigures(figures: Partial<Figures> = {}): Figures {
  return {
    requests: 1000,
    failures: 0,
    throughput: ECHO.throughput,
    background: 0,
    p50: 1,
    p99: 2,
    p999: 3,
    max: 4,
    cpu: ECHO.cpu,
    hsmCpu: 0,
    busy: 1,
    generatorCpu: 10,
    rss: 1,
    loopDelay: 0,
    ...figures,
  };
}

/** A round for each throughput ratio; processor time stays the same unless told. */
export function benchResult(
  ratios: readonly number[],
  { scenario = 'encrypt', cpuRatios = [0.5] }: { scenario?: string; cpuRatios?: readonly number[] } = {},
): Result {
  const rounds = ratios.map((ratio, round) => ({
    echo: benchFigures(),
    kms: benchFigures({
      throughput: ECHO.throughput * ratio,
      cpu: ECHO.cpu / (cpuRatios[round % cpuRatios.length] ?? 0.5),
    }),
    beside: {},
  }));
  return {
    version: 1,
    edition: 'basic',
    startedAt: '2026-01-01T00:00:00Z',
    machine: { node: 'v20.0.0', cpu: '', cores: 2, pinned: true },
    conditions: { seconds: 3, settings: {}, fileSystem: 'ext4' },
    cases: [{ scenario, connections: 64, rounds }],
  };
}
