import { defineConfig } from 'vitest/config';

// The tests that need SoftHSM, by `npm run test:hsm`: real tokens, real node processes, one file after the other.
export default defineConfig({
  test: {
    include: ['test/hsm/**/*.test.ts'],
    globalSetup: ['test/hsm/require-softhsm.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
