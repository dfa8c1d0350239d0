// `kms audit query`: searches the files of an audit log and prints what it finds as it goes, whatever its size.

import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { actionTrailEvent, queryAuditLog, readRecord, textLine } from '../../../audit-reading.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { CliError, EXIT, usageError } from '../failures.ts';
import type { Host } from '../host.ts';
import { visible } from '../terminal.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const FORMAT_NAMES = ['text', 'json', 'actiontrail'] as const;
type FormatName = (typeof FORMAT_NAMES)[number];

/** A JSON line of the log as it is printed; null: it has no such form. */
type Format = (line: string) => string | null;

const FORMATS: Readonly<Record<FormatName, Format>> = {
  text: (line) => {
    const { record, origin } = readRecord(line);
    return textLine(record, origin).trimEnd();
  },
  json: (line) => line,
  actiontrail: (line) => {
    const event = actionTrailEvent(readRecord(line));
    return event && JSON.stringify(event);
  },
};

export const AUDIT_QUERY: Command = {
  path: 'audit query',
  summary: 'search an audit log, its segments or delivered ones; needs no instance',
  examples: [
    'audit query --since 1h --errors',
    'audit query --since 7d --key key-hzz62f1cb66fa42qo9c0f --api Decrypt --format json',
    'audit query copy --since 2026-01-01T00:00:00Z --until 2026-02-01T00:00:00Z --format actiontrail',
  ],
  args: [
    {
      name: 'directory',
      description: 'the log, a copy of it, or what was delivered; by default audit in KMS_DATA_DIR (./data)',
      optional: true,
    },
  ],
  options: [
    { flag: '--since', value: 'TIME', description: 'so long ago (30s, 15m, 1h, 7d), or an ISO 8601 time' },
    { flag: '--until', value: 'TIME', description: 'likewise; by default until now' },
    { flag: '--key', value: 'ID', description: 'of this key, or another resource by its name' },
    { flag: '--caller', value: 'ID', description: 'of this Client Key, AccessKey, access point or user' },
    { flag: '--api', value: 'NAME', description: 'of this API or action' },
    { flag: '--request-id', value: 'ID', description: 'the request that was answered with this id' },
    { flag: '--errors', description: 'only what was refused or failed' },
    {
      flag: '--format',
      value: 'FORMAT',
      description: 'form of a record',
      choices: FORMAT_NAMES,
      fallback: 'text',
    },
  ],
  connects: false,
  json: false,
  run: query,
};

async function query(call: CommandCall): Promise<Result> {
  const { host } = call;
  const value = (name: string): string | undefined => call.value(name);
  const form = FORMATS[FORMAT_NAMES.find((name) => name === value('--format')) ?? 'text'];
  const found = queryAuditLog({
    directory: value('directory') ?? join(resolve(host.environment['KMS_DATA_DIR'] ?? './data'), 'audit'),
    since: timeOf(call, '--since'),
    until: timeOf(call, '--until'),
    resource: value('--key'),
    caller: value('--caller'),
    api: value('--api'),
    requestId: value('--request-id'),
    errors: value('--errors') !== undefined,
  });
  try {
    for await (const lines of found) await print(lines, form, host);
  } catch (error) {
    throw new CliError(EXIT.configuration, error instanceof Error ? error.message : String(error));
  }
  return { show: () => undefined };
}

/** Waits for a reader that is slower than the disk. */
async function print(lines: readonly string[], form: Format, { stdout }: Host): Promise<void> {
  const printed = lines.map(form).filter((line) => line !== null);
  // A file gets the bytes of the log; a terminal is not driven by what a client called itself.
  const shown = stdout.isTTY ? printed.map(visible) : printed;
  if (shown.length > 0 && !stdout.write(`${shown.join('\n')}\n`)) await once(stdout, 'drain');
}

function timeOf({ value, host }: CommandCall, flag: string): number | undefined {
  const text = value(flag);
  if (text === undefined) return undefined;
  const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const time =
    amount === undefined ? Date.parse(text) : host.clock() - Number(amount) * (UNIT_MS[unit] ?? Number.NaN);
  if (Number.isNaN(time) || Math.abs(time) > MAX_TIME_MS) throw usageError(`${flag}: not a time`);
  return time;
}

/** The last time that is written with a year of four digits. */
const MAX_TIME_MS = Date.UTC(9999, 11, 31);
