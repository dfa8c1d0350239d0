// Latencies counted into buckets: recording allocates nothing, and a quantile is at most 1/64 below the true value.
// Buckets are linear within each power of two, as in HdrHistogram; the last ends at over an hour.

const EXACT_BITS = 7;
const SUB_BUCKETS = 2 ** (EXACT_BITS - 1);
const MAX_VALUE = 2 ** 32 - 1;
const BUCKETS = (32 - EXACT_BITS + 2) * SUB_BUCKETS;

export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;
  #max = 0;

  /** Takes a whole number of microseconds; what does not fit counts as the largest that does. */
  record(microseconds: number): void {
    const value = Math.min(Math.max(0, microseconds), MAX_VALUE) >>> 0;
    const index = bucketOf(value);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#total += 1;
    if (value > this.#max) this.#max = value;
  }

  get total(): number {
    return this.#total;
  }

  get max(): number {
    return this.#max;
  }

  /** The smallest value of the bucket that the given share (0 to 1) of all values lies in or below; 0 when empty. */
  quantile(share: number): number {
    const wanted = Math.max(1, Math.ceil(share * this.#total));
    let seen = 0;
    for (const [index, count] of this.#counts.entries()) {
      seen += count;
      if (seen >= wanted) return lowestOf(index);
    }
    return 0;
  }

  reset(): void {
    this.#counts.fill(0);
    this.#total = 0;
    this.#max = 0;
  }
}

/** Values below 2^7 have a bucket each; above, every doubling has 64 of them. */
function bucketOf(value: number): number {
  const shift = Math.max(0, 32 - EXACT_BITS - Math.clz32(value));
  return shift * SUB_BUCKETS + (value >>> shift);
}

function lowestOf(index: number): number {
  const shift = Math.max(0, Math.floor(index / SUB_BUCKETS) - 1);
  return (index - shift * SUB_BUCKETS) * 2 ** shift;
}
