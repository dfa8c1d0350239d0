// Lists in full: page after page until the service has no more or the limit is reached. Two ways of paging exist,
// PageNumber with TotalCount (KMS) and Marker with IsTruncated (RAM). Source: control-plane specification section 2.

import type { AnswerBody, Parameters } from './api-client.ts';
import { CliError, EXIT } from './failures.ts';

export type Item = Readonly<Record<string, unknown>>;

export interface ListShape {
  /** Where the items are: `['Keys', 'Key']`, or `['ClientKeys']` for a flat array. */
  readonly at: readonly [string, ...string[]];
  readonly paging: 'number' | 'marker' | 'none';
}

export interface ListRequest {
  readonly pageSize: number;
  /** At most so many items. */
  readonly limit: number;
  readonly fetch: (paging: Parameters) => Promise<AnswerBody>;
  /** Told after each page. */
  readonly progress: (done: number, total: number | null) => void;
}

export interface ListResult {
  readonly items: readonly Item[];
  /** There are more than the limit. */
  readonly more: boolean;
  /** The first answer, with all items in place of its own. */
  readonly body: AnswerBody;
}

export async function fetchAll(shape: ListShape, request: ListRequest): Promise<ListResult> {
  const { limit, fetch, progress } = request;
  const items: Item[] = [];
  let first: AnswerBody | null = null;
  let next: Parameters | null = NEXT[shape.paging](null, request);
  while (next !== null && items.length < limit) {
    const body = await fetch(next);
    first ??= body;
    const page = itemsAt(body, shape.at);
    items.push(...page);
    progress(items.length, typeof body['TotalCount'] === 'number' ? body['TotalCount'] : null);
    // An empty page ends the list, whatever the total says: it may have shrunk meanwhile.
    next =
      page.length === 0 ? null : NEXT[shape.paging]({ body, fetched: items.length, sent: next }, request);
  }
  const kept = items.slice(0, limit);
  const more = next !== null || items.length > limit;
  return { items: kept, more, body: withItems(first ?? {}, shape, kept) };
}

interface Previous {
  readonly body: AnswerBody;
  readonly fetched: number;
  readonly sent: Parameters;
}

/** The paging parameters of the next page, null when there is none. */
const NEXT: Readonly<
  Record<ListShape['paging'], (previous: Previous | null, request: ListRequest) => Parameters | null>
> = {
  none: (previous) => (previous ? null : {}),
  number(previous, { pageSize }) {
    if (!previous) return { PageNumber: '1', PageSize: String(pageSize) };
    const { body, fetched, sent } = previous;
    if (fetched >= Number(body['TotalCount'])) return null;
    return { ...sent, PageNumber: String(Number(sent['PageNumber']) + 1) };
  },
  marker(previous, { pageSize }) {
    const size = { MaxItems: String(pageSize) };
    if (!previous) return size;
    const { IsTruncated: truncated, Marker: marker } = previous.body;
    return truncated === true && typeof marker === 'string' && marker !== ''
      ? { ...size, Marker: marker }
      : null;
  },
};

export function itemsAt(body: AnswerBody, at: readonly string[]): readonly Item[] {
  let value: unknown = body;
  for (const name of at) value = isItem(value) ? value[name] : undefined;
  if (!Array.isArray(value) || !value.every(isItem)) {
    throw new CliError(EXIT.unreachable, `the answer has no list ${at.join('.')}: not a KMS control plane`);
  }
  return value;
}

export function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function without(item: Item, name: string): Item {
  return Object.fromEntries(Object.entries(item).filter(([each]) => each !== name));
}

/** One answer that reads as if everything had come in one page. */
function withItems(body: AnswerBody, { at, paging }: ListShape, items: readonly Item[]): AnswerBody {
  const [outer, inner] = at;
  const list = inner === undefined ? items : { [inner]: items };
  const whole = paging === 'marker' ? { IsTruncated: false } : {};
  return { ...without(body, 'Marker'), [outer]: list, ...whole };
}
