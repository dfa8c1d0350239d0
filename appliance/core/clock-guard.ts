// Whether the clock can be believed. A time is only believed when it is within a bound of what is explained: by the monotonic time that went by since the last time that was believed in this
// process, or by the time that any process of the instance last believed. What is destroyed is lost, so that goes by the
// proven time, which no jump moves before the clock has run true for as long as the longest jump believed. Source: control-plane specification 3.3.

import type { Tick } from './ports/clock.ts';
import { createProvenTime } from './proven-time.ts';

/** An acceptance that reaches further than this counts for nothing: it would outlive its reason. */
const MAX_ACCEPTANCE_MS = 24 * 60 * 60 * 1000;

export interface ClockGuardOptions {
  readonly maxJumpMs: number;
  /** The operator's word that the clock is right until then, in milliseconds since the epoch. */
  readonly acceptUntil: number | null;
  readonly tick: Tick;
}

export interface ClockGuard {
  /**
   * Milliseconds by which `now` is further ahead than anything explains; 0 when it is believed.
   * `lastSeen`: the time that was last believed anywhere, null before the first.
   */
  jump(now: number, lastSeen: number | null): number;
  /** The time by which things may be destroyed, at most `now`, which must be believed. `last`: as it was last anywhere. */
  proven(now: number, last: number | null): number;
}

export function createClockGuard({ maxJumpMs, acceptUntil, tick }: ClockGuardOptions): ClockGuard {
  const provenTime = createProvenTime({ confirmMs: maxJumpMs, tick });
  let believed: { readonly time: number; readonly tick: number } | null = null;

  const isAccepted = (now: number): boolean =>
    acceptUntil !== null && now <= acceptUntil && acceptUntil <= now + MAX_ACCEPTANCE_MS;

  return {
    jump(now, lastSeen) {
      const ticked = tick();
      const explained = Math.max(
        lastSeen ?? Number.NEGATIVE_INFINITY,
        believed === null ? Number.NEGATIVE_INFINITY : believed.time + (ticked - believed.tick),
      );
      const ahead = explained === Number.NEGATIVE_INFINITY ? 0 : now - explained;
      if (ahead > maxJumpMs && !isAccepted(now)) return ahead;
      believed = { time: now, tick: ticked };
      return 0;
    },
    proven: (now, last) => provenTime(now, last, isAccepted(now)),
  };
}
