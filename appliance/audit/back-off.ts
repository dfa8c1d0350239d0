// How long to wait after so many failures in a row: twice as long each time up to a bound, and any time of the upper half
// of that, so that many instances do not come back to a target together.

const FIRST_MS = 1000;
export const MAX_BACK_OFF_MS = 5 * 60 * 1000;

/** `random` is of [0, 1). */
export function backOffMs(failures: number, random: () => number): number {
  const full = Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 30), MAX_BACK_OFF_MS);
  return Math.round(full / 2 + (full / 2) * random());
}
