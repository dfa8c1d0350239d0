// The time that has certainly come, by which things are destroyed. It goes on with the monotonic clock alone; what the
// clock is ahead of it (a jump, a correction, time that the instance was off) is taken over when the clock has then run
// true for the time of confirmation. A wrong clock only delays. Source: control-plane specification 3.3.

import type { Tick } from './ports/clock.ts';

/** A clock that strays no further than this from the monotonic one runs true. */
const DRIFT_MS = 60 * 1000;

export interface ProvenTimeOptions {
  readonly confirmMs: number;
  readonly tick: Tick;
}

/**
 * To be asked regularly; never later than `now`. `last`: what any process of the instance was told last, null before the
 * first. `isAccepted`: the operator's word that the clock is right.
 */
export type ProvenTime = (now: number, last: number | null, isAccepted: boolean) => number;

export function createProvenTime({ confirmMs, tick }: ProvenTimeOptions): ProvenTime {
  let proven: { readonly time: number; readonly tick: number } | null = null;
  /** Since when the clock has run true, and how far it was from the monotonic one then. */
  let steady: { readonly offset: number; readonly since: number } | null = null;

  return (now, last, isAccepted) => {
    const ticked = tick();
    const offset = now - ticked;
    if (steady === null || Math.abs(offset - steady.offset) > DRIFT_MS) steady = { offset, since: ticked };
    const isConfirmed =
      isAccepted || ticked - steady.since >= confirmMs || (proven === null && last === null);
    const explained = Math.max(
      last ?? Number.NEGATIVE_INFINITY,
      proven === null ? Number.NEGATIVE_INFINITY : proven.time + (ticked - proven.tick),
    );
    const time = isConfirmed ? now : Math.min(now, explained);
    proven = { time, tick: ticked };
    return time;
  };
}
