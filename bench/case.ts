// One case of the bench (a scenario at a number of connections): signs its requests, then measures the reference, the
// instance and what is measured beside them in turn, so that all see the same moods of the machine.

import { prepareBeside } from './beside.ts';
import type { Background } from './load-generator.ts';
import {
  type Bench,
  type CaseOptions,
  measure,
  poolOf,
  requestsOf,
  signedBytes,
  windowOf,
} from './measurement.ts';
import type { CaseResult, Figures, Round } from './result.ts';
import { type ScenarioName, scenarioOf } from './scenarios.ts';
import type { InstanceServer } from './servers.ts';

export async function measureCase(bench: Bench, options: CaseOptions): Promise<CaseResult> {
  const { generator, kms } = bench;
  const { scenario, connections } = options;
  const pool = await requestsOf(scenario, kms);
  const measureReference = bench.reference(scenario, pool);
  const signed = pool.map((each) => signedBytes(kms, each));
  const background = await backgroundOf(scenario, kms);
  const instance = { requests: signed, hsmPids: kms.hsmPids, ...(background && { background }) };
  const rows = await prepareBeside({ bench, options, signed, background });

  const rounds: Round[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const window = windowOf(options, round);
    const measured = {
      echo: await measureReference(window),
      kms: await measure(generator, kms, { ...window, ...instance }),
    };
    const beside: Record<string, Figures> = {};
    for (const [name, row] of rows) beside[name] = await row(window, measured.kms);
    rounds.push({ ...measured, beside });
  }
  return { scenario, connections, rounds };
}

async function backgroundOf(scenario: ScenarioName, kms: InstanceServer): Promise<Background | null> {
  const { background } = scenarioOf(scenario);
  if (background === undefined) return null;
  const pool = await poolOf(background.prepare, kms);
  return { connections: background.connections, requests: pool.map((each) => signedBytes(kms, each)) };
}
