// The text of docs/compatibility.md, made from the tables of actions and APIs and from the calls that the clients of
// test:sdk were seen to make.

import { readFileSync } from 'node:fs';
import { ACTIONS } from '../../appliance/control-plane/action-table.ts';
import { UNBUILT_ACTIONS } from '../../appliance/control-plane/unbuilt-actions.ts';
import { SM_KEY_SPECS } from '../../appliance/core/key-specs.ts';
import { findOperation } from '../../appliance/data-plane/operations/table.ts';
import { getSecretValue, hmac } from '../../appliance/data-plane/operations/unbuilt.ts';
import { APIS } from '../../proto/index.ts';
import { ADMIN_CLIENTS } from './admin-programs.ts';
import { KEY_SPECS_HEAD, keySpecRows } from './key-specs-table.ts';
import { DATA_CLIENTS, OBSERVED_CALLS, type ObservedCalls } from './observed-calls.ts';
import { FURTHER_ACTIONS, REFUSED_ACTIONS, SPECIFIED_ACTIONS, UNKNOWN_ACTIONS } from './specified-actions.ts';

const YES = 'yes';
const NO = 'no';
const MARK = 'x';

/** Markdown. */
export function compatibilityDocument(): string {
  const observed = JSON.parse(readFileSync(OBSERVED_CALLS, 'utf8')) as ObservedCalls;
  const groups = SPECIFIED_ACTIONS.map(
    ({ title, version, actions }) => `### ${title}\n\n${actionTable(version, actions, observed)}`,
  );
  return `${[
    '# What works with which client',
    `This file is generated (\`npm run docs\`); a test compares it with the tables of the code. A mark in the column of a
client says that \`npm run test:sdk\` made that call with it, unmodified, against a running instance over verified TLS,
and that the instance answered as it should.`,
    '## Administration: KMS OpenAPI and RAM',
    `A known action that is not implemented answers \`UnsupportedOperation\`. Where a code stands instead of \`yes\`, the
action has no other answer here: it is implemented, and always refused.`,
    CLIENT_LIST,
    `The \`aliyun\` command line is built on the library of column ${letterOf(CLI_LIBRARY)} and sends what it sends. The
Terraform provider \`alicloud\` is not run; the requests in its source, and what it takes from the answers, are replayed
by \`test/wire/control-plane/terraform-forms.test.ts\`.`,
    ...groups,
    '### Further actions',
    'No SDK of KMS has them; the `kms` command calls them, signed as all others are.',
    FURTHER_ACTIONS.map(({ title, actions }) => `- ${title}: ${actions.join(', ')}`).join('\n'),
    '## Cryptography: the data plane',
    'The official SDKs of the data plane, each with every key spec of the edition. All APIs are of the basic edition.',
    dataTable(observed),
    '## Key specs, usages and algorithms',
    `What an edition has: \`yes\` for all algorithms of the row, or which of them. A usage or an algorithm that a key does not have
answers \`UnsupportedOperation\`, an asymmetric call of the OpenAPI \`Rejected.UnsupportedOperation\`. The first usage is CreateKey's default, the first algorithm that of a call which names none. A key has one usage; in the standard
edition an asymmetric one can have both (\`AdditionalKeyUsage\`). The Advance calls take AES keys and AES_GCM alone; data keys
and data key pairs are encrypted by symmetric keys, with their GCM algorithm, and so is what the OpenAPI's Encrypt takes. New
keys of ${[...SM_KEY_SPECS].join(' and ')} need the setting \`sm.enabled\`. In the standard edition what the tokens of the
cluster cannot do is refused as well.`,
    table(KEY_SPECS_HEAD, keySpecRows()),
  ].join('\n\n')}\n`;
}

const letterOf = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);

const CLI_LIBRARY = ADMIN_CLIENTS.findIndex(({ name }) => name === 'alibaba-cloud-sdk-go');

const CLIENT_LIST = `The columns:\n\n${ADMIN_CLIENTS.map(
  ({ client }, index) => `- ${letterOf(index)}: ${client}`,
).join('\n')}`;

function actionTable(version: string, actions: readonly string[], { control }: ObservedCalls): string {
  const rows = actions.map((action) => {
    const marks = ADMIN_CLIENTS.map(({ name }) => control[name]?.includes(`${version} ${action}`) === true);
    return [action, stateOf(version, action), ...marks.map((called) => (called ? MARK : ''))];
  });
  return table(['Action', 'Implemented', ...ADMIN_CLIENTS.map((_, index) => letterOf(index))], rows);
}

function stateOf(version: string, action: string): string {
  if (ACTIONS.some(({ name, api }) => name === action && api.version === version)) {
    const refusal = REFUSED_ACTIONS[action];
    return refusal === undefined ? YES : `\`${refusal}\``;
  }
  if (UNKNOWN_ACTIONS.includes(action)) return '`InvalidAction.NotFound`';
  if (UNBUILT_ACTIONS.includes(action)) return NO;
  throw new Error(`${action} is in no table of the control plane`);
}

function dataTable({ data }: ObservedCalls): string {
  const languages = Object.keys(DATA_CLIENTS);
  const unbuilt: readonly unknown[] = [hmac, getSecretValue];
  const rows = Object.keys(APIS).map((api) => [
    api,
    unbuilt.includes(findOperation(api)) ? NO : YES,
    ...languages.map((language) => (data[language]?.includes(api) === true ? MARK : '')),
  ]);
  return table(['API', 'Implemented', ...languages], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
