// Shapes that answers of several groups share. Source: control-plane specification section 2.

import type { Page } from '../../core/page.ts';
import type { Answer, Json } from '../action.ts';

/** An answer that is only a RequestId. */
export function done(resource: string): Answer {
  return { body: {}, resource };
}

/** `{"Keys":{"Key":[…]},"PageNumber":1,"PageSize":10,"TotalCount":n}` with list name `Keys` and element `Key`. */
export function pageAnswer<T>(
  list: string,
  element: string,
  page: Page<T>,
  render: (item: T) => Json,
): Answer {
  const { items, totalCount, pageNumber, pageSize } = page;
  const body = {
    [list]: { [element]: items.map(render) },
    TotalCount: totalCount,
    PageNumber: pageNumber,
    PageSize: pageSize,
  };
  return { body, resource: '' };
}

export function pageRequest(input: { readonly PageNumber: number; readonly PageSize: number }) {
  return { pageNumber: input.PageNumber, pageSize: input.PageSize };
}
