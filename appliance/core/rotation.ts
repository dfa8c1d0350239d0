// When a key rotates by itself. An interval is counted from the last rotation; while the key is not Enabled nothing
// happens, and what became overdue meanwhile happens soon after. Source: control-plane specification 2.1.1, 2.2.

import { invalidParameter } from './fields.ts';
import type { Key } from './key.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MIN_INTERVAL_MS = 7 * DAY_MS;
const MAX_INTERVAL_MS = 365 * DAY_MS;
const UNITS: ReadonlyMap<string, number> = new Map([
  ['d', DAY_MS],
  ['h', 60 * 60 * 1000],
  ['m', 60 * 1000],
  ['s', 1000],
]);

export type AutomaticRotation = 'Enabled' | 'Disabled' | 'Suspended';

/** Milliseconds of an interval such as `7d` or `604800s`. @throws KmsError InvalidParameter outside 7 to 365 days */
export function rotationInterval(text: string): number {
  const [, count, unit = ''] = /^(\d{1,9})([dhms])$/.exec(text) ?? [];
  const interval = Number(count) * (UNITS.get(unit) ?? Number.NaN);
  if (interval >= MIN_INTERVAL_MS && interval <= MAX_INTERVAL_MS) return interval;
  throw invalidParameter('RotationInterval');
}

export function automaticRotation({ rotationInterval: interval, state }: Key): AutomaticRotation {
  if (interval === null) return 'Disabled';
  return state === 'Enabled' ? 'Enabled' : 'Suspended';
}

/** The time of the next rotation, which may have passed; null when the key has no interval. */
export function nextRotation({ rotationInterval: interval, rotatedAt }: Key): number | null {
  return interval === null ? null : rotatedAt + interval;
}

/** Whether it is time, and the key in the state, for its next rotation. */
export function isRotationDue(key: Key, now: number): boolean {
  const next = nextRotation(key);
  return automaticRotation(key) === 'Enabled' && next !== null && next <= now;
}
