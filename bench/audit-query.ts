// `npm run bench:audit`: how fast `kms audit query` goes through a day of a million records, and how much memory it
// takes. Each query is the command itself in a process of its own. Figures: docs/audit.md.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EMPTY_CHAIN, link } from '../appliance/audit/chain.ts';
import { jsonLine } from '../appliance/audit/event.ts';
import { JSON_SUFFIX, segmentName } from '../appliance/audit/segment-name.ts';
import { runCli } from '../appliance/control-plane/cli/run-cli.ts';
import type { AuditRecord } from '../appliance/core/ports/audit-log.ts';

const RECORDS = 1_000_000;
const DAY = '2026-01-02';
const HOURS = 24;
const BATCH = 5000;
const KEY = 'key-hzz00000000000000042';
const QUERIES: readonly (readonly string[])[] = [
  ['--key', KEY],
  ['--errors'],
  ['--caller', 'KAAP.00000007', '--api', 'Decrypt'],
  ['--since', `${DAY}T15:00:00Z`, '--until', `${DAY}T16:00:00Z`, '--format', 'json'],
  ['--format', 'json'],
  ['--format', 'text'],
];
const KIBIBYTE = 1024;

function generate(directory: string): void {
  let end = EMPTY_CHAIN;
  for (let hour = 0; hour < HOURS; hour++) {
    const hourText = `${DAY}T${String(hour).padStart(2, '0')}`;
    const path = join(
      directory,
      segmentName({ process: 'p0', number: hour + 1, hour: hourText }) + JSON_SUFFIX,
    );
    const count = Math.floor((RECORDS * (hour + 1)) / HOURS) - Math.floor((RECORDS * hour) / HOURS);
    for (let begun = 0; begun < count; begun += BATCH) {
      const lines: string[] = [];
      for (let index = begun; index < Math.min(begun + BATCH, count); index++) {
        const time = Date.parse(`${hourText}:00:00Z`) + Math.floor((index * 3_600_000) / count);
        const linked = link(end, jsonLine(record(end.sequence, time), ORIGIN).trimEnd());
        end = { sequence: linked.sequence, head: linked.head };
        lines.push(linked.line);
      }
      appendFileSync(path, lines.join(''));
    }
  }
}

const ORIGIN = { instanceId: 'kst-hzz00000000000000000', accountId: '1000000000000001' };

/** A thousand keys, a hundred Client Keys, one failure in a thousand. */
function record(number: number, time: number): AuditRecord {
  const failed = number % 1000 === 999;
  const id = createHash('md5').update(String(number)).digest('hex');
  return {
    time,
    plane: 'data',
    clientAddress: `10.0.0.${number % 250}`,
    userAgent: 'AlibabaCloud (Linux; amd64) Java/1.8.0 Core/0.3.0 TeaDSL/1',
    requestId: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
    api: number % 2 === 0 ? 'Encrypt' : 'Decrypt',
    apiVersion: 'dkms-gcs-0.2',
    accessKeyId: `KAAP.${String(number % 100).padStart(8, '0')}`,
    identityType: 'aap',
    principal: `application-${number % 20}`,
    fingerprint: '',
    resource: `key-hzz${String(number % 1000).padStart(17, '0')}`,
    durationMs: (number % 977) / 1000,
    status: failed ? 403 : 200,
    errorCode: failed ? 'Forbidden.NoPermission' : '',
    errorMessage: failed ? 'This operation is forbidden by permission system.' : '',
  };
}

/** In a process of its own: one query into nothing, then its time and its greatest memory. */
async function query(words: readonly string[]): Promise<void> {
  const stdout = createWriteStream('/dev/null');
  const started = performance.now();
  const cpu = process.cpuUsage();
  const { stdin, stderr } = process;
  const code = await runCli(['audit', 'query', ...words], {
    stdin,
    stdout,
    stderr,
    environment: {},
    clock: Date.now,
    randomBytes: () => Buffer.alloc(0),
    interruption: () => new AbortController().signal,
  });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const figures = [
    `${seconds.toFixed(2)} s`,
    `${Math.round(RECORDS / seconds)} records/s`,
    `${((user + system) / 1_000_000).toFixed(2)} s of processor`,
    `${Math.round(process.resourceUsage().maxRSS / KIBIBYTE)} MB`,
  ];
  process.stdout.write(`${figures.join(', ')}\n`);
  process.exitCode = code;
}

function main(): void {
  const directory = mkdtempSync(join(tmpdir(), 'kms-audit-bench-'));
  try {
    generate(directory);
    process.stdout.write(`a day of ${RECORDS} records; node ${process.version}\n`);
    for (const words of QUERIES) {
      const args = ['--import', 'tsx', fileURLToPath(import.meta.url), '--query', directory, ...words];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      process.stdout.write(`${words.join(' ').padEnd(76)} ${stdout}`);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const [mode, ...words] = process.argv.slice(2);
if (mode === '--query') await query(words);
else main();
