// An instance as this process: start, summary, certificate renewal, signals and an orderly stop. `main.ts` (npm start)
// and `kms start` both run it.

import type { Config } from './config.ts';
import { ConfigError } from './config.ts';
import { type Instance, startInstance } from './instance.ts';
import { createLogger, type Logger } from './ops/logger.ts';
import { startSummary } from './ops/start-summary.ts';

const RENEWAL_CHECK_MS = 60 * 60 * 1000;

/** Resolves when the instance serves; from then on signals end the process. `print` gets the summary. */
export async function runInstance(config: Config, print: (text: string) => void): Promise<void> {
  process.umask(0o077);
  const logger = createLogger(config.logLevel);
  const instance = await startInstance({ config, logger });
  print(startSummary(instance, config));

  const renewal = setInterval(() => void renew(instance, logger), RENEWAL_CHECK_MS);
  let stopping = false;
  const stop = (reason: string, exitCode: number): void => {
    if (stopping) return;
    stopping = true;
    clearInterval(renewal);
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

async function renew(instance: Instance, logger: Logger): Promise<void> {
  try {
    await instance.renewCertificate();
  } catch (error) {
    logger.error({ err: error }, 'the server certificate could not be renewed');
  }
}

/** What an operator is told: the message of an expected failure, the stack of any other. */
export function startFailure(error: unknown): string {
  const expected = error instanceof ConfigError || (error instanceof Error && 'code' in error);
  const text =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
  return `The instance did not start.\n${text}\n`;
}
