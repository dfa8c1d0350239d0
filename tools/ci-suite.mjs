// One suite of CI: a shell command with a deadline and a log file, and what it counted. A suite that ends badly counts
// at least one failure, whatever it printed; so does one that must count and counted nothing.

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { countsOf } from './ci-counts.mjs';

const DEADLINE_MS = 20 * 60_000;

/** Process groups; an interrupted CI leaves none behind. */
const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const group of running) endGroup(group);
    process.exit(1);
  });
}

/** @returns {Promise<{ name, output, seconds, passed, failed, skipped, why }>} `why` is null when all is well */
export async function runSuite({ name, command, counts = false }, logs) {
  const log = join(logs, `${name.replace(/[^a-z0-9.]+/gi, '-')}.log`);
  const startedAt = Date.now();
  const ending = await run(command, log);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const output = stripVTControlCharacters(readFileSync(log, 'utf8'));
  const counted = countsOf(output);
  const why = complaint(ending, counts, counted);
  const passed = counts ? counted.passed : Number(why === null);
  const failed = why === null ? counted.failed : Math.max(1, counted.failed);
  return { name, output, seconds, passed, failed, skipped: counted.skipped, why };
}

function complaint(ending, counts, { passed, failed }) {
  if (ending !== 0) return `ended with ${ending}`;
  if (failed > 0) return 'ended with 0 although tests failed';
  return counts && passed === 0 ? 'ran no test' : null;
}

function endGroup(leader) {
  process.kill(-leader, 'SIGKILL');
}

/** The exit code, or the signal that ended it; its children end with it. */
function run(command, log) {
  const file = openSync(log, 'w');
  const child = spawn('bash', ['-c', command], {
    stdio: ['ignore', file, file],
    detached: true,
    env: { ...process.env, CI: 'true', NO_COLOR: '1' },
  });
  closeSync(file);
  running.add(child.pid);
  const timer = setTimeout(() => endGroup(child.pid), DEADLINE_MS);
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(child.pid);
      resolve(code ?? signal);
    });
  });
}
