// `kms ram user …` and `kms ram access-key …`: who may call the control plane. RAM API 2015-05-01. The secret of a new
// AccessKey goes into a file of mode 0600 that `--access-key-file` takes, and to the terminal only when asked for.

import { answerObject, answerText } from '../answer-fields.ts';
import { type ApiRow, apiCommand } from '../api-command.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { usageError } from '../failures.ts';
import { reserveFiles } from '../new-files.ts';
import { without } from '../paging.ts';
import { allOrNothing } from '../undo.ts';

export const USER = { name: 'user', description: 'name of the user', parameter: 'UserName' } as const;
const OF_USER = {
  flag: '--user',
  value: 'USER',
  parameter: 'UserName',
  description: 'whose AccessKey; by default that of the caller',
} as const;
const ACCESS_KEY_ID = {
  name: 'access-key-id',
  description: 'id of the AccessKey',
  parameter: 'UserAccessKeyId',
} as const;

const USER_ROWS: readonly ApiRow[] = [
  {
    path: 'ram user create',
    summary: 'create a user; may nothing until a policy is attached',
    examples: ['ram user create alice --comments "on call"'],
    action: 'CreateUser',
    api: 'ram',
    args: [USER],
    options: [
      { flag: '--display-name', value: 'TEXT', parameter: 'DisplayName', description: 'name for people' },
      { flag: '--comments', value: 'TEXT', parameter: 'Comments', description: 'words for people' },
    ],
    output: { form: 'record', at: 'User' },
  },
  {
    path: 'ram user list',
    summary: 'list the users',
    examples: ['ram user list'],
    action: 'ListUsers',
    api: 'ram',
    output: {
      form: 'list',
      at: ['Users', 'User'],
      paging: 'marker',
      columns: [
        ['USER', 'UserName'],
        ['NAME', 'DisplayName'],
        ['CREATED', 'CreateDate'],
        ['COMMENTS', 'Comments'],
      ],
    },
  },
  {
    path: 'ram user describe',
    summary: 'show a user',
    examples: ['ram user describe alice'],
    action: 'GetUser',
    api: 'ram',
    args: [USER],
    output: { form: 'record', at: 'User' },
  },
  {
    path: 'ram user delete',
    summary: 'delete a user that has neither AccessKeys nor policies',
    examples: ['ram user delete alice'],
    action: 'DeleteUser',
    api: 'ram',
    args: [USER],
    output: { form: 'done', text: ({ UserName }) => `User ${UserName} deleted.` },
  },
];

const CREATE_ACCESS_KEY: Command = {
  path: 'ram access-key create',
  summary: 'create an AccessKey and write it to a file',
  examples: [
    'ram access-key create --user alice --out alice-accesskey.json',
    'ram access-key create --out new-root-accesskey.json  # a second one for the caller',
  ],
  options: [
    { flag: '--user', value: 'USER', description: OF_USER.description },
    { flag: '--out', value: 'FILE', description: 'new file for AccessKeyId and AccessKeySecret' },
    { flag: '--show-secret', description: 'print the secret instead of writing a file' },
  ],
  connects: true,
  json: true,
  run: createAccessKey,
};

async function createAccessKey(call: CommandCall): Promise<Result> {
  const path = call.value('--out');
  const show = call.value('--show-secret') !== undefined;
  if ((path === undefined) === !show) throw usageError('give either --out FILE or --show-secret');
  const user = call.value('--user');
  const owner = user === undefined ? {} : { UserName: user };
  const output = await reserveFiles(path === undefined ? [] : [path]);

  const { body, id } = await allOrNothing(call.terminal, async ({ step }) => {
    await step('file', () => Promise.resolve(), output.discard);
    const answer = await call.api('CreateAccessKey', owner, { api: 'ram' });
    const made = answerObject(answer, 'AccessKey');
    const AccessKeyId = answerText(made, 'AccessKeyId');
    const file = { AccessKeyId, AccessKeySecret: answerText(made, 'AccessKeySecret') };
    await step(
      `AccessKey ${AccessKeyId}`,
      async () => {
        if (path !== undefined) await output.write(path, `${JSON.stringify(file)}\n`);
      },
      () => call.api('DeleteAccessKey', { ...owner, UserAccessKeyId: AccessKeyId }, { api: 'ram' }),
    );
    const safe = show ? made : without(made, 'AccessKeySecret');
    return { body: { ...answer, AccessKey: safe }, id: file };
  });
  const outcome =
    path === undefined
      ? (['AccessKey secret', id.AccessKeySecret] as const)
      : (['AccessKey file', path] as const);
  return {
    json: path === undefined ? body : { ...body, Files: [path] },
    show: ({ record }) => record([['AccessKey id', id.AccessKeyId], outcome]),
  };
}

const ACCESS_KEY_ROWS: readonly ApiRow[] = [
  {
    path: 'ram access-key list',
    summary: 'list the AccessKeys of a user',
    examples: ['ram access-key list --user alice'],
    action: 'ListAccessKeys',
    api: 'ram',
    options: [OF_USER],
    output: {
      form: 'list',
      at: ['AccessKeys', 'AccessKey'],
      paging: 'none',
      columns: [
        ['ACCESSKEY ID', 'AccessKeyId'],
        ['STATUS', 'Status'],
        ['CREATED', 'CreateDate'],
      ],
    },
  },
  {
    path: 'ram access-key enable',
    summary: 'accept an AccessKey again',
    examples: ['ram access-key enable LTAI5t… --user alice'],
    action: 'UpdateAccessKey',
    api: 'ram',
    fixed: { Status: 'Active' },
    args: [ACCESS_KEY_ID],
    options: [OF_USER],
    output: { form: 'done', text: ({ UserAccessKeyId }) => `AccessKey ${UserAccessKeyId} is active.` },
  },
  {
    path: 'ram access-key disable',
    summary: 'refuse every request of an AccessKey',
    examples: ['ram access-key disable LTAI5t… --user alice'],
    action: 'UpdateAccessKey',
    api: 'ram',
    fixed: { Status: 'Inactive' },
    args: [ACCESS_KEY_ID],
    options: [OF_USER],
    output: { form: 'done', text: ({ UserAccessKeyId }) => `AccessKey ${UserAccessKeyId} is inactive.` },
  },
  {
    path: 'ram access-key delete',
    summary: 'delete an AccessKey',
    examples: ['ram access-key delete LTAI5t… --user alice'],
    action: 'DeleteAccessKey',
    api: 'ram',
    args: [ACCESS_KEY_ID],
    options: [OF_USER],
    output: { form: 'done', text: ({ UserAccessKeyId }) => `AccessKey ${UserAccessKeyId} deleted.` },
  },
];

export const RAM_USER_COMMANDS: readonly Command[] = [
  ...USER_ROWS.map(apiCommand),
  CREATE_ACCESS_KEY,
  ...ACCESS_KEY_ROWS.map(apiCommand),
];
