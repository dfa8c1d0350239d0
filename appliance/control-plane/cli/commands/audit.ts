// `kms audit …`: the audit log, as files without any connection, and as the instance that writes it tells of it.

import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readHeads, type Verification, verifyAuditLog } from '../../../audit-reading.ts';
import { answerObject } from '../answer-fields.ts';
import { type ApiRow, apiCommand, recordFields } from '../api-command.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { CliError, configurationError, EXIT, usageError } from '../failures.ts';
import type { Terminal } from '../terminal.ts';
import { AUDIT_QUERY } from './audit-query.ts';

/** Records of the data plane; those of the control plane never stop. */
const SWITCH: readonly ApiRow[] = [
  {
    path: 'audit enable',
    summary: 'record the requests of applications (which is so unless it was disabled)',
    examples: ['audit enable'],
    action: 'EnableAuditLog',
    output: { form: 'done', text: () => 'Requests of applications are recorded.' },
  },
  {
    path: 'audit disable',
    summary: 'no longer record the requests of applications; those of administrators are recorded always',
    examples: ['audit disable'],
    action: 'DisableAuditLog',
    output: { form: 'done', text: () => 'Requests of applications are not recorded until audit enable.' },
  },
];

const STATUS: Command = {
  path: 'audit status',
  summary: 'show whether the audit log records, where its chain stands, and what waits for delivery',
  examples: ['audit status', 'audit status --json'],
  connects: true,
  json: true,
  async run(call) {
    const body = await call.api('GetAuditLogStatus');
    const { LastCheckpoint, Health, ...fields } = answerObject(body, 'AuditLog');
    const nested = [...prefixed('LastCheckpoint', LastCheckpoint), ...prefixed('', Health)];
    return { json: body, show: ({ record }) => record([...recordFields(fields), ...nested]) };
  },
};

/** The fields of a member, which may be absent. */
function prefixed(prefix: string, value: unknown) {
  return recordFields(value ?? {}).map(([name, text]) => [`${prefix}${name}`, text] as const);
}

export const AUDIT_COMMANDS: readonly Command[] = [
  {
    path: 'audit verify',
    summary: 'check that an audit log is complete, in order and unchanged; needs no instance',
    examples: [
      'audit verify data/audit --public-key public-key.pem',
      'audit verify copy --public-key public-key.pem --head audit-head.json --as-of 2026-01-31T00:00:00Z',
      'audit verify data/audit --public-key public-key.pem --from p0=721',
    ],
    args: [{ name: 'directory', description: 'the log, or a copy of it' }],
    options: [
      {
        flag: '--public-key',
        value: 'FILE',
        description: 'public key of the audit key (PEM)',
        required: true,
      },
      {
        flag: '--head',
        value: 'FILE',
        description: 'checkpoints kept apart: the log must reach them; once or more for each process',
        repeatable: true,
      },
      {
        flag: '--from',
        value: 'CHAIN=NUMBER',
        description: 'begins the chain with this segment: earlier ones are not checked; one a process',
        repeatable: true,
      },
      { flag: '--as-of', value: 'TIME', description: 'when the copy was made (ISO 8601); by default now' },
      {
        flag: '--max-age',
        value: 'SECONDS',
        description: 'age of the last checkpoint that a running instance may have',
        fallback: '300',
      },
    ],
    connects: false,
    json: true,
    run: verify,
  },
  AUDIT_QUERY,
  ...SWITCH.map(apiCommand),
  STATUS,
];

async function verify(call: CommandCall): Promise<Result> {
  const from = new Map((call.values.get('--from') ?? []).map(firstSegmentOf));
  const heads = await Promise.all((call.values.get('--head') ?? []).map(headText));
  const verifications = await verifyAuditLog({
    directory: call.value('directory') ?? '',
    publicKey: publicKeyOf(await fileText(call.value('--public-key') ?? '')),
    head: heads.join('\n'),
    from,
    asOf: timeOf(call),
    maxAgeMs: secondsOf(call) * 1000,
  });
  const bad = verifications.find(({ problem }) => problem !== null)?.problem;
  if (bad) {
    throw new CliError(EXIT.refused, `${bad.file}, line ${bad.line} (record ${bad.sequence}): ${bad.what}`);
  }
  if (verifications.length === 0) throw new CliError(EXIT.refused, 'the directory holds no audit log');
  return {
    json: verifications,
    show: (terminal) => {
      for (const verification of verifications) show(verification, terminal);
    },
  };
}

function show(verification: Verification, { record }: Terminal): void {
  const { process, segments, firstSegment, records, checkpoints, lastCheckpoint, pauses, unsealed } =
    verification;
  record([
    ['Process', process],
    ['Segments', firstSegment === 1 ? String(segments) : `${segments}, from number ${firstSegment}`],
    ...(firstSegment === 1 ? [] : [['Not checked', `what lies before segment ${firstSegment}`] as const]),
    ['Records', String(records)],
    ['Checkpoints', String(checkpoints)],
    ['Last checkpoint', lastCheckpoint?.time ?? '-'],
    ...pauses.map(({ from, until }) => ['Switched off', `${from} to ${until ?? 'the end'}`] as const),
    ['Not yet sealed', `${unsealed} records after the last checkpoint`],
  ]);
}

/** A file without a checkpoint would check nothing. */
async function headText(path: string): Promise<string> {
  const text = await fileText(path);
  if (readHeads(text) === null)
    throw usageError(`--head: ${path} holds no checkpoint, or more than checkpoints`);
  return text;
}

/** Of `p0=12`. */
function firstSegmentOf(text: string): [string, number] {
  const [, process, number] = /^([a-z0-9]{1,16})=([1-9]\d{0,14})$/.exec(text) ?? [];
  if (process === undefined) throw usageError('--from: not a chain and the number of a segment, like p0=12');
  return [process, Number(number)];
}

function timeOf(call: CommandCall): number {
  const text = call.value('--as-of');
  const time = text === undefined ? call.host.clock() : Date.parse(text);
  if (Number.isNaN(time)) throw usageError('--as-of: not a time');
  return time;
}

function secondsOf(call: CommandCall): number {
  const text = call.value('--max-age') ?? '';
  if (!/^\d{1,9}$/.test(text)) throw usageError('--max-age: not a number of seconds');
  return Number(text);
}

function publicKeyOf(pem: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch (error) {
    throw configurationError('--public-key: not a public key', error);
  }
}

async function fileText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw configurationError(error instanceof Error ? error.message : path, error);
  }
}
