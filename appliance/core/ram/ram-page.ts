// Paging as RAM does it: in the order of names, at most so many, and a marker to go on from.

export interface MarkedPageRequest {
  /** The marker of the page before; absent: the first page. */
  readonly marker?: string | undefined;
  readonly maxItems: number;
}

export interface MarkedPage<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly marker: string | null;
}

/** `records` in any order; the marker is the last name of its page, so that changes in between lose nothing. */
export function markedPageOf<T extends { readonly name: string }>(
  records: Iterable<T>,
  { marker, maxItems }: MarkedPageRequest,
): MarkedPage<T> {
  const after = [...records]
    .filter(({ name }) => marker === undefined || name > marker)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const items = after.slice(0, maxItems);
  return { items, marker: after.length > maxItems ? (items.at(-1)?.name ?? null) : null };
}
