// The load generator, a process of its own: takes a job as a message, puts that load on the server, and answers with what
// it counted. Bounded in time and in requests, ended early by the message 'finish'; the server's processor time is read
// here, so that it covers exactly the measured window.

import { setTimeout as delay } from 'node:timers/promises';
import { Histogram } from './histogram.ts';
import { closedLoop, coldLoop, type Load, type LoadOptions, openLoop } from './load.ts';
import type { Target } from './load-connection.ts';
import { cpuMicroseconds, processTree, residentBytes } from './process-cost.ts';
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
  /** Requests a second, for an open loop. */
  readonly rate?: number;
  /** A connection for each request, its handshake full or resumed. */
  readonly cold?: 'full' | 'resumed';
  /** Load beside the measured one; of it only failures and answers are counted. */
  readonly background?: Background;
}

export interface Background {
  readonly requests: readonly Uint8Array[];
  readonly connections: number;
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
  const count = { failures: 0, background: 0 };
  let firstFailure: string | null = null;
  let [measuring, finished] = [false, false];
  finish = () => {
    finished = true;
  };
  const failed = (why: string): void => {
    count.failures += 1;
    firstFailure ??= why;
  };
  const checked = (status: number): void => {
    if (status !== 200) failed(`status ${status}`);
  };
  const background = await backgroundOf(job, {
    failed,
    answered({ status }) {
      checked(status);
      if (measuring) count.background += 1;
    },
  });
  const load = await foregroundOf(job, {
    failed,
    answered({ status, milliseconds }) {
      checked(status);
      if (!measuring) return;
      histogram.record(Math.round(milliseconds * 1000));
      if (histogram.total < job.maxRequests) return;
      finished = true;
      load.halt();
    },
  });
  await delay(job.warmUpMs);

  const close = openWindow(job);
  measuring = true;
  await elapse(job.windowMs, () => finished);
  measuring = false;
  const figures = close(count.background);
  await Promise.all([load.stop(), background?.stop()]);
  return { figures: { ...figures, failures: count.failures }, firstFailure };
}

function foregroundOf(job: LoadJob, events: LoadOptions['events']): Load | Promise<Load> {
  const options = { ...job, requests: buffersOf(job.requests), events };
  if (job.cold !== undefined) return coldLoop(options, job.cold);
  return job.rate === undefined ? closedLoop(options, job.pauseMs) : openLoop(options, job.rate);
}

async function backgroundOf(
  { target, background }: LoadJob,
  events: LoadOptions['events'],
): Promise<Load | null> {
  if (background === undefined) return null;
  return closedLoop({ target, ...background, requests: buffersOf(background.requests), events });
}

function buffersOf(requests: readonly Uint8Array[]): Buffer[] {
  return requests.map((bytes) => Buffer.from(bytes));
}

/** Reads the meters; what it returns reads them again and makes the figures. */
function openWindow(job: LoadJob): (background: number) => Omit<LoadFigures, 'failures'> {
  // A worker that is replaced meanwhile takes its processor time with it: the figures are of a server that stays.
  const server = processTree(job.serverPid);
  const cpuOf = (pids: readonly number[]): number => sum(pids.map(cpuMicroseconds));
  const hsmPids = job.hsmPids ?? [];
  const before = { server: cpuOf(server), hsm: cpuOf(hsmPids), own: process.cpuUsage() };
  const openedAt = performance.now();
  return (background) => {
    const seconds = (performance.now() - openedAt) / 1000;
    const cpu = cpuOf(server) - before.server;
    const own = process.cpuUsage(before.own);
    const answered = Math.max(1, histogram.total + background);
    return {
      requests: histogram.total,
      throughput: histogram.total / seconds,
      background: background / seconds,
      p50: histogram.quantile(0.5),
      p99: histogram.quantile(0.99),
      p999: histogram.quantile(0.999),
      max: histogram.max,
      cpu: cpu / answered,
      hsmCpu: (cpuOf(hsmPids) - before.hsm) / answered,
      busy: cpu / 1e6 / seconds,
      generatorCpu: (own.user + own.system) / answered,
      rss: sum(server.map(residentBytes)),
    };
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Waits for the window's end, or for what ends it early. */
async function elapse(milliseconds: number, ended: () => boolean): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!ended() && performance.now() < end) await delay(Math.min(50, end - performance.now()));
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
