// An instance as this process: start, summary, signals and an orderly stop. `main.ts` (npm start)
// and `kms start` both run it.

import type { Config } from './config.ts';
import { ConfigError } from './config.ts';
import { type Instance, startInstance } from './instance.ts';
import { createLogger, type Logger } from './ops/logger.ts';
import { startSummary } from './ops/start-summary.ts';

export interface RunOptions {
  /** The settings, read anew each time: at the start, and by a reload. @throws ConfigError */
  readonly load: () => Config;
  /** Gets the summary. */
  readonly print: (text: string) => void;
}

/** Resolves when the instance serves; from then on signals end the process. */
export async function runInstance({ load, print }: RunOptions): Promise<void> {
  const config = load();
  process.umask(0o077);
  const logger = createLogger(config.logLevel);
  const instance = await startUnlessStopped(config, logger, load);
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
  process.on('SIGHUP', () => {
    if (stopping) return;
    instance.reload().catch((error: unknown) => logger.error({ err: error }, 'reload failed'));
  });
  process.on('SIGTERM', () => stop('SIGTERM', 0));
  process.on('SIGINT', () => stop('SIGINT', 0));
  // Nothing is known about the state any more: requests under way are answered, then the process ends.
  process.on('uncaughtException', (error) => {
    logger.error({ err: error }, 'uncaught exception');
    stop('uncaught exception', 1);
  });
}

/** A start may wait for the HSM cluster: null when a signal came first. */
async function startUnlessStopped(
  config: Config,
  logger: Logger,
  reloadedConfig: () => Config,
): Promise<Instance | null> {
  const starting = new AbortController();
  const abort = (): void => starting.abort();
  const signals = ['SIGTERM', 'SIGINT'] as const;
  for (const signal of signals) process.once(signal, abort);
  try {
    const instance = await startInstance({ config, logger, reloadedConfig, signal: starting.signal });
    if (!starting.signal.aborted) return instance;
    await instance.stop();
    return null;
  } catch (error) {
    if (!starting.signal.aborted) throw error;
    logger.info({}, 'stopped before it served');
    return null;
  } finally {
    for (const signal of signals) process.off(signal, abort);
  }
}

/** What an operator is told: the message of an expected failure, the stack of any other. */
export function startFailure(error: unknown): string {
  const expected = error instanceof ConfigError || (error instanceof Error && 'code' in error);
  const text =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  return `The instance did not start.\n${text}\n`;
}
