// Points of public keys in use, decoded once. One that keeps coming back gets a table of multiples, which costs as much
// as four multiplications and makes each later one four times as fast. Tables hold public values alone.

import { decodePoint } from './curve.js';

/** @import { Point } from './curve.js' */

const MAX_POINTS = 64;
const USES_BEFORE_TABLE = 4;
const WINDOW_BITS = 4;

/** In the order of use. @type {Map<string, { point: Point, uses: number }>} */
const known = new Map();

/**
 * @param {Uint8Array} bytes
 * @returns {Point | null} null unless they are an uncompressed point of the curve
 */
export function publicPoint(bytes) {
  const name = Buffer.from(bytes).toString('latin1');
  const entry = known.get(name) ?? firstUse(bytes);
  if (entry === null) return null;
  known.delete(name);
  known.set(name, entry);
  entry.uses += 1;
  if (entry.uses === USES_BEFORE_TABLE) entry.point.precompute(WINDOW_BITS, false);
  return entry.point;
}

/**
 * @param {Uint8Array} bytes
 */
function firstUse(bytes) {
  const point = decodePoint(bytes);
  if (point === null) return null;
  const oldest = known.size < MAX_POINTS ? undefined : known.keys().next().value;
  if (oldest !== undefined) known.delete(oldest);
  return { point, uses: 0 };
}
