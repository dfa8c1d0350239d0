// docs/configuration.md names every setting by its path and its variable, and no other.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ENVIRONMENT } from '../../appliance/config.ts';

const DOCUMENT = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const ROWS = [...DOCUMENT.matchAll(/^\| ([\w., ]+) \| ([A-Z0-9_, ]+) \|/gm)];

it('documents every setting with its variable, and no other', () => {
  const documented = ROWS.flatMap(([, paths = '', variables = '']) => {
    const names = variables.split(', ');
    return paths.split(', ').map((path, index) => [names[index], path]);
  });
  const known = Array.from(ENVIRONMENT, ([variable, { path }]) => [variable, path.join('.')]);
  expect(documented.sort()).toEqual(known.sort());
});
