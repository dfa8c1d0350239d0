// The program of an instance. Usage: main [--config FILE]; settings also come from KMS_* variables. The parts of an
// instance are loaded when its signals are taken: loading them takes long enough for one to come.

import { parseArgs } from 'node:util';
import { takeSignals } from './signals.ts';

async function main(): Promise<void> {
  const signals = takeSignals();
  const { loadConfig } = await import('./config.ts');
  const { runInstance, startFailure } = await import('./run.ts');
  try {
    const { values } = parseArgs({ options: { config: { type: 'string' } } });
    await runInstance({
      load: () => loadConfig(values.config ?? null),
      print: (text) => process.stdout.write(text),
      signals,
    });
  } catch (error) {
    process.stderr.write(startFailure(error));
    process.exit(1);
  }
}

await main();
