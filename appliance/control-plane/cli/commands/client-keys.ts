// `kms client-key …`: credentials of access points. The private key leaves the instance once, into a file of mode 0600;
// its password is generated into another one, or read, and never shown. Source: control-plane specification 2.6.3.

import { answerText } from '../answer-fields.ts';
import { type ApiRow, apiCommand } from '../api-command.ts';
import { clientKeyFile, newPassword } from '../client-key-files.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { usageError } from '../failures.ts';
import { readFirstLine } from '../input.ts';
import { reserveFiles } from '../new-files.ts';
import { without } from '../paging.ts';
import { allOrNothing } from '../undo.ts';

const CREATE: Command = {
  path: 'client-key create',
  summary: 'create a Client Key and write it and its password to files',
  examples: [
    'client-key create --aap orders --out client-key.json  # password: client-key.password',
    'client-key create --aap orders --out client-key.json --password-file my-password',
  ],
  options: [
    { flag: '--aap', value: 'NAME', required: true, description: 'the access point it belongs to' },
    { flag: '--out', value: 'FILE', required: true, description: 'new file for the Client Key' },
    {
      flag: '--password-file',
      value: 'FILE',
      description: 'read the password from this file (- for standard input)',
    },
    {
      flag: '--password-out',
      value: 'FILE',
      description: 'new file for the generated password; by default beside the Client Key',
    },
    { flag: '--not-before', value: 'TIME', description: 'YYYY-MM-DDThh:mm:ssZ; now' },
    { flag: '--not-after', value: 'TIME', description: 'YYYY-MM-DDThh:mm:ssZ; in five years' },
  ],
  connects: true,
  json: true,
  run: createClientKey,
};

async function createClientKey(call: CommandCall): Promise<Result> {
  const clientKeyPath = call.value('--out') ?? '';
  const given = call.value('--password-file');
  const wanted = call.value('--password-out');
  if (given !== undefined && wanted !== undefined) {
    throw usageError('--password-out is for a generated password: leave it out with --password-file');
  }
  const passwordPath = wanted ?? `${clientKeyPath.replace(/\.json$/, '')}.password`;
  const password = given === undefined ? newPassword(call) : await readFirstLine(given, call.host);
  const paths = given === undefined ? [clientKeyPath, passwordPath] : [clientKeyPath];
  const output = await reserveFiles(paths);

  const answer = await allOrNothing(call.terminal, async ({ step }) => {
    await step('files', () => Promise.resolve(), output.discard);
    const parameters = { AapName: call.value('--aap') ?? '', Password: password, ...validity(call) };
    const created = await call.api('CreateClientKey', parameters);
    const ClientKeyId = answerText(created, 'ClientKeyId');
    await step(
      'Client Key',
      async () => {
        if (given === undefined) await output.write(passwordPath, password);
        await output.write(clientKeyPath, clientKeyFile(created));
      },
      () => call.api('DeleteClientKey', { ClientKeyId }),
    );
    return created;
  });
  const fields = [
    ['Client Key', answerText(answer, 'ClientKeyId')],
    ['valid', `${answerText(answer, 'NotBefore')} to ${answerText(answer, 'NotAfter')}`],
    ['Client Key file', clientKeyPath],
    ...(given === undefined ? [['password file', passwordPath] as const] : []),
  ] as const;
  // The file holds the private key; nothing else shows it.
  return {
    json: { ...without(answer, 'PrivateKeyData'), Files: paths },
    show: ({ record }) => record(fields),
  };
}

function validity(call: CommandCall): Record<string, string> {
  const from = call.value('--not-before');
  const to = call.value('--not-after');
  return { ...(from !== undefined && { NotBefore: from }), ...(to !== undefined && { NotAfter: to }) };
}

const CLIENT_KEY_ID = {
  name: 'client-key-id',
  description: 'KAAP.…',
  parameter: 'ClientKeyId',
} as const;

const ROWS: readonly ApiRow[] = [
  {
    path: 'client-key list',
    summary: 'list Client Keys, of all access points or of one',
    examples: ['client-key list --aap orders'],
    action: 'ListClientKeys',
    options: [
      { flag: '--aap', value: 'NAME', parameter: 'AapName', description: 'only those of this access point' },
    ],
    output: {
      form: 'list',
      at: ['ClientKeys'],
      paging: 'none',
      columns: [
        ['CLIENT KEY ID', 'ClientKeyId'],
        ['ACCESS POINT', 'AapName'],
        ['NOT BEFORE', 'NotBefore'],
        ['NOT AFTER', 'NotAfter'],
      ],
    },
  },
  {
    path: 'client-key describe',
    summary: 'show a Client Key with its certificate',
    examples: ['client-key describe KAAP.0d8f…'],
    action: 'GetClientKey',
    args: [CLIENT_KEY_ID],
    output: { form: 'record' },
  },
  {
    path: 'client-key delete',
    summary: 'delete a Client Key; its next request is refused',
    examples: ['client-key delete KAAP.0d8f…'],
    action: 'DeleteClientKey',
    args: [CLIENT_KEY_ID],
    output: { form: 'done', text: ({ ClientKeyId }) => `Client Key ${ClientKeyId} deleted.` },
  },
];

export const CLIENT_KEY_COMMANDS: readonly Command[] = [CREATE, ...ROWS.map(apiCommand)];
