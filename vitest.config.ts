import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Tests and packages must share one copy of graphql: vite would otherwise pick its `development` entry.
  ssr: { resolve: { conditions: ['module-sync', 'node', 'import', 'default'] } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 15_000,
    hookTimeout: 30_000,
    sequence: { shuffle: true },
    restoreMocks: true,
  },
});
