// `npm run bench`: measures an instance of the built product against a bare node:https server in the same run, or the
// standard edition against raw PKCS#11, or compares two results. Exit code 1 when a request failed or a ratio fell. How to read it: docs/performance.md.

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { auditModesText, measureAuditModes } from './audit-modes.ts';
import { buildIfStale } from './build.ts';
import { compareResults } from './comparison.ts';
import { type Bench, bareReference, measureCase, rawReference } from './measurement.ts';
import { parseOptions, type RunOptions, USAGE } from './options.ts';
import { canPin, GENERATOR_CORE, PinnedProcess } from './pinned-process.ts';
import { comparisonText, resultText } from './report.ts';
import { type CaseResult, type Result, readResult } from './result.ts';
import { startEcho, startInstance } from './servers.ts';
import { startStandard } from './standard.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const GENERATOR = { args: ['--import', 'tsx', 'bench/load-generator.ts'], core: GENERATOR_CORE, cwd: ROOT };

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.mode === 'compare') return compare(options.before, options.after);
  buildIfStale(ROOT);
  if (options.mode === 'audit') return auditModes(options.run);
  const result = await run(options.run);
  const file =
    options.run.json ?? join(ROOT, 'bench/results', `${result.startedAt.replaceAll(':', '-')}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  const failures = failuresOf(result);
  process.stdout.write(`\n${resultText(result)}Figures of every round: ${file}\n`);
  if (failures > 0) process.stdout.write(`${failures} requests FAILED\n`);
  return failures > 0 ? 1 : 0;
}

async function run(options: RunOptions): Promise<Result> {
  const startedAt = new Date().toISOString();
  const started: { stop(): Promise<void> }[] = [];
  const opened: Opened = (server) => {
    started.push(server);
    return server;
  };
  try {
    const { edition } = options;
    const bench = await EDITIONS[edition](opened(new PinnedProcess(GENERATOR)), options, opened);
    const cases = await measureCases(bench, options);
    const [cpu] = cpus();
    const machine = { node: process.version, cpu: cpu?.model ?? '', cores: cpus().length, pinned: canPin };
    return { version: 1, edition, startedAt, machine, cases };
  } finally {
    for (const server of started.reverse()) await server.stop();
  }
}

async function auditModes(options: RunOptions): Promise<number> {
  const generator = new PinnedProcess(GENERATOR);
  let failures = 0;
  try {
    for (const scenario of options.scenarios) {
      for (const connections of options.connections) {
        const measured = { ...options, scenario, connections };
        const figures = await measureAuditModes(ROOT, generator, measured);
        process.stdout.write(auditModesText(figures, measured));
        failures += Object.values(figures)
          .flat()
          .reduce((sum, each) => sum + each.failures, 0);
      }
    }
    return failures > 0 ? 1 : 0;
  } finally {
    await generator.stop();
  }
}

/** Notes what has to be stopped at the end. */
type Opened = <T extends { stop(): Promise<void> }>(server: T) => T;

const EDITIONS = {
  async basic(generator: PinnedProcess, options: RunOptions, opened: Opened): Promise<Bench> {
    const echo = opened(await startEcho(ROOT));
    const kms = opened(
      await startInstance({ root: ROOT, program: instanceProgram(options), settings: options.settings }),
    );
    return { generator, kms, reference: bareReference(generator, echo) };
  },
  async standard(generator: PinnedProcess, options: RunOptions, opened: Opened): Promise<Bench> {
    const { settings } = options;
    const program = instanceProgram(options);
    const { kms, raw } = opened(await startStandard({ root: ROOT, program, settings }));
    return { generator, kms, reference: rawReference(raw) };
  },
} as const;

/** Node's arguments for the instance. */
function instanceProgram({ profile }: RunOptions): string[] {
  const program = 'dist/appliance/main.js';
  return profile === null ? [program] : ['--cpu-prof', '--cpu-prof-dir', profile, program];
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
  const figures = cases.flatMap(({ rounds }) => rounds.flatMap(({ echo, kms }) => [echo, kms]));
  return figures.reduce((sum, { failures, requests }) => sum + failures + (requests === 0 ? 1 : 0), 0);
}

function compare(before: string, after: string): number {
  const [old, present] = [readResult(before), readResult(after)];
  if (old.edition !== present.edition) throw new Error('the two results are of different editions');
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
