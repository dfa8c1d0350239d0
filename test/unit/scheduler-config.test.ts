// The settings of scheduled work and of the versions of a key.

import { expect, test } from 'vitest';
import { loadConfig } from '../../appliance/config.ts';

test('by default a clock may be a day ahead, is not accepted beyond that, and a key has a thousand versions', () => {
  const { scheduler, limits } = loadConfig(null, {});
  expect(scheduler).toEqual({ maxClockJumpMs: 86_400_000, acceptClockUntil: null });
  expect(limits.keyVersions).toBe(1000);
});

test('the settings come from the environment', () => {
  const { scheduler, limits } = loadConfig(null, {
    KMS_SCHEDULER_MAX_CLOCK_JUMP_MS: '300000',
    KMS_SCHEDULER_ACCEPT_CLOCK_UNTIL: '2026-01-02T03:04:05Z',
    KMS_LIMITS_KEY_VERSIONS: '2',
  });
  expect(scheduler).toEqual({
    maxClockJumpMs: 300_000,
    acceptClockUntil: Date.parse('2026-01-02T03:04:05Z'),
  });
  expect(limits.keyVersions).toBe(2);
});

test.each([
  ['KMS_SCHEDULER_MAX_CLOCK_JUMP_MS', '299999', 'scheduler.maxClockJumpMs'],
  ['KMS_SCHEDULER_MAX_CLOCK_JUMP_MS', String(7 * 86_400_000), 'scheduler.maxClockJumpMs'],
  ['KMS_SCHEDULER_ACCEPT_CLOCK_UNTIL', '2026-01-02', 'scheduler.acceptClockUntil'],
  ['KMS_SCHEDULER_ACCEPT_CLOCK_UNTIL', 'true', 'scheduler.acceptClockUntil'],
  ['KMS_LIMITS_KEY_VERSIONS', '0', 'limits.keyVersions'],
])('%s=%s refuses to start and names the setting', (name, value, setting) => {
  expect(() => loadConfig(null, { [name]: value })).toThrow(setting);
});
