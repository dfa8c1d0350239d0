// What is measured beside the reference and the instance in the same round, as further rows of a case: the table says
// when each applies. A row is prepared once a case and measured once a round, after the instance.

import type { Background } from './load-generator.ts';
import { type Bench, type CaseOptions, measure, type Window } from './measurement.ts';
import type { Figures } from './result.ts';
import { scenarioOf } from './scenarios.ts';

export interface BesideContext {
  readonly bench: Bench;
  readonly options: CaseOptions;
  /** The instance's requests. */
  readonly signed: readonly Uint8Array[];
  readonly background: Background | null;
}

/** `kms`: what the instance has just shown. */
export type MeasureBeside = (window: Window, kms: Figures) => Promise<Figures>;

/** Null: does not apply. */
type Beside = (context: BesideContext) => MeasureBeside | null | Promise<MeasureBeside | null>;

const HALF = 0.5;

export const BESIDE = {
  'instance, alone': ({ bench: { generator, kms }, signed, background }) =>
    background === null ? null : (window) => measure(generator, kms, { ...window, requests: signed }),
  'instance, half rate': ({ bench: { generator, kms }, options, signed, background }) => {
    const keepsConnections = scenarioOf(options.scenario).cold === undefined;
    if (!options.halfRate || !keepsConnections || background) return null;
    return (window, { throughput }) =>
      measure(generator, kms, { ...window, requests: signed, rate: throughput * HALF });
  },
  'crypto.sign loop': ({ bench: { signLoop }, options }) => {
    const bits = scenarioOf(options.scenario).bareSignBits;
    if (bits === undefined || signLoop === null) return null;
    return async ({ windowMs }) => signFigures(await signLoop.ask<SignLoop>({ bits, windowMs }));
  },
  OpenBao: async ({ bench: { generator, openBao }, options }) => {
    const requests = await openBao?.requests(options.scenario);
    if (!openBao || !requests) return null;
    return (window) => measure(generator, openBao, { ...window, requests });
  },
} as const satisfies Record<string, Beside>;

/** Prepares the rows that apply to a case. */
export async function prepareBeside(context: BesideContext): Promise<[string, MeasureBeside][]> {
  const rows: [string, MeasureBeside][] = [];
  for (const [name, beside] of Object.entries<Beside>(BESIDE)) {
    const prepared = await beside(context);
    if (prepared !== null) rows.push([name, prepared]);
  }
  return rows;
}

interface SignLoop {
  readonly count: number;
  /** Microseconds, as `cpu`. */
  readonly elapsed: number;
  readonly cpu: number;
}

/** A loop has one signature at a time: no latency but the mean, nobody waiting. */
export function signFigures({ count, elapsed, cpu }: SignLoop): Figures {
  const mean = elapsed / count;
  return {
    requests: count,
    failures: 0,
    throughput: (count * 1e6) / elapsed,
    background: 0,
    p50: mean,
    p99: mean,
    p999: mean,
    max: mean,
    cpu: cpu / count,
    hsmCpu: 0,
    busy: cpu / elapsed,
    generatorCpu: 0,
    rss: 0,
    loopDelay: 0,
  };
}
