// A timer that does not keep the process from ending.

import type { Timer } from '../core/ports/clock.ts';

export const unrefTimer: Timer = (run, delayMs) => {
  const timeout = setTimeout(run, delayMs).unref();
  return () => clearTimeout(timeout);
};
