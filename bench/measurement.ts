// One case of the bench (a scenario at a number of connections): signs its requests, then measures bare server and
// instance in turn, so that both see the same moods of the machine.

import { request } from 'node:https';
import type { LoadFigures, LoadJob, LoadReport } from './load-generator.ts';
import type { PinnedProcess } from './pinned-process.ts';
import type { CaseResult, Figures, Round } from './result.ts';
import { type BenchRequest, type PerformOnce, SCENARIOS, type ScenarioName } from './scenarios.ts';
import type { BenchServer, InstanceServer } from './servers.ts';
import { bareHeaders, requestBytes, signedHeaders } from './signed-request.ts';

const POOL = 1024;
/** The first measurement of a server finds its code not yet optimised. */
const FIRST_WARM_UP_MS = 2000;
const WARM_UP_MS = 300;
const MAX_REQUESTS = 5_000_000;

export interface Bench {
  readonly generator: PinnedProcess;
  readonly echo: BenchServer;
  readonly kms: InstanceServer;
}

export interface CaseOptions {
  readonly scenario: ScenarioName;
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: number;
}

export async function measureCase(bench: Bench, options: CaseOptions): Promise<CaseResult> {
  const { echo, kms } = bench;
  const { scenario, connections } = options;
  const pool = await poolOf(kms, scenario);
  const bare = pool.map(({ body }) => requestBytes(bareHeaders(host(echo), body), body));
  const signed = signedBy(kms, pool);

  const rounds: Round[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const job = loadOf(options, round);
    rounds.push({
      echo: await measure(bench.generator, echo, { ...job, requests: bare }),
      kms: await measure(bench.generator, kms, { ...job, requests: signed }),
    });
  }
  return { scenario, connections, rounds };
}

/** What the load of a round is, but for its requests. */
export function loadOf({ connections, seconds }: CaseOptions, round: number) {
  return {
    connections,
    warmUpMs: round === 0 ? FIRST_WARM_UP_MS : WARM_UP_MS,
    windowMs: seconds * 1000,
    maxRequests: MAX_REQUESTS,
  };
}

/** The requests of a scenario as an instance wants them. */
export async function signedRequests(kms: InstanceServer, scenario: ScenarioName): Promise<Buffer[]> {
  return signedBy(kms, await poolOf(kms, scenario));
}

async function poolOf(kms: InstanceServer, scenario: ScenarioName): Promise<BenchRequest[]> {
  const makeRequest = await SCENARIOS[scenario].prepare(kms.keys, performOnce(kms));
  return Array.from({ length: POOL }, (_, number) => makeRequest(number));
}

function signedBy(kms: InstanceServer, pool: readonly BenchRequest[]): Buffer[] {
  return pool.map((each) => requestBytes(signedHeaders(host(kms), kms.credential, each), each.body));
}

export async function measure(
  generator: PinnedProcess,
  server: BenchServer,
  job: Omit<LoadJob, 'target' | 'serverPid'>,
): Promise<Figures> {
  await loopDelay(server);
  const report = await generator.ask<LoadReport>({
    ...job,
    target: server.target,
    serverPid: server.process.pid,
  });
  return { ...succeeded(report), loopDelay: await loopDelay(server) };
}

/** What the probe has seen since it was asked last. */
async function loopDelay({ process }: BenchServer): Promise<number> {
  return (await process.ask<{ loopDelay: number }>('loop-delay')).loopDelay;
}

function succeeded(report: LoadReport): LoadFigures {
  if ('figures' in report) return report.figures;
  throw new Error(`the load generator failed: ${report.error}`);
}

function performOnce(server: InstanceServer): PerformOnce {
  return async (api, body) => {
    const { status, reply } = await post(server, { api, body });
    if (status !== 200) throw new Error(`${api} was refused with status ${status}`);
    return reply;
  };
}

/** By way of node:https, whose parser is not ours. */
function post(server: InstanceServer, wanted: BenchRequest): Promise<{ status: number; reply: Buffer }> {
  const headers = signedHeaders(host(server), server.credential, wanted);
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...server.target, method: 'POST', path: '/', headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, reply: Buffer.concat(chunks) }));
    });
    outgoing.on('error', reject);
    outgoing.end(wanted.body);
  });
}

function host({ target }: BenchServer): string {
  return `${target.host}:${target.port}`;
}
