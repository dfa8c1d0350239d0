// Proves that unmodified official SDKs work: starts a real instance of each edition, makes keys and Client Keys, and runs
// the programs of examples/ against them, those that use keys against both and those that administer against the basic
// edition, with the server's certificate verified. The standard edition has its keys in two SoftHSM tokens.
// `npm run test:sdk`, which builds the product first; exit code 1 when anything failed, a missing toolchain included.

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { prepareAdminPrograms } from './admin-programs.ts';
import { prepareAdminScenarios } from './admin-scenario.ts';
import { type Instance, startInstance } from './instance.ts';
import { checkObservedCalls } from './observed-calls.ts';
import { runOpensslRecipes } from './openssl-recipes.ts';
import { runPhp } from './php.ts';
import { phpIsLeftOut, requireTools } from './required-tools.ts';
import { runAdminPrograms } from './run-admin.ts';
import { quickstartArguments, runExample } from './run-program.ts';
import { type Prepared, prepareScenario } from './scenario.ts';
import { type Programs, prepareSdkPrograms } from './sdk-programs.ts';
import { Tally } from './tally.ts';
import { cacheFolder } from './toolchains.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const THROTTLED_QPS = '2';

async function main(): Promise<Tally> {
  await requireTools();
  if (phpIsLeftOut()) process.stdout.write('PHP is left out, as SDK_WITHOUT_PHP asks.\n');
  const tally = new Tally((line) => process.stdout.write(`${line}\n`));
  const work = await mkdtemp(join(tmpdir(), 'kms-sdk-run-'));
  const started: Instance[] = [];
  try {
    const start = async (qps: string, edition: 'basic' | 'standard' = 'basic'): Promise<Instance> => {
      const instance = await startInstance(ROOT, { KMS_THROTTLE_QPS: qps }, edition);
      started.push(instance);
      return instance;
    };
    const instance = await start('0');
    const throttled = await start(THROTTLED_QPS);
    const standard = await start('0', 'standard');
    const folders = { examples: join(ROOT, 'examples'), cache: cacheFolder(), build: work };
    const prepared = both(prepareSdkPrograms(folders), prepareAdminPrograms(folders));
    const [[programs, admins], [scenario, standardScenario]] = await both(
      prepared,
      both(
        prepareScenario(await folderIn(work, 'basic'), instance, throttled),
        prepareScenario(await folderIn(work, 'standard'), standard, throttled),
      ),
    );
    const names = admins.map(({ name }) => name);
    const scenarios = await prepareAdminScenarios(work, instance, names);
    process.stdout.write(`programs built and keys made in ${seconds()} s\n`);
    await both(
      runSdkPrograms(programs, { scenario, instance, tally, edition: 'basic edition' }),
      runAdminPrograms({ instance, programs: admins, scenarios, users: programs, tally }),
    );

    await runOpensslRecipes(work, instance, tally);
    await checkObservedCalls(instance, tally);
    const inHsm = { scenario: standardScenario, instance: standard, tally, edition: 'standard edition' };
    await runSdkPrograms(programs, inHsm);
    process.stdout.write(`programs run after ${seconds()} s\n`);
  } finally {
    await stopAll(started, tally);
    await rm(work, { recursive: true, force: true });
  }
  return tally;
}

async function folderIn(work: string, name: string): Promise<string> {
  const folder = join(work, name);
  await mkdir(folder);
  return folder;
}

/** Whole seconds since the process started. */
function seconds(): number {
  return Math.round(process.uptime());
}

/** Waits for both even when one fails, so that nothing still runs when the clean-up starts. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

interface SdkRun {
  readonly scenario: Prepared;
  readonly instance: Instance;
  readonly tally: Tally;
  /** For the names of what is counted. */
  readonly edition: string;
}

async function runSdkPrograms(
  programs: readonly Programs[],
  { scenario, instance, tally, edition }: SdkRun,
): Promise<void> {
  await delay(Math.max(0, scenario.readyAt - Date.now()) + 1_000);
  const php = phpIsLeftOut()
    ? Promise.resolve()
    : runPhp({ root: ROOT, scenarioFile: scenario.file, tally, run: runExample, edition });
  const sdks = Promise.all(
    programs.map(async ({ language, quickstart, conformance }) => {
      const started = await runExample(quickstart, quickstartArguments(instance));
      tally.program(`${edition}: ${language} quickstart`, started);
      const checked = await runExample(conformance, [scenario.file]);
      return tally.suite(`${edition}: ${language} conformance`, checked);
    }),
  );
  const [names] = await both(sdks, php);
  const [first, ...others] = names.map((list) => [...list].sort().join('\n'));
  tally.check(
    `${edition}: the three conformance programs run the same checks`,
    others.every((other) => other === first),
    difference(names),
  );
}

/** Names that are not in every list. */
function difference(lists: readonly ReadonlySet<string>[]): string {
  const all = new Set(lists.flatMap((list) => [...list]));
  return [...all].filter((name) => !lists.every((list) => list.has(name))).join('; ');
}

async function stopAll(instances: readonly Instance[], tally: Tally): Promise<void> {
  for (const [index, instance] of instances.entries()) {
    const code = await instance.stop();
    const name = `instance ${index + 1} of ${instances.length} ends with 0 on SIGTERM`;
    tally.check(name, code === 0, `it ended with ${code ?? 'a kill'}; it printed:\n${instance.output()}`);
  }
}

try {
  const tally = await main();
  process.stdout.write(`${tally.summary()}\n`);
  process.exitCode = tally.failed === 0 ? 0 : 1;
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.message}` : '';
  process.stderr.write(
    `test:sdk failed: ${error instanceof Error ? error.message : String(error)}${cause}\n`,
  );
  process.exitCode = 1;
}
