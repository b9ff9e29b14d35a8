import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that run for 5 s and more, the longest first. */
const LONG = [
  'test/access/transports.test.ts',
  'test/e2e/graphiql.test.ts',
  'test/e2e/http-start.test.ts',
  'test/e2e/full-disk.test.ts',
  'test/live/upstream/load.test.ts',
  'test/access/access.test.ts',
  'test/e2e/subscriptions-trouble.test.ts',
  'test/e2e/one-fault.test.ts',
  'test/e2e/restart.test.ts',
  'test/fleet/processes.test.ts',
  'test/fleet/outages.test.ts',
];

/** Long files first: one that begins as the last keeps one core idle. The others in the random order of the seed. */
class LongFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root, sequence } = this.ctx.config;
    const orderOf = ({ moduleId }: TestSpecification): string => {
      const file = relative(root, moduleId);
      const place = LONG.indexOf(file);
      return place === -1 ? createHash('sha1').update(`${sequence.seed} ${file}`).digest('hex') : `!${place}`;
    };
    const orders = new Map(files.map((file) => [file, orderOf(file)]));
    const sorted = files.toSorted((one, other) =>
      (orders.get(one) ?? '') < (orders.get(other) ?? '') ? -1 : 1,
    );
    return Promise.resolve(sorted);
  }
}

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
    sequence: { shuffle: { files: true, tests: true }, sequencer: LongFirst },
    restoreMocks: true,
    // Modules are evaluated once a worker and not once a file, which halves the time; no test keeps state in a module.
    isolate: false,
    // Vitest leaves one core idle, which on a machine of two is half of it.
    maxWorkers: '100%',
  },
});
