// `kms key list`: the ids, as the API lists them; with --details also what each key is and is called, which takes a
// request a key (a few at a time).

import { answerObject, answerText } from '../answer-fields.ts';
import { type ApiRow, apiCommand, type Column, listAll, listResult, parametersOf } from '../api-command.ts';
import type { Command, CommandCall, Result } from '../command.ts';
import { ServiceError } from '../failures.ts';
import type { Item, ListShape } from '../paging.ts';
import { KEY_STATES, KEY_USAGES } from './keys.ts';

const CONCURRENT_REQUESTS = 8;

const KEYS: ListShape = { at: ['Keys', 'Key'], paging: 'number' };
const ALIASES: ListShape = { at: ['Aliases', 'Alias'], paging: 'number' };

const ROW: ApiRow = {
  path: 'key list',
  summary: 'list the keys',
  examples: [
    'key list',
    'key list --details',
    'key list --state Enabled --spec RSA_2048,RSA_3072',
    'key list --json',
  ],
  action: 'ListKeys',
  options: [
    {
      flag: '--state',
      value: 'STATE',
      parameter: 'Filters',
      filter: 'KeyState',
      repeatable: true,
      choices: KEY_STATES,
      description: 'only keys in this state',
    },
    {
      flag: '--spec',
      value: 'SPEC',
      parameter: 'Filters',
      filter: 'KeySpec',
      repeatable: true,
      description: 'only keys of this spec',
    },
    {
      flag: '--usage',
      value: 'USAGE',
      parameter: 'Filters',
      filter: 'KeyUsage',
      repeatable: true,
      choices: KEY_USAGES,
      description: 'only keys of this usage',
    },
  ],
  output: {
    form: 'list',
    ...KEYS,
    columns: [
      ['KEY ID', 'KeyId'],
      ['ARN', 'KeyArn'],
    ],
  },
};

const DETAIL_COLUMNS: readonly Column[] = [
  ['KEY ID', 'KeyId'],
  ['STATE', 'KeyState'],
  ['SPEC', 'KeySpec'],
  ['USAGE', 'KeyUsage'],
  ['CREATED', 'CreationDate'],
  ['ALIASES', 'Aliases'],
  ['DESCRIPTION', 'Description'],
];

const PLAIN = apiCommand(ROW);

export const KEY_LIST: Command = {
  ...PLAIN,
  options: [
    { flag: '--details', description: 'also state, spec, usage and aliases' },
    ...(PLAIN.options ?? []),
  ],
  run: (call) => (call.value('--details') === undefined ? PLAIN.run(call) : detailed(call)),
};

async function detailed(call: CommandCall): Promise<Result> {
  const parameters = await parametersOf(ROW, call);
  const { items, body, more } = await listAll(call, KEYS, (paging) =>
    call.api('ListKeys', { ...parameters, ...paging }),
  );
  const aliases = await aliasesByKey(call);
  const described = await inParallel(items, async (item, done) => {
    call.terminal.progress(`described ${done} of ${items.length} …`);
    return describe(call, answerText(item, 'KeyId'), aliases);
  });
  const keys = described.filter((key) => key !== null);
  return listResult({ items: keys, more, body: { ...body, Keys: { Key: keys } } }, DETAIL_COLUMNS);
}

/** Null for a key that is gone since it was listed. */
async function describe(
  call: CommandCall,
  KeyId: string,
  aliases: ReadonlyMap<string, readonly string[]>,
): Promise<Item | null> {
  try {
    const metadata = answerObject(await call.api('DescribeKey', { KeyId }), 'KeyMetadata');
    return { ...metadata, Aliases: aliases.get(KeyId) ?? [] };
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'Forbidden.KeyNotFound') return null;
    throw error;
  }
}

async function aliasesByKey(call: CommandCall): Promise<ReadonlyMap<string, readonly string[]>> {
  const { items } = await listAll(call, ALIASES, (paging) => call.api('ListAliases', paging));
  const names = new Map<string, string[]>();
  for (const item of items) {
    const key = answerText(item, 'KeyId');
    names.set(key, [...(names.get(key) ?? []), answerText(item, 'AliasName')]);
  }
  return names;
}

/** Results in the order of the items; `done` counts those that are finished. */
async function inParallel<T>(
  items: readonly Item[],
  work: (item: Item, done: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  const waiting = items.entries();
  let done = 0;
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      results[index] = await work(item, done);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_REQUESTS }, worker));
  return results;
}
