// Key material goes from a process without requests, too.

import { expect, test, vi } from 'vitest';
import { forgetWhenIdle } from '../../../appliance/ops/forget-when-idle.ts';

test('looks at the epoch now and then; what cannot be checked is dropped', () => {
  let now = 0;
  let due: { at: number; run: () => void } | null = null;
  const pass = (ms: number): void => {
    now += ms;
    const call = due;
    if (call && call.at <= now) call.run();
  };
  const look = vi.fn();
  const forget = vi.fn();
  const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const stop = forgetWhenIdle({
    epochs: { look },
    keyStore: { forget },
    timer: (run, delayMs) => {
      due = { at: now + delayMs, run };
      return () => {
        due = null;
      };
    },
    logger,
  });
  pass(29_999);
  expect(look).not.toHaveBeenCalled();
  pass(1);
  expect(look).toHaveBeenCalledTimes(1);
  expect(forget).not.toHaveBeenCalled();
  look.mockImplementation(() => {
    throw new Error('unreadable');
  });
  pass(30_000);
  expect(forget).toHaveBeenCalledTimes(1);
  stop();
  pass(60_000);
  expect(look).toHaveBeenCalledTimes(2);
});
