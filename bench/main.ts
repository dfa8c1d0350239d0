// `npm run bench`: measures an instance of the built product against a bare node:https server in the same run, or the
// standard edition against raw PKCS#11, or compares two results. Exit code 1 when a request failed or a ratio fell. How to read it: docs/performance.md.

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { baselineOf, judge, judgementText, readBaseline } from './baseline.ts';
import { buildIfStale } from './build.ts';
import { measureCase } from './case.ts';
import { compareResults } from './comparison.ts';
import { differentConditions, fileSystemOfBench } from './conditions.ts';
import { AXES, type AxisName, measureAxis } from './growth.ts';
import { type Growth, type GrowthAxis, readGrowth } from './growth-result.ts';
import { failuresIn, inTurnText } from './in-turn.ts';
import { type Bench, bareReference, rawReference } from './measurement.ts';
import { startOpenBao } from './openbao.ts';
import { parseOptions, type RunOptions, USAGE } from './options.ts';
import { canPin, GENERATOR_CORE, PinnedProcess, SERVER_CORE } from './pinned-process.ts';
import { plotOf } from './plots.ts';
import { comparisonText, resultText } from './report.ts';
import { type CaseResult, type Result, readResult } from './result.ts';
import { startEcho, startInstance } from './servers.ts';
import { memoryRatio, noteText, soak } from './soak.ts';
import { startStandard } from './standard.ts';
import { AUDIT_VARIANTS, measureVariants, processVariants, type Variants } from './variants.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const PROGRAM = 'dist/appliance/main.js';
const SIGN_LOOP = { args: ['bench/sign-loop.js'], core: SERVER_CORE, cwd: ROOT };
const GENERATOR = { args: ['--import', 'tsx', 'bench/load-generator.ts'], core: GENERATOR_CORE, cwd: ROOT };

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.mode === 'compare') return compare(options.before, options.after);
  if (options.mode === 'plots') return draw(options.growth, options.folder);
  buildIfStale(ROOT);
  switch (options.mode) {
    case 'run':
      return runCases(options.run);
    case 'audit':
      return inTurn(options.run, AUDIT_VARIANTS);
    case 'processes':
      return inTurn(options.run, processVariants(options.counts));
    case 'growth':
      return growth(options.run, options.axes);
    case 'soak':
      return soakMode(options.run, options.requests);
  }
}

async function runCases(options: RunOptions): Promise<number> {
  const result = await run(options);
  const file = save(result, options.json);
  const failures = failuresOf(result);
  process.stdout.write(`\n${resultText(result)}Figures of every round: ${file}\n`);
  if (failures > 0) process.stdout.write(`${failures} requests FAILED\n`);
  if (options.writeBaseline !== null) write(options.writeBaseline, baselineOf(result));
  if (options.baseline === null) return failures > 0 ? 1 : 0;
  const judgements = judge(readBaseline(options.baseline), result);
  process.stdout.write(judgementText(judgements));
  return failures > 0 || judgements.some(({ passed }) => !passed) ? 1 : 0;
}

async function run(options: RunOptions): Promise<Result> {
  const startedAt = new Date().toISOString();
  const started: { stop(): Promise<void> }[] = [];
  const opened: Opened = (server) => {
    started.push(server);
    return server;
  };
  try {
    const { edition, seconds, settings } = options;
    const servers = await EDITIONS[edition](opened(new PinnedProcess(GENERATOR)), options, opened);
    const bench: Bench = {
      ...servers,
      signLoop: edition === 'basic' ? opened(new PinnedProcess(SIGN_LOOP)) : null,
      openBao: options.openBao === null ? null : opened(await startOpenBao(options.openBao)),
    };
    const conditions = { seconds, settings, fileSystem: fileSystemOfBench() };
    const cases = await measureCases(bench, options);
    return { version: 1, edition, startedAt, machine: machine(), conditions, cases };
  } finally {
    for (const server of started.reverse()) await server.stop();
  }
}

/** Every scenario and number of connections asked for, with these instances in turn. */
async function inTurn(options: RunOptions, variants: Variants): Promise<number> {
  let failures = 0;
  await withGenerator(async (generator) => {
    for (const scenario of options.scenarios) {
      for (const connections of options.connections) {
        const measured = { ...options, scenario, connections };
        process.stdout.write(`${scenario}, ${connections} connections\n`);
        for (const figures of Object.values(await measureVariants(ROOT, generator, variants, measured))) {
          process.stdout.write(inTurnText(figures));
          failures += failuresIn(figures);
        }
      }
    }
  });
  return failures > 0 ? 1 : 0;
}

async function growth(options: RunOptions, names: readonly AxisName[]): Promise<number> {
  const startedAt = new Date().toISOString();
  const axes: GrowthAxis[] = [];
  let failures = 0;
  await withGenerator(async (generator) => {
    for (const axis of names) {
      process.stderr.write(`measuring ${axis}\n`);
      const figures = await measureAxis(ROOT, generator, axis, options);
      process.stdout.write(`Encrypt by ${AXES[axis].title}\n${inTurnText(figures)}`);
      const points = figures.map(({ name, rounds }) => ({ at: Number(name), rounds: [...rounds] }));
      axes.push({ axis, points });
      failures += failuresIn(figures);
    }
  });
  const result: Growth = { version: 1, kind: 'growth', startedAt, machine: machine(), axes };
  process.stdout.write(`Figures of every round: ${save(result, options.json)}\n`);
  return failures > 0 ? 1 : 0;
}

async function soakMode(options: RunOptions, requests: number): Promise<number> {
  const [scenario] = options.scenarios;
  const [connections] = options.connections;
  if (scenario === undefined || connections === undefined) throw new Error('there is nothing to measure');
  let failures = 0;
  await withGenerator(async (generator) => {
    const kms = await startInstance({ root: ROOT, program: [PROGRAM], settings: options.settings });
    try {
      const load = { scenario, connections, seconds: options.seconds };
      const notes = await soak({ generator, kms }, load, requests, (note) =>
        process.stdout.write(noteText(note)),
      );
      process.stdout.write(`memory at the end by memory after the first: ${memoryRatio(notes).toFixed(3)}\n`);
      failures = notes.reduce((sum, note) => sum + note.failures, 0);
    } finally {
      await kms.stop();
    }
  });
  return failures > 0 ? 1 : 0;
}

function draw(growthFile: string, folder: string): number {
  for (const axis of readGrowth(growthFile).axes) {
    const file = join(folder, `growth-${axis.axis}.svg`);
    writeFileSync(file, plotOf(axis));
    process.stdout.write(`${file}\n`);
  }
  return 0;
}

async function withGenerator(use: (generator: PinnedProcess) => Promise<void>): Promise<void> {
  const generator = new PinnedProcess(GENERATOR);
  try {
    await use(generator);
  } finally {
    await generator.stop();
  }
}

function machine(): Result['machine'] {
  const [cpu] = cpus();
  return { node: process.version, cpu: cpu?.model ?? '', cores: cpus().length, pinned: canPin };
}

/** Where it was written: where it was wanted, or a file named by the time. */
function save(result: Result | Growth, wanted: string | null): string {
  const file = wanted ?? join(ROOT, 'bench/results', `${result.startedAt.replaceAll(':', '-')}.json`);
  write(file, result);
  return file;
}

function write(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** Notes what has to be stopped at the end. */
type Opened = <T extends { stop(): Promise<void> }>(server: T) => T;

type Servers = Pick<Bench, 'generator' | 'kms' | 'reference'>;

const EDITIONS = {
  async basic(generator: PinnedProcess, options: RunOptions, opened: Opened): Promise<Servers> {
    const echo = opened(await startEcho({ root: ROOT }));
    const kms = opened(
      await startInstance({ root: ROOT, program: instanceProgram(options), settings: options.settings }),
    );
    return { generator, kms, reference: bareReference(generator, echo) };
  },
  async standard(generator: PinnedProcess, options: RunOptions, opened: Opened): Promise<Servers> {
    const { settings } = options;
    const program = instanceProgram(options);
    const { kms, raw } = opened(await startStandard({ root: ROOT, program, settings }));
    return { generator, kms, reference: rawReference(raw) };
  },
} as const;

/** Node's arguments for the instance. */
function instanceProgram({ profile }: RunOptions): string[] {
  return profile === null ? [PROGRAM] : ['--cpu-prof', '--cpu-prof-dir', profile, PROGRAM];
}

async function measureCases(bench: Bench, options: RunOptions): Promise<CaseResult[]> {
  const cases: CaseResult[] = [];
  for (const scenario of options.scenarios) {
    for (const connections of options.connections) {
      process.stderr.write(`measuring ${scenario} at ${connections} connections\n`);
      cases.push(await measureCase(bench, { ...options, scenario, connections }));
    }
  }
  return cases;
}

function failuresOf({ cases }: Result): number {
  const figures = cases.flatMap(({ rounds }) =>
    rounds.flatMap(({ echo, kms, beside }) => [echo, kms, ...Object.values(beside)]),
  );
  return figures.reduce((sum, { failures, requests }) => sum + failures + (requests === 0 ? 1 : 0), 0);
}

function compare(before: string, after: string): number {
  const [old, present] = [readResult(before), readResult(after)];
  const different = differentConditions(old, present);
  if (different.length > 0)
    throw new Error(`the two results cannot be compared: different ${different.join(', ')}`);
  const changes = compareResults(old, present);
  if (changes.length === 0) throw new Error('the two results have no case in common');
  process.stdout.write(comparisonText(changes));
  return changes.some(({ verdict }) => verdict === 'worse') ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 1;
  },
);
