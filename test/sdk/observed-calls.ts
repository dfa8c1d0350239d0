// Which client has called what, read from the audit log of an instance after the run: the source of the compatibility
// document's columns. The result is committed; a run that saw something else fails, and one with SDK_RECORD=1 writes it.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ADMIN_CLIENTS } from './admin-programs.ts';
import type { Instance } from './instance.ts';
import { REFUSED_ACTIONS } from './specified-actions.ts';
import type { Tally } from './tally.ts';

export const OBSERVED_CALLS = new URL('./observed-calls.json', import.meta.url);

/** By client, sorted: `<version> <action>` on the control plane, API names on the data plane. */
export interface ObservedCalls {
  readonly control: Readonly<Record<string, readonly string[]>>;
  readonly data: Readonly<Record<string, readonly string[]>>;
}

interface AuditLine {
  readonly plane: string;
  readonly user_agent: string;
  readonly api_name: string;
  readonly api_version: string;
  readonly principal_id: string;
  readonly status_code: number;
  readonly error_code: string;
}

/** Columns of the data plane, by a part of the user agent. */
export const DATA_CLIENTS: Readonly<Record<string, string>> = {
  Java: 'kms-gcs-java-sdk-version',
  Go: 'kms-gcs-go-sdk-version',
  Python: 'kms-gcs-python-sdk-version',
};

/** Leaves no audit event, by specification; a check of this client calls it. */
const UNAUDITED: readonly (readonly [client: string, call: string])[] = [
  ['pop-core', '2016-01-20 DescribeRegions'],
];

/** A run that could see everything must have seen what the committed file says. */
export async function checkObservedCalls(instance: Instance, tally: Tally): Promise<void> {
  const seen = `${JSON.stringify(observedCalls(await auditLines(instance)), null, 2)}\n`;
  if (process.env['SDK_RECORD'] === '1') await writeFile(OBSERVED_CALLS, seen);
  tally.check(
    'the clients made the calls that docs/compatibility.md tells of',
    seen === (await readFile(OBSERVED_CALLS, 'utf8')),
    'run again with SDK_RECORD=1, then npm run docs',
  );
}

async function auditLines({ dataDirectory }: Instance): Promise<AuditLine[]> {
  const folder = join(dataDirectory, 'audit');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditLine),
  );
}

function observedCalls(lines: readonly AuditLine[]): ObservedCalls {
  const answered = lines.filter(
    ({ status_code, error_code, api_name }) =>
      status_code === 200 || error_code === REFUSED_ACTIONS[api_name],
  );
  const control = ADMIN_CLIENTS.map(({ name }) => {
    const calls = answered
      .filter((line) => line.plane === 'control' && line.principal_id === name)
      .map((line) => `${line.api_version} ${line.api_name}`);
    const unaudited = UNAUDITED.filter(([client]) => client === name).map(([, call]) => call);
    return [name, sorted([...calls, ...unaudited])] as const;
  });
  const data = Object.entries(DATA_CLIENTS).map(([language, agent]) => {
    const calls = answered
      .filter((line) => line.plane === 'data' && line.user_agent.includes(agent))
      .map((line) => line.api_name);
    return [language, sorted(calls)] as const;
  });
  return { control: Object.fromEntries(control), data: Object.fromEntries(data) };
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
