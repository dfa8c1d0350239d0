// Words that commands of several groups take.

import type { Argument, Option } from '../command.ts';

export const DESCRIPTION = {
  flag: '--description',
  value: 'TEXT',
  parameter: 'Description',
  description: 'words for people',
} as const satisfies Option & { parameter: string };

/** The name of a thing that is called by name, `what` being its kind. */
export function nameOf(what: string): Argument & { readonly parameter: 'Name' } {
  return { name: 'name', description: `name of the ${what}`, parameter: 'Name' };
}
