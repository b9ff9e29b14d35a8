// The options of `npm run bench peers`.
import { parseArgs } from 'node:util';
import { targetNames } from './targets.ts';
import { workloads, type Workload } from './workloads.ts';

/** What to measure. */
export interface Options {
  /** At least one. The first is compared with all others, and with itself. */
  readonly targets: readonly string[];
  readonly workloads: readonly Workload[];
  readonly rounds: number;
  /** How long each target is under load in each round. */
  readonly seconds: number;
  /** How long each target is under load before the first round of a workload. */
  readonly warmUpSeconds: number;
}

/** The text of `--help`. */
export const HELP = `Usage: npm run bench peers [-- options]

  --targets LIST     targets to measure, of ${targetNames.join(', ')};
                     the first is compared with the others, and with a second process of itself
  --workloads LIST   of ${[...workloads.keys()].join(', ')}
  --rounds N         rounds of each workload, 3 by default
  --seconds N        seconds of load for each target and round, 5 by default
  --warm-up N        seconds of load for each target before the first round, 3 by default
  --help             print this

${[...workloads.values()].map(({ name, about }) => `  ${name.padEnd(5)}${about}`).join('\n')}
`;

const all = (names: Iterable<string>) => ({ type: 'string', default: [...names].join(',') }) as const;

/** Reads the options; null: `--help`. @throws Error for an unknown option, name or a number that is none. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      targets: all(targetNames),
      workloads: all(workloads.keys()),
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
      'warm-up': { type: 'string', default: '3' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  return {
    targets: listed('targets', values.targets, targetNames),
    workloads: listed('workloads', values.workloads, [...workloads.keys()]).flatMap(
      (name) => workloads.get(name) ?? [],
    ),
    rounds: numberOf('rounds', values.rounds),
    seconds: numberOf('seconds', values.seconds),
    warmUpSeconds: numberOf('warm-up', values['warm-up']),
  };
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
