// Paging of lists: ordered by creation time, then id, so that pages are stable.
// Source: control-plane specification section 2.

export interface PageRequest {
  /** From 1. */
  readonly pageNumber: number;
  /** 0 gives an empty page. */
  readonly pageSize: number;
}

export interface Page<T> extends PageRequest {
  readonly items: readonly T[];
  /** Of the whole list. */
  readonly totalCount: number;
}

/** One page of `records`, which come in the order of their ids; a page past the end is empty. */
export function pageOf<T extends { readonly createdAt: number }>(
  records: Iterable<T>,
  { pageNumber, pageSize }: PageRequest,
): Page<T> {
  // sort() is stable, so records of the same instant stay in the order of their ids.
  const ordered = [...records].sort((a, b) => a.createdAt - b.createdAt);
  const start = (pageNumber - 1) * pageSize;
  return { items: ordered.slice(start, start + pageSize), totalCount: ordered.length, pageNumber, pageSize };
}
