// A handful of rounds summed up: the median, because one disturbed round must not move it, and the spread around it.

export interface Summary {
  readonly median: number;
  /** Half the distance between the smallest and the largest value. */
  readonly spread: number;
  /** Standard error of the median, from the deviation of the values (1.2533 s/√n). */
  readonly error: number;
}

const MEDIAN_EFFICIENCY = 1.2533;

export function summary(values: readonly number[]): Summary {
  if (values.length === 0) return { median: 0, spread: 0, error: 0 };
  const sorted = [...values].sort((a, b) => a - b);
  const spread = ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / 2;
  const error = (MEDIAN_EFFICIENCY * deviation(values)) / Math.sqrt(values.length);
  return { median: median(sorted), spread, error };
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
}

function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
