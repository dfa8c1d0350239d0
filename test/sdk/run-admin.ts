// Runs the programs that administer the instance, one after another, and lets the official SDK of a language use the
// Client Key that each of them made.

import type { AdminProgram } from './admin-programs.ts';
import type { AdminScenario } from './admin-scenario.ts';
import type { Instance } from './instance.ts';
import { quickstartArguments, runExample } from './run-program.ts';
import type { Programs } from './sdk-programs.ts';
import type { Tally } from './tally.ts';

/** Node has no SDK for the data plane on its registry; Go's stands in. */
const STAND_IN = 'go';

interface AdminRun {
  readonly instance: Instance;
  readonly programs: readonly AdminProgram[];
  readonly scenarios: ReadonlyMap<string, AdminScenario>;
  /** The programs that use keys. */
  readonly users: readonly Programs[];
  readonly tally: Tally;
}

/** Counts its checks in the tally. */
export async function runAdminPrograms(plan: AdminRun): Promise<void> {
  let all: ReadonlySet<string> | null = null;
  for (const program of plan.programs) {
    const checks = await runOne(plan, program);
    all ??= checks;
    const missing = [...all].filter((name) => !checks.has(name));
    plan.tally.check(
      `${program.client} leaves out no check that it could run`,
      [...missing].sort().join() === [...(program.without ?? [])].sort().join(),
      `it leaves out: ${missing.join('; ')}`,
    );
  }
}

async function runOne(
  { instance, scenarios, users, tally }: AdminRun,
  { name, client, language, command, importCommand }: AdminProgram,
): Promise<ReadonlySet<string>> {
  const scenario = scenarios.get(name);
  if (scenario === undefined) throw new Error(`nothing was prepared for ${name}`);
  const ca = { NODE_EXTRA_CA_CERTS: instance.caFile };
  const checks = tally.suite(client, await runExample(command, [scenario.file], ca));
  if (importCommand !== null) {
    tally.suite(`${client}, importing keys`, await runExample(importCommand, [scenario.file], ca));
  }
  const user =
    users.find((one) => one.language === language) ?? users.find((one) => one.language === STAND_IN);
  if (user === undefined) throw new Error(`there is no SDK program for ${language} or ${STAND_IN}`);
  const used = await runExample(user.quickstart, quickstartArguments(instance, scenario));
  tally.program(`the Client Key that ${client} made works in the ${user.language} quickstart`, used);
  return checks;
}
