// The command line of the bench.

import { parseArgs } from 'node:util';
import { AXES, type AxisName } from './growth.ts';
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
  /** Whether the latency at half of the maximum rate is measured too. */
  readonly halfRate: boolean;
  /** Program of OpenBao, to be measured too. */
  readonly openBao: string | null;
  /** Baseline that the run is held to. */
  readonly baseline: string | null;
  /** Where the run is written as a baseline. */
  readonly writeBaseline: string | null;
}

export type Options =
  | { readonly mode: 'run' | 'audit'; readonly run: RunOptions }
  | { readonly mode: 'processes'; readonly run: RunOptions; readonly counts: readonly string[] }
  | { readonly mode: 'growth'; readonly run: RunOptions; readonly axes: readonly AxisName[] }
  | { readonly mode: 'soak'; readonly run: RunOptions; readonly requests: number }
  | { readonly mode: 'plots'; readonly growth: string; readonly folder: string }
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
  --rate half         also with half the requests a second that the instance can answer, sent when they are due
  --openbao PATH      also OpenBao's transit engine, started from this program
  --baseline FILE     hold the CPU ratios to a baseline; exit code 1 when one fell too far
  --write-baseline FILE  make the run the baseline
  --processes N,all   instead: instances with so many processes, on all cores, in turn
  --growth A,B        instead: how Encrypt's cost grows with ${Object.keys(AXES).join(', ')}; or all
  --plots FILE [DIR]  draw the result of --growth as SVG files, default docs/
  --soak N            instead: memory after N requests against after 100,000
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
      rate: { type: 'string' },
      openbao: { type: 'string' },
      baseline: { type: 'string' },
      'write-baseline': { type: 'string' },
      processes: { type: 'string' },
      growth: { type: 'string' },
      soak: { type: 'string' },
      plots: { type: 'boolean', default: false },
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
  if (values.plots) {
    const [growth, folder = 'docs', ...rest] = positionals;
    if (growth === undefined || rest.length > 0)
      throw new Error('--plots takes a result of --growth and a folder');
    return { mode: 'plots', growth, folder };
  }
  if (positionals.length > 0) throw new Error(`unexpected ${positionals.join(' ')}`);
  const form = values.short ? SHORT : LONG;
  const edition = editionName(values.edition);
  const run: RunOptions = {
    edition,
    scenarios:
      values.scenario?.split(',').map((text) => scenarioName(text, edition)) ?? DEFAULT_SCENARIOS[edition],
    connections: values.connections.split(',').map((text) => within('--connections', text, 1, 1024)),
    seconds: within('--seconds', values.seconds ?? form.seconds, 1, 60),
    rounds: within('--rounds', values.rounds ?? form.rounds, 1, 50),
    json: values.json ?? null,
    profile: values.profile ?? null,
    settings: Object.fromEntries(values.setting.map(settingOf)),
    halfRate: halfRate(values.rate),
    openBao: values.openbao ?? null,
    baseline: values.baseline ?? null,
    writeBaseline: values['write-baseline'] ?? null,
  };
  return modeOf(run, values);
}

interface ModeValues {
  readonly audit: boolean;
  readonly processes?: string | undefined;
  readonly growth?: string | undefined;
  readonly soak?: string | undefined;
}

function modeOf(run: RunOptions, { audit, processes, growth, soak }: ModeValues): Options {
  const modes: Options[] = [];
  if (audit) modes.push({ mode: 'audit', run });
  if (processes !== undefined)
    modes.push({ mode: 'processes', run, counts: processes.split(',').map(processCount) });
  if (growth !== undefined) modes.push({ mode: 'growth', run, axes: axesOf(growth) });
  if (soak !== undefined)
    modes.push({ mode: 'soak', run, requests: within('--soak', soak, 100_000, 1_000_000_000) });
  if (modes.length > 1) throw new Error('--audit, --processes, --growth and --soak exclude each other');
  return modes[0] ?? { mode: 'run', run };
}

function halfRate(text: string | undefined): boolean {
  if (text === undefined || text === 'half') return text === 'half';
  throw new Error(`--rate: there is no ${text}`);
}

function processCount(text: string): string {
  return text === 'all' ? text : String(within('--processes', text, 1, 64));
}

function axesOf(text: string): AxisName[] {
  const known = Object.keys(AXES) as AxisName[];
  if (text === 'all') return known;
  return text.split(',').map((name) => {
    const axis = known.find((each) => each === name);
    if (axis === undefined) throw new Error(`--growth: there is no ${name}`);
    return axis;
  });
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
