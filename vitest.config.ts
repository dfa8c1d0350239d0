import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/sdk/**', 'test/hsm/**', 'test/fault/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: { include: ['appliance/**', 'proto/*.ts', 'certs-tool/**', 'hsm-adapter/**', 'sm/**'] },
  },
});
