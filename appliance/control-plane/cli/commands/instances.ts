// `kms instance …`: the instance itself. Source: control-plane specification 2.7.

import { answerObject, answerText } from '../answer-fields.ts';
import { type ApiRow, apiCommand, recordFields } from '../api-command.ts';
import { instanceFields, instanceId } from '../client-key-files.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { reserveFiles } from '../new-files.ts';
import { itemsAt, without } from '../paging.ts';
import { cell } from '../terminal.ts';

const CA_FIELD = 'CaCertificateChainPem';
const INSTANCE = {
  flag: '--instance',
  value: 'ID',
  description: 'instance id; by default the only one there is',
} as const;

const LIST: ApiRow = {
  path: 'instance list',
  summary: 'list the instances',
  examples: ['instance list'],
  action: 'ListKmsInstances',
  output: {
    form: 'list',
    at: ['KmsInstances', 'KmsInstance'],
    paging: 'number',
    columns: [
      ['INSTANCE ID', 'KmsInstanceId'],
      ['ARN', 'KmsInstanceArn'],
    ],
  },
};

export const INSTANCE_COMMANDS: readonly Command[] = [
  {
    path: 'instance show',
    summary: 'show what the instance is and how much it holds',
    examples: ['instance show', 'instance show --json'],
    options: [INSTANCE],
    connects: true,
    json: true,
    async run(call) {
      const body = await call.api('GetKmsInstance', { KmsInstanceId: await instanceId(call) });
      // The authorities are long, and `instance ca` prints them alone.
      const fields = recordFields(without(answerObject(body, 'KmsInstance'), CA_FIELD));
      return { json: body, show: ({ record }) => record(fields) };
    },
  },
  apiCommand(LIST),
  {
    path: 'instance ca',
    summary: "print the instance's certificate authorities (PEM)",
    examples: ['instance ca > ca.pem', 'instance ca --out ca.pem'],
    options: [INSTANCE, { flag: '--out', value: 'FILE', description: 'new file for them' }],
    connects: true,
    json: false,
    run: printAuthorities,
  },
  {
    path: 'instance quota',
    summary: 'show what the instance may hold and what it holds',
    examples: ['instance quota'],
    options: [INSTANCE],
    connects: true,
    json: true,
    async run(call) {
      const parameters = { KmsInstanceId: await instanceId(call) };
      const body = await call.api('GetKmsInstanceQuotaInfos', parameters);
      const rows = itemsAt(body, ['KmsInstanceQuotaInfos']).map((quota) =>
        ['ResourceType', 'UsedQuantity', 'ResourceQuota'].map((name) => cell(quota[name])),
      );
      return { json: body, show: ({ table }) => table(['RESOURCE', 'USED', 'QUOTA'], rows) };
    },
  },
];

async function printAuthorities(call: CommandCall): Promise<Result> {
  const pem = answerText(await instanceFields(call), CA_FIELD);
  const path = call.value('--out');
  if (path === undefined) return { show: ({ raw }) => raw(pem) };
  const output = await reserveFiles([path]);
  await output.write(path, pem);
  return { show: ({ record }) => record([['CA file', path]]) };
}
