// The process of an instance: configuration, start, summary, signals and an orderly stop.
// Usage: main [--config FILE]; settings also come from KMS_* variables.

import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from './config.ts';
import { startInstance } from './instance.ts';
import { createLogger } from './ops/logger.ts';
import { startSummary } from './ops/start-summary.ts';

async function main(): Promise<void> {
  process.umask(0o077);
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  const config = loadConfig(values.config ?? null);
  const logger = createLogger(config.logLevel);
  const instance = await startInstance({ config, logger });
  process.stdout.write(startSummary(instance, config));

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
  process.on('SIGTERM', () => stop('SIGTERM', 0));
  process.on('SIGINT', () => stop('SIGINT', 0));
  // Nothing is known about the state any more: requests under way are answered, then the process ends.
  process.on('uncaughtException', (error) => {
    logger.error({ err: error }, 'uncaught exception');
    stop('uncaught exception', 1);
  });
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || (error instanceof Error && 'code' in error);
  const text =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`The instance did not start.\n${text}\n`);
  process.exit(1);
});
