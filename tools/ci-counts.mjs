// What the suites of CI counted: read from their output, and summed up in the last lines of CI. Skipped tests prove nothing,
// so they are told, by suite.

const VITEST_LINE = /^ *Tests +(.+) \(\d+\)$/;
const PLAIN_LINE = /^\d+ passed, \d+ failed(?:, \d+ skipped)?$/;

/** The last line of a known kind counts; none: no test ran. */
export function countsOf(output) {
  const line = output.split('\n').findLast((text) => VITEST_LINE.test(text) || PLAIN_LINE.test(text)) ?? '';
  const number = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  return { passed: number('passed'), failed: number('failed'), skipped: number('skipped') };
}

/** `3 passed, 0 failed`, and the skipped ones where there are any. */
export function countsText({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Suites that skipped tests, a line each, and at the end the line with the sums of all. */
export function closingLines(results) {
  const total = (of) => results.reduce((sum, result) => sum + result[of], 0);
  const skipping = results.filter(({ skipped }) => skipped > 0);
  return [
    ...skipping.map(({ name, skipped }) => `${name}: ${skipped} skipped`),
    countsText({ passed: total('passed'), failed: total('failed'), skipped: total('skipped') }),
  ];
}
