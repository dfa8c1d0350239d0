// PHP's part: its SDK package is not in a registry that the tests use, so the quickstart is only parsed, and a program
// of ours speaks the SDK's protocol with PHP's own openssl and curl. The output says so.

import { join } from 'node:path';
import type { Finished } from './child.ts';
import type { Tally } from './tally.ts';
import type { Command } from './toolchains.ts';

export interface PhpPlan {
  readonly root: string;
  readonly scenarioFile: string;
  readonly tally: Tally;
  /** For the names of what is counted. */
  readonly edition: string;
  run(command: Command, own: readonly string[]): Promise<Finished>;
}

/** Counts its checks in the tally. */
export async function runPhp({ root, scenarioFile, tally, edition, run }: PhpPlan): Promise<void> {
  const quickstart = join(root, 'examples/php/quickstart.php');
  const conformance = join(root, 'test/sdk/php/conformance.php');
  const parsed = await run({ command: 'php', args: ['-l', quickstart] }, []);
  tally.program(`${edition}: php quickstart, syntax only: its SDK package is not installed`, parsed);
  const spoken = await run({ command: 'php', args: [conformance] }, [scenarioFile]);
  tally.suite(`${edition}: php protocol, not the SDK package`, spoken);
}
