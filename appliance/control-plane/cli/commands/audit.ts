// `kms audit …`: the audit log as files, without any connection.

import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Verification, verifyAuditLog } from '../../../audit-reading.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { CliError, configurationError, EXIT, usageError } from '../failures.ts';
import type { Terminal } from '../terminal.ts';

export const AUDIT_COMMANDS: readonly Command[] = [
  {
    path: 'audit verify',
    summary: 'check that an audit log is complete, in order and unchanged; needs no instance',
    examples: [
      'audit verify data/audit --public-key public-key.pem',
      'audit verify copy --public-key public-key.pem --head audit-head.json --as-of 2026-01-31T00:00:00Z',
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
        description: 'checkpoint kept apart: the log must reach it; one a process',
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
];

async function verify(call: CommandCall): Promise<Result> {
  const heads = await Promise.all((call.values.get('--head') ?? []).map(fileText));
  const verifications = await verifyAuditLog({
    directory: call.value('directory') ?? '',
    publicKey: publicKeyOf(await fileText(call.value('--public-key') ?? '')),
    head: heads.map((head) => `${head.trimEnd()}\n`).join(''),
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
  const { process, segments, records, checkpoints, lastCheckpoint, unsealed } = verification;
  record([
    ['Process', process],
    ['Segments', String(segments)],
    ['Records', String(records)],
    ['Checkpoints', String(checkpoints)],
    ['Last checkpoint', lastCheckpoint?.time ?? '-'],
    ['Not yet sealed', `${unsealed} records after the last checkpoint`],
  ]);
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
