// What a run of the bench leaves behind: the figures of every round, from which table and comparison are made.

import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const FIGURES = z.object({
  requests: z.number(),
  failures: z.number(),
  /** Requests a second. */
  throughput: z.number(),
  /** Answers a second to the load beside the measured one. */
  background: z.number().default(0),
  /** Latencies in microseconds. */
  p50: z.number(),
  p99: z.number(),
  p999: z.number(),
  max: z.number(),
  /** Processor time of the server, all its threads, in microseconds a request. */
  cpu: z.number(),
  /** Processor time of the HSM nodes, all their processes, in microseconds a request; 0 without any. */
  hsmCpu: z.number().default(0),
  /** Cores that the server kept busy; a server on one core is saturated at 1. */
  busy: z.number(),
  /** Processor time of the load generator in microseconds a request. */
  generatorCpu: z.number(),
  /** Resident memory of the server at the end of the round, bytes. */
  rss: z.number(),
  /** The 99th percentile of the server's event-loop delay, milliseconds. */
  loopDelay: z.number(),
});

export const MACHINE = z.object({
  node: z.string(),
  cpu: z.string(),
  cores: z.number(),
  pinned: z.boolean(),
});

/** How it was measured: what results must share to be compared. Results of earlier builds do not say it. */
export const CONDITIONS = z.object({
  seconds: z.number(),
  settings: z.record(z.string(), z.string()),
  /** File system of the data directory. */
  fileSystem: z.string(),
});

const RESULT = z.object({
  version: z.literal(1),
  /** The basic edition is measured against the bare server, the standard edition against raw PKCS#11: both as `echo`. */
  edition: z.enum(['basic', 'standard']).default('basic'),
  startedAt: z.string(),
  machine: MACHINE,
  conditions: CONDITIONS.nullable().default(null),
  cases: z.array(
    z.object({
      scenario: z.string(),
      connections: z.number(),
      /** `beside`: what else was measured in the round, by the name of its row. */
      rounds: z.array(
        z.object({ echo: FIGURES, kms: FIGURES, beside: z.record(z.string(), FIGURES).default({}) }),
      ),
    }),
  ),
});

export type Conditions = z.infer<typeof CONDITIONS>;
export type Figures = z.infer<typeof FIGURES>;
export type Result = z.infer<typeof RESULT>;
export type CaseResult = Result['cases'][number];
export type Round = CaseResult['rounds'][number];

/** @throws Error when the file is not a result of this version */
export function readResult(path: string): Result {
  const parsed = RESULT.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is not a result of the bench`);
  return parsed.data;
}

/** The ratios of a round: how much of the reference's speed is left, by throughput and by processor time. */
export const RATIOS = {
  throughput: ({ echo, kms }: Round) => kms.throughput / echo.throughput,
  cpu: ({ echo, kms }: Round) => echo.cpu / (kms.cpu + kms.hsmCpu),
} as const satisfies Record<string, (round: Round) => number>;

export type RatioName = keyof typeof RATIOS;

export function ratiosOf(name: RatioName, { rounds }: CaseResult): number[] {
  return rounds.map(RATIOS[name]).filter(Number.isFinite);
}
