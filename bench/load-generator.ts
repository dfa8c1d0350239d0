// The load generator, a process of its own: takes a job as a message, keeps so many connections busy in a closed loop,
// and answers with what it counted. Bounded in time and in requests, ended early by the message 'finish'; the server's
// processor time is read here, so that it covers exactly the measured window.

import { setTimeout as delay } from 'node:timers/promises';
import { Histogram } from './histogram.ts';
import { LoadConnection, type LoadState, type Target } from './load-connection.ts';
import { cpuMicroseconds, residentBytes } from './process-cost.ts';
import type { Figures } from './result.ts';

export interface LoadJob {
  readonly target: Target;
  readonly serverPid: number;
  /** Processes that work for the server; default none. */
  readonly hsmPids?: readonly number[];
  readonly requests: readonly Uint8Array[];
  readonly connections: number;
  /** Before the window opens, milliseconds. */
  readonly warmUpMs: number;
  readonly windowMs: number;
  readonly maxRequests: number;
  /** Rest of a connection between an answer and its next request, for a steady load instead of the highest; default 0. */
  readonly pauseMs?: number;
}

export type LoadFigures = Omit<Figures, 'loopDelay'>;
/** `firstFailure` says why the first request failed that did; null when none failed. */
export type LoadReport =
  | { readonly figures: LoadFigures; readonly firstFailure: string | null }
  | { readonly error: string };

const histogram = new Histogram();
let finish = (): void => undefined;

async function measure(job: LoadJob): Promise<LoadReport> {
  histogram.reset();
  let failures = 0;
  let firstFailure: string | null = null;
  let measuring = false;
  const failed = (why: string): void => {
    failures += 1;
    firstFailure ??= why;
  };
  const state: LoadState = {
    requests: job.requests.map((bytes) => Buffer.from(bytes)),
    answered(status, milliseconds) {
      if (status !== 200) failed(`status ${status}`);
      if (!measuring) return;
      histogram.record(Math.round(milliseconds * 1000));
      if (histogram.total >= job.maxRequests) state.stopped = true;
    },
    broke: (reason) => failed(reason.message),
    pauseMs: job.pauseMs ?? 0,
    stopped: false,
  };
  const stride = Math.floor(state.requests.length / job.connections);
  const connections = await Promise.all(
    Array.from({ length: job.connections }, (_, index) =>
      LoadConnection.open(job.target, state, index * stride),
    ),
  );
  for (const connection of connections) connection.start();
  await delay(job.warmUpMs);

  const hsmCpu = (): number => sum((job.hsmPids ?? []).map(cpuMicroseconds));
  const cpuBefore = cpuMicroseconds(job.serverPid);
  const hsmBefore = hsmCpu();
  const ownBefore = process.cpuUsage();
  const opened = performance.now();
  measuring = true;
  finish = () => {
    state.stopped = true;
  };
  await elapse(job.windowMs, state);
  measuring = false;
  const seconds = (performance.now() - opened) / 1000;
  const cpu = cpuMicroseconds(job.serverPid) - cpuBefore;
  const hsm = hsmCpu() - hsmBefore;
  const own = process.cpuUsage(ownBefore);
  const rss = residentBytes(job.serverPid);
  state.stopped = true;
  await Promise.all(connections.map((connection) => connection.close()));

  const answered = Math.max(1, histogram.total);
  const figures = {
    requests: histogram.total,
    failures,
    throughput: histogram.total / seconds,
    p50: histogram.quantile(0.5),
    p99: histogram.quantile(0.99),
    p999: histogram.quantile(0.999),
    max: histogram.max,
    cpu: cpu / answered,
    hsmCpu: hsm / answered,
    busy: cpu / 1e6 / seconds,
    generatorCpu: (own.user + own.system) / answered,
    rss,
  };
  return { figures, firstFailure };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Waits for the window's end, or for the bound on requests to be reached. */
async function elapse(milliseconds: number, state: LoadState): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!state.stopped && performance.now() < end) await delay(Math.min(50, end - performance.now()));
}

process.on('message', (job: LoadJob | 'finish') => {
  if (job === 'finish') {
    finish();
    return;
  }
  measure(job).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ error: String(error) } satisfies LoadReport),
  );
});
process.on('disconnect', () => process.exit());
