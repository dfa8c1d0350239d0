// One measurement of one server: the requests of a scenario, signed, the window that they are sent in, and what the load
// generator counted. The reference that an instance is measured against is the bare server, or raw PKCS#11.

import { request } from 'node:https';
import type { LoadFigures, LoadJob, LoadReport } from './load-generator.ts';
import type { OpenBaoServer } from './openbao.ts';
import type { PinnedProcess } from './pinned-process.ts';
import { isRawName } from './raw-operations.ts';
import type { RawJob } from './raw-token.ts';
import type { Figures } from './result.ts';
import {
  type BenchRequest,
  type PerformOnce,
  type Prepare,
  type ScenarioName,
  scenarioOf,
} from './scenarios.ts';
import type { BenchServer, InstanceServer, LoadedServer } from './servers.ts';
import { bareHeaders, requestBytes, signedHeaders } from './signed-request.ts';

const POOL = 1024;
/** The first measurement of a server finds its code not yet optimised. */
const FIRST_WARM_UP_MS = 2000;
const WARM_UP_MS = 300;
const MAX_REQUESTS = 5_000_000;

export interface Bench {
  readonly generator: PinnedProcess;
  readonly kms: InstanceServer;
  readonly reference: Reference;
  /** Null where nothing is compared with it. */
  readonly signLoop: PinnedProcess | null;
  readonly openBao: OpenBaoServer | null;
}

export type Window = Pick<LoadJob, 'connections' | 'warmUpMs' | 'windowMs' | 'maxRequests' | 'cold'>;

/** Prepares the reference for a scenario and its requests; the answer measures it once. */
export type Reference = (
  scenario: ScenarioName,
  pool: readonly BenchRequest[],
) => (window: Window) => Promise<Figures>;

/** The bare server, which gets the bodies of the same requests. */
export function bareReference(generator: PinnedProcess, echo: BenchServer): Reference {
  return (_scenario, pool) => {
    const requests = bareBytes(echo, pool);
    return (window) => measure(generator, echo, { ...window, requests });
  };
}

export function bareBytes(echo: BenchServer, pool: readonly BenchRequest[]): Buffer[] {
  return pool.map(({ body }) => requestBytes(bareHeaders(host(echo), body), body));
}

/** The token of the standard edition, without anything in front of it. */
export function rawReference(raw: PinnedProcess): Reference {
  return (scenario) => {
    if (!isRawName(scenario)) throw new Error(`there is no raw operation for ${scenario}`);
    return ({ warmUpMs, windowMs }) =>
      raw.ask<Figures>({ operation: scenario, warmUpMs, windowMs } satisfies RawJob);
  };
}

export interface CaseOptions {
  readonly scenario: ScenarioName;
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: number;
  /** Whether the instance is also measured with half the requests a second that it could answer. */
  readonly halfRate: boolean;
}

/** The window of a round; the first round warms up longer. */
export function windowOf(
  { scenario, connections, seconds }: Pick<CaseOptions, 'scenario' | 'connections' | 'seconds'>,
  round: number,
): Window {
  const { cold } = scenarioOf(scenario);
  return {
    ...(cold && { cold }),
    connections,
    warmUpMs: round === 0 ? FIRST_WARM_UP_MS : WARM_UP_MS,
    windowMs: seconds * 1000,
    maxRequests: MAX_REQUESTS,
  };
}

export function requestsOf(scenario: ScenarioName, kms: InstanceServer): Promise<BenchRequest[]> {
  return poolOf(scenarioOf(scenario).prepare, kms);
}

/** The pool of different requests that `prepare` makes. */
export async function poolOf(prepare: Prepare, kms: InstanceServer): Promise<BenchRequest[]> {
  const makeRequest = await prepare(kms.keys, performOnce(kms));
  return Array.from({ length: POOL }, (_, number) => makeRequest(number));
}

/** Ready to be sent within the next minutes. */
export function signedBytes(kms: InstanceServer, request: BenchRequest): Buffer {
  return requestBytes(signedHeaders(host(kms), kms.credential, request), request.body);
}

export async function measure(
  generator: PinnedProcess,
  server: LoadedServer,
  job: Omit<LoadJob, 'target' | 'serverPid'>,
): Promise<Figures> {
  await server.loopDelay();
  const report = await generator.ask<LoadReport>({
    ...job,
    target: server.target,
    serverPid: server.pid,
  });
  const figures = { ...succeeded(report), loopDelay: await server.loopDelay() };
  if ('firstFailure' in report && report.firstFailure !== null)
    process.stderr.write(`${figures.failures} requests failed, the first one: ${report.firstFailure}\n`);
  return figures;
}

export function succeeded(report: LoadReport): LoadFigures {
  if ('error' in report) throw new Error(`the load generator failed: ${report.error}`);
  const { figures, firstFailure } = report;
  if (firstFailure !== null)
    process.stderr.write(`the first of ${figures.failures} failures: ${firstFailure}\n`);
  return figures;
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
