// The program of an instance. Usage: main [--config FILE]; settings also come from KMS_* variables.

import { parseArgs } from 'node:util';
import { loadConfig } from './config.ts';
import { runInstance, startFailure } from './run.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  await runInstance({
    load: () => loadConfig(values.config ?? null),
    print: (text) => process.stdout.write(text),
  });
}

main().catch((error: unknown) => {
  process.stderr.write(startFailure(error));
  process.exit(1);
});
