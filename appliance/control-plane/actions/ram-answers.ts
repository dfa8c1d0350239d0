// What the actions of RAM have in common: their rows, their paging, and whose AccessKeys a request means.
// Source: RAM API 2015-05-01.

import type { z } from 'zod';
import type { MarkedPage } from '../../core/ram/ram-page.ts';
import { type Action, type ActionRow, type Answer, defineAction, type Json } from '../action.ts';
import { RAM_API } from '../api.ts';
import { optionalInteger, optionalName } from '../parameter-types.ts';

const DEFAULT_ITEMS = 100;
const MAX_ITEMS = 1000;

export function defineRamAction<Schema extends z.ZodObject>(row: Omit<ActionRow<Schema>, 'api'>): Action {
  return defineAction({ ...row, api: RAM_API });
}

export const marking = { Marker: optionalName, MaxItems: optionalInteger(1, MAX_ITEMS) };

export function markedPageRequest(input: {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}) {
  return { marker: input.Marker, maxItems: input.MaxItems ?? DEFAULT_ITEMS };
}

/** `{"IsTruncated":true,"Marker":"…","Users":{"User":[…]}}` with list name `Users` and element `User`. */
export function markedAnswer<T>(
  list: string,
  element: string,
  { items, marker }: MarkedPage<T>,
  render: (item: T) => Json,
): Answer {
  const body = {
    IsTruncated: marker !== null,
    ...(marker !== null && { Marker: marker }),
    [list]: { [element]: items.map(render) },
  };
  return { body, resource: '' };
}
