// docs/compatibility.md, the tables of actions and the list of what the API has say the same.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ACTIONS } from '../../appliance/control-plane/action-table.ts';
import { KMS_API } from '../../appliance/control-plane/api.ts';
import { UNBUILT_ACTIONS } from '../../appliance/control-plane/unbuilt-actions.ts';
import { compatibilityDocument } from '../sdk/compatibility.ts';
import { FURTHER_ACTIONS, SPECIFIED_ACTIONS, UNKNOWN_ACTIONS } from '../sdk/specified-actions.ts';

it('is what the tables give: npm run docs writes it', () => {
  const document = readFileSync(new URL('../../docs/compatibility.md', import.meta.url), 'utf8');
  expect(document).toBe(compatibilityDocument());
});

it('names every action that is built or known to be missing, and no other, once', () => {
  const specified = [...SPECIFIED_ACTIONS, ...FURTHER_ACTIONS].flatMap(({ version, actions }) =>
    actions.map((action) => `${version} ${action}`),
  );
  const known = [
    ...ACTIONS.map(({ name, api }) => `${api.version} ${name}`),
    ...[...UNBUILT_ACTIONS, ...UNKNOWN_ACTIONS].map((name) => `${KMS_API.version} ${name}`),
  ];
  expect(specified.sort()).toEqual(known.sort());
});

it('has every implemented action called by at least one client, with its name', () => {
  const untested = compatibilityDocument()
    .split('\n')
    .filter((line) => /^\| \w+ \| (yes|`(Forbidden|Unsupported)\S+`) \|/.test(line) && !/ x \|/.test(line));
  expect(untested).toEqual([]);
});
