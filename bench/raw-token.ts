// The raw side of the standard edition's bench, a process of its own: opens the token and, for each job, calls PKCS#11 in
// a loop, one operation after the other in one session. Answers with figures as the load generator does.

import { openToken } from '../hsm-adapter/token.ts';
import { Histogram } from './histogram.ts';
import { residentBytes } from './process-cost.ts';
import { RAW_OPERATIONS, type RawName } from './raw-operations.ts';
import type { Figures } from './result.ts';

export interface RawJob {
  readonly operation: RawName;
  readonly warmUpMs: number;
  readonly windowMs: number;
}

const [module = '', label = '', pinFile = ''] = process.argv.slice(2);
const token = await openToken({ module, token: label, pinFile });
const histogram = new Histogram();
const operations = new Map<RawName, () => void>();

function operationOf(name: RawName): () => void {
  const known = operations.get(name);
  if (known !== undefined) return known;
  const prepared = RAW_OPERATIONS[name].prepare(token, token.sessions.anchor);
  operations.set(name, prepared);
  return prepared;
}

function repeat(operation: () => void, milliseconds: number): void {
  let now = performance.now();
  const end = now + milliseconds;
  while (now < end) {
    operation();
    const after = performance.now();
    histogram.record(Math.round((after - now) * 1000));
    now = after;
  }
}

function measure({ operation: name, warmUpMs, windowMs }: RawJob): Figures {
  const operation = operationOf(name);
  repeat(operation, warmUpMs);
  histogram.reset();
  const cpuBefore = process.cpuUsage();
  const opened = performance.now();
  repeat(operation, windowMs);
  const seconds = (performance.now() - opened) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    requests: histogram.total,
    failures: 0,
    throughput: histogram.total / seconds,
    background: 0,
    p50: histogram.quantile(0.5),
    p99: histogram.quantile(0.99),
    p999: histogram.quantile(0.999),
    max: histogram.max,
    cpu: (user + system) / Math.max(1, histogram.total),
    hsmCpu: 0,
    busy: (user + system) / 1e6 / seconds,
    generatorCpu: 0,
    rss: residentBytes(process.pid),
    loopDelay: 0,
  };
}

process.on('message', (job: RawJob) => process.send?.(measure(job)));
process.on('disconnect', () => process.exit());
process.send?.('ready');
