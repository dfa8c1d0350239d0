// What becomes of each outcome in a dry run.

import { expect, test } from 'vitest';
import type { Action } from '../../../appliance/control-plane/action.ts';
import { ACTIONS } from '../../../appliance/control-plane/action-table.ts';
import { rehearsing } from '../../../appliance/control-plane/dry-run.ts';
import { type ErrorCode, KmsError } from '../../../appliance/errors.ts';
import { codeOf } from '../../support/core-services.ts';
import { present } from '../../support/present.ts';

const DRY = new Map([['DryRun', 'true']]);
const action = (name: string): Action => present(ACTIONS.find((each) => each.name === name));
const refusing = (code: ErrorCode) => () => Promise.reject(new KmsError(code));

test.each<[ErrorCode, ErrorCode]>([
  ['Forbidden.NoPermission', 'AccessDeniedError'],
  ['MissingParameter', 'ValidationError'],
  ['Forbidden.KeyNotFound', 'ValidationError'],
  ['Rejected.Disabled', 'ValidationError'],
  ['InternalFailure', 'InternalFailure'],
  ['ServiceUnavailableTemporary', 'ServiceUnavailableTemporary'],
  ['Rejected.Throttling', 'Rejected.Throttling'],
])('%s is answered with %s', async (thrown, answered) => {
  expect(await codeOf(() => rehearsing(action('Decrypt'), DRY, refusing(thrown)))).toBe(answered);
});

test('a refusal names nothing that the refusal of the real call would not', async () => {
  const denied = rehearsing(action('Decrypt'), DRY, refusing('Forbidden.NoPermission'));
  await expect(denied).rejects.toMatchObject({
    status: 403,
    message: new KmsError('AccessDeniedError').message,
  });
});

test('a success is an error, and without DryRun it is a success', async () => {
  expect(await codeOf(() => rehearsing(action('Decrypt'), DRY, () => Promise.resolve(1)))).toBe(
    'DryRunOperationError',
  );
  for (const value of ['false', 'FALSE', '']) {
    const parameters = new Map([['DryRun', value]]);
    expect(await rehearsing(action('Decrypt'), parameters, () => Promise.resolve(1))).toBe(1);
  }
});

test('an action that does not rehearse is performed', async () => {
  expect(await rehearsing(action('DescribeKey'), DRY, () => Promise.resolve(1))).toBe(1);
});

test('errors that are none of ours pass unchanged', async () => {
  const error = new Error('a bug');
  await expect(rehearsing(action('Decrypt'), DRY, () => Promise.reject(error))).rejects.toBe(error);
});
