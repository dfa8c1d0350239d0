// `npm run bench`: measures an instance of the built product against a bare node:https server in the same run, or
// compares two results. Exit code 1 when a request failed or a ratio fell. How to read it: docs/performance.md.

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { auditModesText, measureAuditModes } from './audit-modes.ts';
import { buildIfStale } from './build.ts';
import { compareResults } from './comparison.ts';
import { type Bench, measureCase } from './measurement.ts';
import { parseOptions, type RunOptions, USAGE } from './options.ts';
import { canPin, GENERATOR_CORE, PinnedProcess } from './pinned-process.ts';
import { comparisonText, resultText } from './report.ts';
import { type CaseResult, type Result, readResult } from './result.ts';
import { startEcho, startInstance } from './servers.ts';

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
  const opened = <T extends { stop(): Promise<void> }>(server: T): T => {
    started.push(server);
    return server;
  };
  try {
    const bench = {
      generator: opened(new PinnedProcess(GENERATOR)),
      echo: opened(await startEcho(ROOT)),
      kms: opened(await startInstance(ROOT, options)),
    };
    const cases = await measureCases(bench, options);
    const [cpu] = cpus();
    const machine = { node: process.version, cpu: cpu?.model ?? '', cores: cpus().length, pinned: canPin };
    return { version: 1, startedAt, machine, cases };
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
  const changes = compareResults(readResult(before), readResult(after));
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
