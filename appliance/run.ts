// An instance as this process: start, summary, signals and an orderly stop. `main.ts` (npm start)
// and `kms start` both run it.

import type { Config } from './config.ts';
import { ConfigError } from './config.ts';
import { type Instance, startInstance } from './instance.ts';
import { createLogger, type Logger } from './ops/logger.ts';
import { startSummary } from './ops/start-summary.ts';
import type { Signals } from './signals.ts';

export interface RunOptions {
  /** The settings, read anew each time: at the start, and by a reload. @throws ConfigError */
  readonly load: () => Config;
  /** Gets the summary. */
  readonly print: (text: string) => void;
  readonly signals: Signals;
}

/** Resolves when the instance serves; from then on signals end the process. Or when one came first. */
export async function runInstance({ load, print, signals }: RunOptions): Promise<void> {
  const config = load();
  process.umask(0o077);
  const logger = createLogger(config.logLevel);
  signals.onReload(() => logger.info({}, 'starting; nothing to reload'));
  const instance = await startUnlessStopped(config, logger, load, signals.stop);
  if (instance === null) return;
  print(startSummary(instance, config));

  let stopping = false;
  const stop = (reason: string, exitCode: number): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    instance.stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        logger.error({ err: error }, 'stop failed');
        process.exit(1);
      },
    );
  };
  signals.onReload(() => {
    if (stopping) return;
    instance.reload().catch((error: unknown) => logger.error({ err: error }, 'reload failed'));
  });
  signals.stop.addEventListener('abort', () => stop(String(signals.stop.reason), 0));
  // Nothing is known about the state any more: requests under way are answered, then the process ends.
  process.on('uncaughtException', (error) => {
    logger.error({ err: error }, 'uncaught exception');
    stop('uncaught exception', 1);
  });
}

/** A start may wait for the HSM cluster: null when it was to stop before it served. */
async function startUnlessStopped(
  config: Config,
  logger: Logger,
  reloadedConfig: () => Config,
  signal: AbortSignal,
): Promise<Instance | null> {
  try {
    signal.throwIfAborted();
    const instance = await startInstance({ config, logger, reloadedConfig, signal });
    if (!signal.aborted) return instance;
    await instance.stop();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  logger.info({}, 'stopped before it served');
  return null;
}

/** What an operator is told: the message of an expected failure, the stack of any other. */
export function startFailure(error: unknown): string {
  const expected = error instanceof ConfigError || (error instanceof Error && 'code' in error);
  const text =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  return `The instance did not start.\n${text}\n`;
}
