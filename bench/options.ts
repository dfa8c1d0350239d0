// The command line of the bench.

import { parseArgs } from 'node:util';
import { RAW_OPERATIONS } from './raw-operations.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';

export interface RunOptions {
  readonly edition: Edition;
  readonly scenarios: readonly ScenarioName[];
  readonly connections: readonly number[];
  readonly seconds: number;
  readonly rounds: number;
  readonly json: string | null;
  /** Folder for the instance's CPU profile. */
  readonly profile: string | null;
  /** KMS_* variables of the instance. */
  readonly settings: Readonly<Record<string, string>>;
}

export type Options =
  | { readonly mode: 'run' | 'audit'; readonly run: RunOptions }
  | { readonly mode: 'compare'; readonly before: string; readonly after: string };

export type Edition = 'basic' | 'standard';

export const USAGE = `Usage: npm run bench -- [options]
  --edition NAME      basic (default), against a bare server, or standard, with its keys in SoftHSM, against raw PKCS#11
  --scenario A,B      of: ${Object.keys(SCENARIOS).join(', ')}; default: the main four;
                      standard edition: ${Object.keys(RAW_OPERATIONS).join(', ')}; default: the first and the third
  --connections N,M   open connections, default 64
  --seconds S         length of a measurement, default 3
  --rounds R          alternations of bare server and instance, default 5
  --json FILE         where the figures go, default bench/results/<time>.json
  --profile DIR       write a CPU profile of the instance there (its figures are then too low)
  --setting NAME=VALUE  a KMS_* variable of the instance, several times
  --audit             the audit log's cost instead: off, write and group in turn
  --short             the form for CI: one second, three rounds
  --compare OLD NEW   judge two results instead; exit code 1 when a ratio fell beyond its noise
`;

const DEFAULT_SCENARIOS: Readonly<Record<Edition, readonly ScenarioName[]>> = {
  basic: ['encrypt', 'decrypt', 'sign-p256', 'sign-rsa2048'],
  standard: ['encrypt', 'sign-p256'],
};
const SHORT = { seconds: '1', rounds: '3' };
const LONG = { seconds: '3', rounds: '5' };

/** @throws Error that says which option is wrong */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      edition: { type: 'string', default: 'basic' },
      scenario: { type: 'string' },
      connections: { type: 'string', default: '64' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      json: { type: 'string' },
      profile: { type: 'string' },
      setting: { type: 'string', multiple: true, default: [] },
      audit: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      compare: { type: 'boolean', default: false },
    },
  });
  if (values.compare) {
    const [before, after, ...rest] = positionals;
    if (before === undefined || after === undefined || rest.length > 0)
      throw new Error('--compare takes two result files');
    return { mode: 'compare', before, after };
  }
  if (positionals.length > 0) throw new Error(`unexpected ${positionals.join(' ')}`);
  const form = values.short ? SHORT : LONG;
  const edition = editionName(values.edition);
  return {
    mode: values.audit ? 'audit' : 'run',
    run: {
      edition,
      scenarios:
        values.scenario?.split(',').map((text) => scenarioName(text, edition)) ?? DEFAULT_SCENARIOS[edition],
      connections: values.connections.split(',').map((text) => within('--connections', text, 1, 1024)),
      seconds: within('--seconds', values.seconds ?? form.seconds, 1, 60),
      rounds: within('--rounds', values.rounds ?? form.rounds, 1, 50),
      json: values.json ?? null,
      profile: values.profile ?? null,
      settings: Object.fromEntries(values.setting.map(settingOf)),
    },
  };
}

function settingOf(text: string): readonly [string, string] {
  const [, name, value] = /^(KMS_[A-Z0-9_]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new Error(`--setting: ${text} is not KMS_NAME=VALUE`);
  return [name, value];
}

function editionName(text: string): Edition {
  if (text === 'basic' || text === 'standard') return text;
  throw new Error(`--edition: there is no ${text}`);
}

function scenarioName(text: string, edition: Edition): ScenarioName {
  if (Object.hasOwn(edition === 'standard' ? RAW_OPERATIONS : SCENARIOS, text)) return text as ScenarioName;
  throw new Error(`--scenario: there is no ${text}`);
}

function within(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`${option} must be a whole number from ${least} to ${most}`);
}
