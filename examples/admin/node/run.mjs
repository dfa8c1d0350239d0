// Starts one of the programs: reads the scenario file of the command line, runs `body(report, scenario)`, ends with the
// count of checks. test/sdk/run.ts writes scenario files; the private CA reaches Node as NODE_EXTRA_CA_CERTS.

import { readFile } from 'node:fs/promises';
import { Report } from './report.mjs';

export async function run(body) {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Error('usage: node <program> <scenario.json>');
  const report = new Report();
  await body(report, JSON.parse(await readFile(file, 'utf8')));
  process.exitCode = report.finish();
}
