// Key material goes from a process without requests, too.

import { expect, test, vi } from 'vitest';
import { createEpochWatch } from '../../../appliance/core/epoch-watch.ts';
import { forgetWhenIdle } from '../../../appliance/ops/forget-when-idle.ts';

test('a moved epoch, or one that cannot be read, drops opened material; one that stays does not', () => {
  let now = 0;
  let due: { at: number; run: () => void } | null = null;
  const pass = (ms: number): void => {
    now += ms;
    const call = due;
    if (call && call.at <= now) call.run();
  };
  let epoch = (): number => 1;
  const forget = vi.fn();
  const epochs = createEpochWatch({ refresh: () => epoch() });
  epochs.onMoved(forget);
  const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const stop = forgetWhenIdle({
    epochs,
    keyStore: { forget },
    timer: (run, delayMs) => {
      due = { at: now + delayMs, run };
      return () => {
        due = null;
      };
    },
    logger,
  });
  pass(30_000);
  expect(forget).not.toHaveBeenCalled();
  epoch = () => 2;
  pass(29_999);
  expect(forget).not.toHaveBeenCalled();
  pass(1);
  expect(forget).toHaveBeenCalledTimes(1);
  epoch = () => {
    throw new Error('unreadable');
  };
  pass(30_000);
  expect(forget).toHaveBeenCalledTimes(2);
  stop();
  pass(60_000);
  expect(forget).toHaveBeenCalledTimes(2);
});
