// The command `npm run bench [name ...]`: runs the named benchmarks, or all, one after another.
import * as fanOut from './fan-out.ts';
import * as liveDelay from './live-delay.ts';

/** A benchmark: what it measures, and how it is run. It starts and ends all that it needs. */
interface Benchmark {
  readonly about: string;
  /** Rejects when something is out of its promised bounds. */
  readonly run: () => Promise<void>;
}

const benchmarks: Readonly<Record<string, Benchmark>> = { 'live-delay': liveDelay, 'fan-out': fanOut };

const HELP = `Usage: npm run bench [-- name ...]

Runs the named benchmarks, or all of them, over an embedded sandbox on loopback. bench/README.md says how to read
the figures. Exits with 1 when a promised bound is not kept.

${Object.entries(benchmarks)
  .map(([name, { about }]) => `  ${name.padEnd(12)}${about}`)
  .join('\n')}
`;

async function runAll(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const benchmark = benchmarks[name];
    if (benchmark === undefined) throw new Error(`There is no benchmark ${name}.\n\n${HELP}`);
    console.log(`${name}: ${benchmark.about}`);
    await benchmark.run();
    console.log('');
  }
}

const names = process.argv.slice(2);
if (names.includes('--help')) {
  process.stdout.write(HELP);
} else {
  try {
    await runAll(names.length > 0 ? names : Object.keys(benchmarks));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
