// Types of ci-counts.mjs, for its test.

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countsOf(output: string): Counts;

export function countsText(counts: Counts): string;

export function closingLines(results: readonly ({ readonly name: string } & Counts)[]): string[];
