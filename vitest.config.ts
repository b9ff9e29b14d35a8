import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A file that runs for so long, in milliseconds, is long. */
const LONG_MS = 2000;
/** What is in a file that starts processes, browsers or faults, runs a whole table, or needs a longer time limit. */
const RUNS_LONG =
  /child[-_]process|\/(command|gateway-process|fleet-processes|redis-server|browser|prometheus|table)\.ts|FaultStage|[tT]imeout: \d{2,3}_000/;

/**
 * Long files first, the longest of all at the beginning: one that begins as the last keeps one core idle. The others in the random
 * order of the seed. How long a file takes is known from earlier runs, which vitest keeps in node_modules/.vite; of a file that
 * has not run here, by its text.
 */
class LongFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { cache, config } = this.ctx;
    const durationOf = (file: TestSpecification): number => {
      const known = cache.getTestSpecificationResult(file)?.duration;
      if (known !== undefined) return known < LONG_MS ? 0 : known;
      return RUNS_LONG.test(readFileSync(file.moduleId, 'utf8')) ? LONG_MS : 0;
    };
    const orderOf = ({ moduleId }: TestSpecification): string =>
      createHash('sha1')
        .update(`${config.sequence.seed} ${relative(config.root, moduleId)}`)
        .digest('hex');
    const places = files.map((file) => ({ file, duration: durationOf(file), order: orderOf(file) }));
    places.sort((one, other) => other.duration - one.duration || (one.order < other.order ? -1 : 1));
    return Promise.resolve(places.map(({ file }) => file));
  }
}

export default defineConfig({
  // Tests and packages must share one copy of graphql: vite would otherwise pick its `development` entry. Node gets these
  // conditions too, for `require` as well, so `import` is not among them.
  ssr: { resolve: { conditions: ['module-sync', 'node', 'default'] } },
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
    // Vitest leaves one core idle, which on a machine of two is half of it. Many tests wait for timers and processes, so more
    // workers than cores take a fifth less time.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
  },
});
