// `kms api`: any action of the control plane, parameters as they are, the answer as JSON. So nothing of the API is out of
// reach, and what has no command of its own yet can be scripted.

import type { AnswerBody, Api } from '../api-client.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { usageError } from '../failures.ts';
import { readText } from '../input.ts';
import { reserveFiles } from '../new-files.ts';
import { hasSecretAnswer, isSecretParameter } from '../secret-actions.ts';
import { allOrNothing } from '../undo.ts';

export const API: Command = {
  path: 'api',
  summary: 'call any action of the API and print its answer as JSON',
  examples: [
    'api DescribeKey KeyId=alias/orders',
    'api SetKeyPolicy KeyId=key-kms6937… Policy=@policy.json',
    'api GetUser UserName=alice --ram',
    'api LookupEvents StartTime=2026-01-01T00:00:00Z EventRW=Write --actiontrail',
    'api GenerateDataKey KeyId=alias/orders --out data-key.json',
  ],
  args: [
    { name: 'action', description: 'name of the action' },
    {
      name: 'parameter',
      description: 'Name=Value, or Name=@FILE for the content of a file (@- for standard input)',
      variadic: true,
      optional: true,
    },
  ],
  options: [
    { flag: '--ram', description: 'an action of the RAM API (version 2015-05-01)' },
    { flag: '--actiontrail', description: 'an action of the ActionTrail API (version 2020-07-06)' },
    { flag: '--out', value: 'FILE', description: 'write the answer to this new file, mode 0600' },
    { flag: '--show-secret', description: 'print an answer that holds a secret' },
  ],
  connects: true,
  json: false,
  run: callAction,
};

async function callAction(call: CommandCall): Promise<Result> {
  const action = call.value('action') ?? '';
  const path = call.value('--out');
  if (hasSecretAnswer(action) && path === undefined && call.value('--show-secret') === undefined) {
    throw usageError(`the answer of ${action} holds a secret: give --out FILE or --show-secret`);
  }
  const parameters = await parametersOf(call);
  const api = apiOf(call);
  const ask = (): Promise<AnswerBody> => call.api(action, parameters, { api });
  if (path === undefined) {
    const answer = await ask();
    return { show: ({ json }) => json(answer) };
  }
  const output = await reserveFiles([path]);
  await allOrNothing(call.terminal, async ({ step }) => {
    await step('file', () => Promise.resolve(), output.discard);
    await output.write(path, `${JSON.stringify(await ask(), null, 2)}\n`);
  });
  return { show: ({ record }) => record([['answer', path]]) };
}

function apiOf({ value }: CommandCall): Api {
  const named = (['ram', 'actiontrail'] as const).filter((api) => value(`--${api}`) !== undefined);
  if (named.length > 1) throw usageError('--ram and --actiontrail: an action is of one API');
  return named[0] ?? 'kms';
}

async function parametersOf(call: CommandCall): Promise<Record<string, string>> {
  const parameters: Record<string, string> = {};
  for (const word of call.values.get('parameter') ?? []) {
    const at = word.indexOf('=');
    if (at < 1) throw usageError(`${word}: a parameter is Name=Value or Name=@FILE`);
    const name = word.slice(0, at);
    const value = word.slice(at + 1);
    if (Object.hasOwn(parameters, name)) throw usageError(`${name} is given twice`);
    if (isSecretParameter(name) && !value.startsWith('@')) {
      throw usageError(`${name} is secret and the command line is not: give ${name}=@FILE`);
    }
    parameters[name] = value.startsWith('@') ? await readText(value.slice(1), call.host) : value;
  }
  return parameters;
}
