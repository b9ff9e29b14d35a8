// The options of `npm run bench peers`.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Prepare } from './launch.ts';
import { prepareGateway } from './gateway.ts';
import { isMissing, isVariant, preparations } from './targets.ts';
import { workloads, type Workload } from './workloads.ts';

/** What to measure. */
export interface Options {
  /** By name; at least one. The first is compared with all others, and with itself. */
  readonly targets: ReadonlyMap<string, Prepare>;
  readonly workloads: readonly Workload[];
  readonly rounds: number;
  /** How long each target is under load in each round. */
  readonly seconds: number;
  /** How long each target is under load before the first round of a workload. */
  readonly warmUpSeconds: number;
}

const targetNames = [...preparations.keys()];

/** The text of `--help`. */
export const HELP = `Usage: npm run bench peers [-- options]

  --targets LIST     targets to measure, of ${targetNames.join(', ')};
                     the first is compared with the others, and with a second process of itself;
                     by default all but gateway-silent (no metrics, no lines of the log) and
                     gateway-traced (with traces), tailcall only on Linux with glibc on x64
  --before DIR       also another checkout of the gateway, with its packages installed, as the target \`before\`
  --workloads LIST   of ${[...workloads.keys()].join(', ')}
  --rounds N         rounds of each workload, 3 by default
  --seconds N        seconds of load for each target and round, 5 by default
  --warm-up N        seconds of load for each target before the first round, 3 by default
  --help             print this

${[...workloads.values()].map(({ name, about }) => `  ${name.padEnd(5)}${about}`).join('\n')}
`;

const all = (names: Iterable<string>) => ({ type: 'string', default: [...names].join(',') }) as const;

/**
 * Reads the options; null: the user asked for help. @throws Error for an unknown option or name, and for text where a number
 * belongs.
 */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      targets: all(targetNames.filter((name) => !isMissing(name) && !isVariant(name))),
      before: { type: 'string' },
      workloads: all(workloads.keys()),
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
      'warm-up': { type: 'string', default: '3' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const targets = listed('targets', values.targets, targetNames);
  const missing = targets.filter(isMissing);
  if (missing.length > 0)
    throw new Error(`--targets: ${missing.join(', ')} is not installed on this platform`);
  return {
    targets: preparationsOf(targets, values.before),
    workloads: listed('workloads', values.workloads, [...workloads.keys()]).flatMap(
      (name) => workloads.get(name) ?? [],
    ),
    rounds: numberOf('rounds', values.rounds),
    seconds: numberOf('seconds', values.seconds),
    warmUpSeconds: numberOf('warm-up', values['warm-up']),
  };
}

function preparationsOf(names: readonly string[], before: string | undefined): ReadonlyMap<string, Prepare> {
  const chosen = new Map<string, Prepare>();
  for (const name of names) {
    const prepare = preparations.get(name);
    if (prepare !== undefined) chosen.set(name, prepare);
  }
  return before === undefined ? chosen : chosen.set('before', prepareGateway({ root: resolve(before) }));
}

function listed(option: string, text: string, known: readonly string[]): string[] {
  const names = [...new Set(text.split(','))];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`--${option}: ${unknown.join(', ')} is none of ${known.join(', ')}`);
  return names;
}

function numberOf(option: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`--${option} must be a whole number from 1, not ${text}`);
  return Number(text);
}
