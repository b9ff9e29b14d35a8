// The command `npm run bench [name ...]`: runs the named benchmarks, or all, one after another.
import * as fanOut from './fan-out.ts';
import * as hostile from './hostile.ts';
import * as liveDelay from './live-delay.ts';
import * as mutationDelay from './mutation-delay.ts';
import * as refusing from './refusing.ts';

/** A benchmark: what it measures, and how it is run. It starts and ends all that it needs. */
interface Benchmark {
  readonly about: string;
  /** Rejects when something is out of its promised bounds. */
  readonly run: () => Promise<void>;
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  'live-delay': liveDelay,
  'mutation-delay': mutationDelay,
  'fan-out': fanOut,
  refusing,
  hostile,
};

const HELP = `Usage: npm run bench [-- name ...]

Runs the named benchmarks, or all of them, over a sandbox on loopback. bench/README.md says how to read
the figures. Exits with 1 when a promised bound is not kept.

${Object.entries(benchmarks)
  .map(([name, { about }]) => `  ${name.padEnd(16)}${about}`)
  .join('\n')}
`;

/** Runs all that are named, also when one of them fails. */
async function runAll(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
  if (unknown.length > 0) return fail(`There is no benchmark ${unknown.join(', ')}.\n\n${HELP}`);
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
