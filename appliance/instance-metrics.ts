// The part of the composition root that shows the metrics of an instance in a file.

import type { Config } from './config.ts';
import type { Parts } from './instance-parts.ts';
import type { ClientKeyWatch } from './ops/client-key-watch.ts';
import type { Logger } from './ops/logger.ts';
import { type InstanceView, metricsText } from './ops/metrics.ts';
import { type MetricsFile, openMetricsFile, removeMetricsFile } from './ops/metrics-file.ts';
import type { Scheduler } from './ops/scheduler.ts';
import { unrefTimer } from './ops/unref-timer.ts';

const NO_FILE: MetricsFile = { close: () => Promise.resolve() };

export async function openInstanceMetrics(
  { config, store, clock, requestCounts, audit, hsm, logger }: Parts,
  scheduler: Pick<Scheduler, 'status'>,
  clientKeys: Pick<ClientKeyWatch, 'ending'>,
): Promise<MetricsFile> {
  const { file } = config.metrics;
  if (file === null) return NO_FILE;
  const started = performance.now();
  const view = (): InstanceView => ({
    instanceId: store.instanceId,
    edition: config.edition,
    now: clock(),
    uptimeMs: performance.now() - started,
    residentBytes: process.memoryUsage.rss(),
    requests: requestCounts,
    audit: audit.health(),
    scheduler: scheduler.status(),
    clientKeysEnding: clientKeys.ending(),
    hsm: hsm?.describe() ?? null,
  });
  const state = (): string => {
    const { state, reason } = audit.health();
    const cluster = hsm?.describe();
    const members = cluster?.members.map((member) => member.state) ?? [];
    return [state, reason, scheduler.status().state, cluster?.state, ...members].join();
  };
  return openMetricsFile({ path: file, text: () => metricsText(view()), state, timer: unrefTimer, logger });
}

/** What a run that was killed left says nothing of this one. */
export async function removeStaleMetrics({
  config,
  logger,
}: {
  config: Config;
  logger: Logger;
}): Promise<void> {
  const { file } = config.metrics;
  if (file === null) return;
  await removeMetricsFile(file).catch((error: unknown) => {
    logger.warn({ err: error, path: file }, 'the metrics file of an earlier run could not be removed');
  });
}
