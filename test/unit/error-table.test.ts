// docs/errors.md and the table of errors say the same.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ERROR_TABLE } from '../../appliance/errors.ts';

const ROW = /^\| ([A-Za-z][\w.]*) \| (\d{3}) \|/gm;
const DOCUMENT = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

it('documents every code with its status, and no other', () => {
  const documented = Array.from(DOCUMENT.matchAll(ROW), ([, code = '', status]) => [code, Number(status)]);
  const known = Object.entries(ERROR_TABLE).map(([code, { status }]) => [code, status]);
  expect(documented.sort()).toEqual(known.sort());
});

it('gives every code a message that is not empty', () => {
  expect(Object.entries(ERROR_TABLE).filter(([, { message }]) => message.trim() === '')).toEqual([]);
});
