// The command `npm run bench [name ...]`: runs the named benchmarks, or all of them, one after another.
import * as fanOut from './fan-out.ts';
import * as hostile from './hostile.ts';
import * as liveDelay from './live-delay.ts';
import * as mutationDelay from './mutation-delay.ts';
import * as refusing from './refusing.ts';
import * as sizes from './sizes.ts';

/** A benchmark. It starts the servers and clients that it needs, and ends them. */
interface Benchmark {
  /** One line about what it measures. */
  readonly about: string;
  /** Rejects if a measured value is over its bound. */
  readonly run: () => Promise<void>;
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  'live-delay': liveDelay,
  'mutation-delay': mutationDelay,
  'fan-out': fanOut,
  refusing,
  sizes,
  hostile,
};

const HELP = `Usage: npm run bench [-- name ...]

Runs the named benchmarks, or all of them, against a sandbox on loopback. bench/README.md explains the
figures. Exits with 1 if a measured value is over its bound.

${Object.entries(benchmarks)
  .map(([name, { about }]) => `  ${name.padEnd(16)}${about}`)
  .join('\n')}
`;

/** Runs the named benchmarks; after a failure the later ones still run. Runs none if a name is unknown. */
async function runAll(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
  if (unknown.length > 0) return fail(`Unknown benchmark: ${unknown.join(', ')}.\n\n${HELP}`);
  for (const name of names) {
    console.log(`${name}: ${benchmarks[name]?.about}`);
    try {
      await benchmarks[name]?.run();
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
    console.log('');
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}

const names = process.argv.slice(2);
if (names.includes('--help')) process.stdout.write(HELP);
else await runAll(names.length > 0 ? names : Object.keys(benchmarks));
