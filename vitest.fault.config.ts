import { defineConfig } from 'vitest/config';

/** Processes that are killed: slow, and one file at a time, because each works a whole machine. */
export default defineConfig({
  test: {
    include: ['test/fault/**/*.test.ts'],
    globalSetup: ['test/hsm/require-softhsm.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
