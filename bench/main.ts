// The command `npm run bench [name ...]`: runs the named benchmarks, or all that can run here, one after another. A name alone
// may have options behind it.
import * as fanOut from './fan-out.ts';
import * as fleet from './fleet.ts';
import * as fleetLive from './fleet-live.ts';
import * as hostile from './hostile.ts';
import * as largeRoom from './large-room.ts';
import * as liveDelay from './live-delay.ts';
import * as mutationDelay from './mutation-delay.ts';
import * as peers from './peers.ts';
import * as profile from './profile.ts';
import * as plans from './plans.ts';
import * as refusing from './refusing.ts';
import * as sizes from './sizes.ts';
import * as soak from './soak.ts';
import * as start from './start.ts';
import * as subscriptions from './subscriptions.ts';

/** A benchmark. It starts the servers and clients that it needs, and ends them. */
interface Benchmark {
  /** One line about what it measures. */
  readonly about: string;
  /** What it needs and lacks here; null if it can run. Without this function it can always run. */
  readonly missing?: () => string | null;
  /**
   * Rejects if a measured value is over its bound, or an option is wrong. `options`: the arguments behind its name, for a
   * benchmark with options of its own.
   */
  readonly run: (options: readonly string[]) => Promise<void>;
  /** Whether it has options, `--help` among them. */
  readonly hasOptions?: boolean;
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  'live-delay': liveDelay,
  'mutation-delay': mutationDelay,
  'fan-out': fanOut,
  refusing,
  plans,
  sizes,
  hostile,
  subscriptions,
  'large-room': largeRoom,
  fleet,
  'fleet-live': fleetLive,
  peers,
  profile,
  start,
  soak,
};

const HELP = `Usage: npm run bench [-- name ...]
       npm run bench NAME -- option ...

Runs the named benchmarks, or all that can run here, against a sandbox on loopback. bench/README.md explains the
figures. Exits with 1 if a measured value is over its bound.

${Object.entries(benchmarks)
  .map(
    ([name, { about, hasOptions }]) =>
      `  ${name.padEnd(16)}${about}${hasOptions === true ? '; see its --help' : ''}`,
  )
  .join('\n')}
`;

/** Runs the named benchmarks; after a failure the later ones still run. Runs none if a name or an option is unknown. */
async function runNamed(names: readonly string[], options: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
  if (unknown.length > 0) return fail(`Unknown benchmark: ${unknown.join(', ')}.\n\n${HELP}`);
  const takesOptions = names.length === 1 && benchmarks[names[0] ?? '']?.hasOptions === true;
  if (options.length > 0 && !takesOptions) return fail(`Unknown option: ${options.join(' ')}.\n\n${HELP}`);
  for (const name of names) {
    const missing = options.includes('--help') ? null : benchmarks[name]?.missing?.();
    if (missing == null) await runOne(name, options);
    else fail(`${name} cannot run: ${missing}`);
  }
}

/** Runs all benchmarks, and says which it leaves out because something is not installed. */
async function runAll(): Promise<void> {
  for (const [name, { missing }] of Object.entries(benchmarks)) {
    const reason = missing?.() ?? null;
    if (reason === null) await runOne(name, []);
    else console.log(`${name}: left out: ${reason}\n`);
  }
}

async function runOne(name: string, options: readonly string[]): Promise<void> {
  console.log(`${name}: ${benchmarks[name]?.about}`);
  try {
    await benchmarks[name]?.run(options);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  console.log('');
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}

const args = process.argv.slice(2);
const firstOption = args.findIndex((arg) => arg.startsWith('-'));
const names = firstOption === -1 ? args : args.slice(0, firstOption);
const options = firstOption === -1 ? [] : args.slice(firstOption);
if (names.length > 0) await runNamed(names, options);
else if (options.length === 0) await runAll();
else if (options.includes('--help')) process.stdout.write(HELP);
else fail(`Unknown option: ${options.join(' ')}.\n\n${HELP}`);
