// `kms start` and `kms config check`: the instance's process and its settings, without any connection.

import { type Config, loadConfig } from '../../../config.ts';
import { effectiveSettings } from '../../../config-report.ts';
import { takeSignals } from '../../../signals.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { CliError, configurationError, EXIT } from '../failures.ts';
import { cell } from '../terminal.ts';

const CONFIG = {
  flag: '--config',
  value: 'FILE',
  description: 'settings as a JSON object; KMS_* variables win over it',
} as const;

export const PROCESS_COMMANDS: readonly Command[] = [
  {
    path: 'start',
    summary: 'run an instance in this process',
    examples: ['start', 'start --config /etc/kms/config.json'],
    options: [CONFIG],
    connects: false,
    json: false,
    run: start,
  },
  {
    path: 'config check',
    summary: 'check the settings and show the effective ones, secrets masked',
    examples: ['config check', 'config check --config /etc/kms/config.json --json'],
    options: [CONFIG],
    connects: false,
    json: true,
    run(call) {
      const settings = effectiveSettings(call.value('--config') ?? null, call.host.environment);
      const rows = settings.map(({ name, value, origin, variable }) => [name, cell(value), origin, variable]);
      const headings = ['SETTING', 'VALUE', 'FROM', 'VARIABLE'];
      return { json: settings, show: ({ table }) => table(headings, rows) };
    },
  },
];

async function start(call: CommandCall): Promise<Result> {
  const load = (): Config => loadConfig(call.value('--config') ?? null, call.host.environment);
  load();
  const signals = takeSignals();
  // Loaded here: no other command needs the store, the key store and the listeners.
  const { runInstance, startFailure } = await import('../../../run.ts');
  try {
    let summary = '';
    await runInstance({
      load,
      signals,
      print: (text) => {
        summary = text;
      },
    });
    return { show: ({ raw }) => raw(summary) };
  } catch (error) {
    const message = startFailure(error).trimEnd();
    throw error instanceof Error && error.name === 'ConfigError'
      ? configurationError(message, error)
      : new CliError(EXIT.refused, message, { cause: error });
  }
}
