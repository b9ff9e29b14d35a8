import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Tests and packages must share one copy of graphql: vite would otherwise pick its `development` entry.
  ssr: { resolve: { conditions: ['module-sync', 'node', 'import', 'default'] } },
  test: {
    include: ['test/**/*.test.ts'],
    // Fails each test during which a secret came out.
    setupFiles: ['test/support/no-leaks.ts'],
    testTimeout: 15_000,
    // The default of a second is too short where other processes keep all cores busy.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 30_000,
    sequence: { shuffle: true },
    restoreMocks: true,
    // Modules are evaluated once a worker and not once a file, which halves the time; no test keeps state in a module.
    isolate: false,
    // Vitest leaves one core idle, which on a machine of two is half of it.
    maxWorkers: '100%',
  },
});
