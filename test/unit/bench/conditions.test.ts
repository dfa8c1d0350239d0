// Which results of the bench can be compared, and what a run says about where it was measured.

import { expect, test } from 'vitest';
import { conditionsText, differentConditions, fileSystemOf } from '../../../bench/conditions.ts';
import { benchResult } from '../../support/bench-result.ts';

const result = benchResult([0.5]);
const { machine } = result;
const conditions = { seconds: 3, settings: { KMS_SM_ENABLED: 'false' }, fileSystem: 'ext4' };

test.each([
  ['edition', { edition: 'standard' as const }],
  ['node', { machine: { ...machine, node: 'v24.0.0' } }],
  ['cpu', { machine: { ...machine, cpu: 'another' } }],
  ['seconds', { conditions: { ...conditions, seconds: 1 } }],
  ['settings', { conditions: { ...conditions, settings: {} } }],
  ['fileSystem', { conditions: { ...conditions, fileSystem: 'tmpfs' } }],
])('results that differ in %s cannot be compared', (name, changed) => {
  const before = { ...result, conditions };
  expect(differentConditions(before, { ...before })).toEqual([]);
  expect(differentConditions(before, { ...before, ...changed })).toEqual([name]);
});

test('a result that does not say how it was measured cannot be compared with one that does', () => {
  const old = { ...result, conditions: null };
  expect(differentConditions(old, { ...result, conditions })).toEqual(['seconds', 'settings', 'fileSystem']);
  expect(differentConditions(old, old)).toEqual([]);
});

test('the file system of a folder is that of the mount nearest to it', () => {
  const mounts = 'disk / ext4 rw 0 0\nmem /tmp tmpfs rw 0 0\ndisk /tmp/kept xfs rw 0 0\n';
  expect(['/tmp', '/tmp/kept/a', '/tmpfoo', '/var'].map((folder) => fileSystemOf(folder, mounts))).toEqual([
    'tmpfs',
    'xfs',
    'ext4',
    'ext4',
  ]);
  expect(fileSystemOf('/tmp', '')).toBe('unknown');
});

test('a data directory in memory is said to be there', () => {
  expect(conditionsText({ ...conditions, fileSystem: 'tmpfs' })).toMatch(
    /tmpfs \(MEMORY.*KMS_SM_ENABLED=false/,
  );
  expect(conditionsText(conditions)).not.toContain('MEMORY');
});
