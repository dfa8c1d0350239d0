// One run of the `kms` command: from its words to an exit code. Every failure becomes a line on standard error here.

import { CommanderError } from 'commander';
import { ConfigError } from '../../config.ts';
import { CliError, EXIT, ServiceError } from './failures.ts';
import type { Host } from './host.ts';
import { createProgram } from './program.ts';
import { createTerminal, visible } from './terminal.ts';

/** `words` is what follows the program's name. */
export async function runCli(words: readonly string[], host: Host): Promise<number> {
  try {
    await createProgram(host).parseAsync(words, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    return report(error, host);
  }
}

function report(error: unknown, host: Host): number {
  const { note } = createTerminal(host);
  // Commander has written its own message, or the help that was asked for.
  if (error instanceof CommanderError) {
    return error.code === 'commander.helpDisplayed' ? EXIT.ok : EXIT.usage;
  }
  if (error instanceof ServiceError) {
    const { code, message, requestId } = error;
    note(`kms: ${code}: ${visible(message)}${requestId === '' ? '' : ` (request id ${visible(requestId)})`}`);
    return error.exitCode;
  }
  if (error instanceof CliError) {
    note(`kms: ${error.message}`);
    return error.exitCode;
  }
  if (error instanceof ConfigError) {
    note(`kms: the settings are not valid\n${error.message}`);
    return EXIT.configuration;
  }
  note(`kms: internal error\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.internal;
}
