// Commands that are one action of the API: a row says which words become which parameters and how the answer is shown.

import { answerText } from './answer-fields.ts';
import type { AnswerBody, Api, Parameters } from './api-client.ts';
import type { Argument, Command, CommandCall, Option, Result } from './command.ts';
import { CliError, EXIT, usageError } from './failures.ts';
import { encodeField, type FieldKind } from './fields.ts';
import { fetchAll, isItem, type ListResult, type ListShape } from './paging.ts';
import { cell } from './terminal.ts';

interface Target {
  readonly parameter: string;
  /** Default: text. */
  readonly kind?: FieldKind;
  /** Part of the parameter Filters, under this key. */
  readonly filter?: string;
}

export type Column = readonly [heading: string, field: string];

export type Output =
  /** One line that says what happened; the answer has only a RequestId. */
  | { readonly form: 'done'; readonly text: (parameters: Parameters) => string }
  /** The fields of one object of the answer, or of the answer itself. */
  | { readonly form: 'record'; readonly at?: string }
  /** A text of the answer, alone on standard output. */
  | { readonly form: 'text'; readonly at: string }
  | ({ readonly form: 'list'; readonly columns: readonly Column[] } & ListShape);

export interface ApiRow {
  readonly path: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly action: string | ((parameters: Parameters) => string);
  /** Default: kms. */
  readonly api?: Api;
  readonly args?: readonly (Argument & Target)[];
  readonly options?: readonly (Option & Target)[];
  /** Parameters that are always the same. */
  readonly fixed?: Parameters;
  readonly output: Output;
}

const MAX_PAGE_SIZE = 100;
const DEFAULT_LIMIT = '10000';

const LIST_OPTIONS: readonly Option[] = [
  {
    flag: '--page-size',
    value: 'NUMBER',
    description: 'items a request, 1 to 100',
    fallback: String(MAX_PAGE_SIZE),
  },
  { flag: '--limit', value: 'NUMBER', description: 'items at most', fallback: DEFAULT_LIMIT },
];

export function apiCommand(row: ApiRow): Command {
  const { path, summary, examples, args = [], options = [], output } = row;
  const paged = output.form === 'list' && output.paging !== 'none';
  return {
    path,
    summary,
    examples,
    args,
    options: paged ? [...options, ...LIST_OPTIONS] : options,
    connects: true,
    json: true,
    async run(call) {
      const parameters = await parametersOf(row, call);
      const action = typeof row.action === 'string' ? row.action : row.action(parameters);
      const ask = (paging: Parameters): Promise<AnswerBody> =>
        call.api(action, { ...parameters, ...paging }, { api: row.api ?? 'kms' });
      if (output.form === 'list') return listResult(await listAll(call, output, ask), output.columns);
      const body = await ask({});
      return { json: body, show: shown(output, body, parameters) };
    },
  };
}

/** Every item of a list, with progress and a word when there are more than the limit. */
export async function listAll(
  call: CommandCall,
  shape: ListShape,
  fetch: (paging: Parameters) => Promise<AnswerBody>,
): Promise<ListResult> {
  const pageSize = numberOption(call, '--page-size', String(MAX_PAGE_SIZE), MAX_PAGE_SIZE);
  const limit = numberOption(call, '--limit', DEFAULT_LIMIT, Number.MAX_SAFE_INTEGER);
  const result = await fetchAll(shape, {
    pageSize,
    limit,
    fetch,
    progress: (done, total) =>
      call.terminal.progress(`read ${done}${total === null ? '' : ` of ${total}`} …`),
  });
  if (result.more) call.terminal.note(`kms: only the first ${limit} are shown: raise --limit`);
  return result;
}

function numberOption(call: CommandCall, flag: string, fallback: string, most: number): number {
  const text = call.value(flag) ?? fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw usageError(`${flag}: not a number from 1 to ${most}`);
  return value;
}

/** The parameters that the words of the command line and the row say. */
export async function parametersOf(
  { args = [], options = [], fixed }: ApiRow,
  call: CommandCall,
): Promise<Parameters> {
  const parameters: Record<string, string> = { ...fixed };
  const filters: { Key: string; Values: readonly string[] }[] = [];
  const fields = [
    ...args.map((each) => ({ ...each, at: each.name })),
    ...options.map((each) => ({ ...each, at: each.flag })),
  ];
  for (const { at, parameter, kind = 'text', filter } of fields) {
    const values = call.values.get(at);
    if (!values) continue;
    if (filter !== undefined) filters.push({ Key: filter, Values: values });
    else if (parameter in parameters) throw usageError(`${at}: contradicts another option`);
    else parameters[parameter] = await encodeField(kind, values, call.host);
  }
  if (filters.length > 0) parameters['Filters'] = JSON.stringify(filters);
  return parameters;
}

function shown(
  output: Exclude<Output, { form: 'list' }>,
  body: AnswerBody,
  parameters: Parameters,
): Result['show'] {
  switch (output.form) {
    case 'done':
      return ({ line }) => line(output.text(parameters));
    case 'record': {
      const fields = recordFields(output.at === undefined ? body : body[output.at]);
      return ({ record }) => record(fields);
    }
    case 'text': {
      const text = answerText(body, output.at);
      return ({ raw }) => raw(text.endsWith('\n') ? text : `${text}\n`);
    }
  }
}

export function listResult({ items, body }: ListResult, columns: readonly Column[]): Result {
  const headings = columns.map(([heading]) => heading);
  const rows = items.map((item) => columns.map(([, field]) => cell(item[field])));
  return { json: body, show: ({ table }) => table(headings, rows) };
}

/** What an answer says, without the RequestId (which `--json` shows). */
export function recordFields(value: unknown): (readonly [string, string])[] {
  if (!isItem(value)) throw new CliError(EXIT.unreachable, 'the answer is not complete');
  return Object.entries(value)
    .filter(([name]) => name !== 'RequestId')
    .map(([name, inner]) => [name, cell(inner)] as const);
}
