// How the cost of the gateway grows with the size of rooms and of the workspace. The upstream is a process of its own that answers
// after 5 ms; gateway and readers share this process.
import { parseArgs } from 'node:util';
import { changes } from './sizes/changes.ts';
import { peers } from './sizes/peers.ts';
import { sessions } from './sizes/sessions.ts';
import { walks } from './sizes/walks.ts';
import { watchedRooms } from './sizes/watched-rooms.ts';

/** The line of this benchmark in the command's help. */
export const about = 'CPU, memory and blocks of the event loop by peers, changes, sessions and rooms';

/** See Benchmark. */
export const hasOptions = true;

const parts = new Map([peers, changes, sessions, walks, watchedRooms].map((part) => [part.name, part]));

const HELP = `Usage: npm run bench sizes [-- --parts LIST]

  --parts LIST   of ${[...parts.keys()].join(', ')}; all by default
`;

/**
 * Prints a table for each kind of size. Rejects if a result is wrong, such as a walk that lacks rooms, or if an option is
 * wrong.
 */
export async function run(args: readonly string[] = []): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      parts: { type: 'string', default: [...parts.keys()].join(',') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  for (const name of values.parts.split(',')) {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`--parts: ${name} is none of ${[...parts.keys()].join(', ')}`);
    console.log(` ${name}`);
    await part();
  }
}
