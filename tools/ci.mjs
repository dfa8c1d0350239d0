// CI: the README's test command, then the slower suites of the table, then what was skipped and one line that sums up.
// Lanes run side by side, the suites of a lane one after another; those of the lane `alone` come last and have the whole
// machine. A suite whose npm script package.json does not have is not listed. Adding a suite is adding a row.

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLines, countsText } from './ci-counts.mjs';
import { runSuite } from './ci-suite.mjs';

/** The product's Node. The one that runs this file is the floor. */
const PRODUCT_NODE = '24.21.0';

const README_COMMAND = { name: 'npm ci && npm test', command: 'npm ci && npm test', counts: true };

/** Other rounds every time; the log says which. About a minute of one core each. */
function smRounds(shard) {
  return `npm run test:sm -- --rounds 10000 --shard ${shard}/2 --seed random`;
}

/** `counts`: the suite must say how many tests passed; any other counts as one check. Default command: the script. */
const SUITES = [
  { name: 'lint', lane: 'source', script: 'lint' },
  { name: 'types', lane: 'source', script: 'types' },
  { name: 'generated codecs', lane: 'source', script: 'proto', command: 'npm run proto -- --check' },
  {
    name: `unit tests on Node ${PRODUCT_NODE}`,
    lane: 'source',
    script: 'test',
    command: `npx --yes node@${PRODUCT_NODE} node_modules/vitest/vitest.mjs run`,
    counts: true,
  },
  { name: 'SM2, 1 of 2', lane: 'source', script: 'test:sm', command: smRounds(1) },
  { name: 'SM2, 2 of 2', lane: 'clients', script: 'test:sm', command: smRounds(2) },
  { name: 'tools', lane: 'clients', script: 'test:sdk', command: 'bash .ci/install-tools' },
  { name: 'SDKs', lane: 'clients', script: 'test:sdk', counts: true },
  { name: 'HSM', lane: 'clients', script: 'test:hsm', counts: true },
  { name: 'faults', lane: 'alone', script: 'test:fault', counts: true },
  { name: 'bench', lane: 'alone', script: 'bench:short' },
];

const print = (text) => process.stdout.write(`${text}\n`);

async function main() {
  const logs = mkdtempSync(join(tmpdir(), 'dedicated-kms-ci-'));
  print(`a log of each suite is in ${logs}`);
  const first = await runSuite(README_COMMAND, logs);
  report(first);
  if (first.passed === 0) {
    print('Nothing is installed, or no test passed: the other suites are not run.');
    return [first];
  }
  return [first, ...(await runTable(logs))];
}

async function runTable(logs) {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const listed = SUITES.filter(({ script }) => script in scripts);
  const finished = new Map();
  let reported = 0;
  const runLane = async (name) => {
    for (const suite of listed.filter(({ lane }) => lane === name)) {
      finished.set(suite, await runSuite({ command: `npm run ${suite.script}`, ...suite }, logs));
      // In the order of the table, each as soon as those before it are done.
      for (; finished.has(listed[reported]); reported++) report(finished.get(listed[reported]));
    }
  };
  await Promise.all(['source', 'clients'].map(runLane));
  await runLane('alone');
  return [...finished.values()];
}

function report({ name, output, seconds, why, ...counts }) {
  print(`\n=== ${name}\n${output.trimEnd()}`);
  print(`--- ${name}: ${why ?? 'ok'} in ${seconds} s (${countsText(counts)})`);
}

const results = await main();
print(`\n${closingLines(results).join('\n')}`);
process.exitCode = results.every(({ failed }) => failed === 0) ? 0 : 1;
