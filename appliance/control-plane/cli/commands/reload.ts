// `kms reload`: asks the instance of a data directory on this machine to restart its workers, one by one.

import { loadConfig } from '../../../config.ts';
import { commandInstance } from '../../../ops/data-directory-lock.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { CliError, EXIT } from '../failures.ts';

/** A new worker may take its time, and there may be many. */
const TIMEOUT_MS = 10 * 60 * 1000;

export const RELOAD: Command = {
  path: 'reload',
  summary: 'restart the workers of the instance on this machine one by one, without a failed request',
  examples: ['reload', 'reload --config /etc/kms/config.json'],
  options: [
    {
      flag: '--config',
      value: 'FILE',
      description: 'settings that say where the data directory is; KMS_* variables win over it',
    },
  ],
  connects: false,
  json: false,
  run: reload,
};

async function reload(call: CommandCall): Promise<Result> {
  const { dataDir } = loadConfig(call.value('--config') ?? null, call.host.environment);
  const answer = await commandInstance(dataDir, 'reload', TIMEOUT_MS);
  if (answer === null) throw new CliError(EXIT.unreachable, `no instance runs in ${dataDir}`);
  if (answer.state === 'silent') throw new CliError(EXIT.unreachable, 'the instance did not answer');
  if (answer.text !== '') throw new CliError(EXIT.refused, answer.text);
  return { show: ({ line }) => line('All workers are new.') };
}
