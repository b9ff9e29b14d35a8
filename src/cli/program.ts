// The command `hms-gateway`: its subcommands with their arguments, options and help. This file is loaded at each start and at each
// press of TAB, so what a subcommand does is imported when it is called.
import { styleText } from 'node:util';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { scopeFamilies } from '../auth/scopes.ts';
import { endWithReader } from './closed-pipe.ts';
import { CommandFault } from './fault.ts';
import type { KeyFileOptions } from './keys/key-lines.ts';
import type { NewKeyOptions } from './keys/key-new.ts';
import type { RoomsOptions } from './rooms.ts';
import type { WatchOptions } from './watch/watch.ts';

const NAME = 'hms-gateway';

const START_HELP = `
The gateway is configured by environment variables, which README.md lists. Without HMS_ACCESS_KEY and HMS_SECRET it serves
invented rooms from an embedded sandbox. SIGINT (Ctrl+C) and SIGTERM close it; a second one ends it at once.`;

const SANDBOX_HELP = `
Environment:
  HOST                address to listen on (127.0.0.1)
  SANDBOX_PORT        port to listen on, 0 for any free one (4100)
  SANDBOX_SEED        whole number that decides the data (1)
  SANDBOX_ACCESS_KEY  access key that management tokens must carry (sandbox)
  SANDBOX_SECRET      secret that management tokens must be signed with (sandbox-secret)`;

const NEW_KEY_HELP = `
The key is printed once and not stored: the file that GATEWAY_API_KEYS names has only its hash. The gateway reads that file when
it starts and when it changes.

A scope is FAMILY:read or FAMILY:write; write includes read, * means all. FAMILY is one of
  ${scopeFamilies.slice(0, 7).join(' ')}
  ${scopeFamilies.slice(7).join(' ')}`;

const TARGET_HELP = `
If the gateway requires a key, put it into the variable GATEWAY_TOKEN, or into a file that --token-file names.`;

const WATCH_HELP = `
At a terminal this is a live list. Keys: ↑ ↓ choose, x removes the chosen person, r changes the role, q quits.
An API key needs the scopes rooms:read, sessions:read and peers:read; for x and r also peers:write and templates:read.
If stdout is not a terminal, each event is printed as a line; with --json as JSON. To resume, pass its \`cursor\` to --after.`;

const CHECK_HELP = `
Reads the environment variables and the files that they name, as \`start\` does.`;

const SCHEMA_HELP = `
Types, fields and arguments are sorted by name. The package has the same text: \`hms-gateway/schema.graphql\`.`;

const EXIT_CODES = `
Exit codes: 0 success, 1 failure, 2 wrong arguments.`;

/** Runs a subcommand and resolves to its exit code. */
type Run = () => Promise<number>;

/**
 * Runs the command. Resolves to the exit code; for `start` and `sandbox` once they listen, and what they have opened then keeps
 * the process running.
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = createProgram(async (run) => {
    exitCode = await run();
  });
  // `start` does not load the code that completes words at TAB. It also goes on running when the program that reads its log ends.
  if (args[0] !== 'start') {
    (await import('./completion.ts')).addCompletion(program);
    endWithReader();
  }
  try {
    await program.parseAsync(helpAsOption(program, args), { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed its message, or the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof CommandFault)) throw error;
    for (const fault of error.faults) console.error(`${NAME}: ${fault}`);
    return error.exitCode;
  }
}

/** Commander's `help` looks at one word only, so `help key new` becomes `key new --help`. */
function helpAsOption({ commands }: Command, args: readonly string[]): readonly string[] {
  const [word, name = '', ...more] = args;
  const isKnown = commands.some((command) => command.name() === name);
  return word === 'help' && isKnown && more.length > 0 ? [name, ...more, '--help'] : args;
}

function createProgram(perform: (run: Run) => Promise<void>): Command {
  const program = new Command(NAME)
    .description('One GraphQL endpoint over the 100ms server-side REST API.')
    .version(packageJson.version)
    .helpCommand('help [command...]', 'the options of a command')
    .exitOverride()
    .configureHelp({
      styleTitle: (text) => styleText('bold', text),
      styleCommandText: (text) => styleText('cyan', text),
      styleSubcommandText: (text) => styleText('cyan', text),
      styleOptionText: (text) => styleText('cyan', text),
    })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, `${NAME}: `)) })
    .showHelpAfterError(`See \`${NAME} --help\`.`)
    .addHelpText('after', EXIT_CODES);
  addServers(program, perform);
  addClients(program, perform);
  addKeys(program, perform);
  addPrinters(program, perform);
  return program;
}

function addServers(program: Command, perform: (run: Run) => Promise<void>): void {
  program
    .command('start')
    .description('run the gateway')
    .version(packageJson.version)
    .addHelpText('after', START_HELP)
    .action(() =>
      perform(async () => {
        const { holdYoungGeneration, releaseYoungGeneration } = await import('../young-generation.ts');
        holdYoungGeneration();
        const { start } = await import('./start.ts');
        const exitCode = await start();
        releaseYoungGeneration();
        return exitCode;
      }),
    );
  program
    .command('sandbox')
    .description('run an emulator of the 100ms REST API with invented data')
    .addHelpText('after', SANDBOX_HELP)
    .action(() => perform(async () => (await import('./sandbox.ts')).runSandbox()));
}

function addClients(program: Command, perform: (run: Run) => Promise<void>): void {
  const ofTarget = (command: Command) =>
    command
      .option('--url <url>', 'the gateway (default: GATEWAY_URL, else http://127.0.0.1:4000/graphql)')
      .option('--token-file <path>', 'a file that has the API key or token');
  ofTarget(program.command('watch').description('show who is in a room as people come and go'))
    .argument('<room>', 'the id of the room, or its name')
    .option('--json', 'print each event as a line of JSON')
    .option('--after <cursor>', 'continue after the event with this cursor')
    .addHelpText('after', WATCH_HELP + TARGET_HELP)
    .action((room: string, options: WatchOptions) =>
      perform(async () => (await import('./watch/watch.ts')).watchRoom(room, options)),
    );
  ofTarget(program.command('rooms').description('list rooms, the newest first'))
    .option('--live', 'only rooms with a running session')
    .option('--first <count>', 'maximum number of rooms, up to 500', countOf, 20)
    .option('--json', 'print one object a line')
    .addHelpText('after', TARGET_HELP)
    .action((options: RoomsOptions) => perform(async () => (await import('./rooms.ts')).listRooms(options)));
}

function countOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 500) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 to 500.');
}

function addKeys(program: Command, perform: (run: Run) => Promise<void>): void {
  const keys = program.command('key').description('API keys of callers').helpCommand(false);
  keys
    .command('new')
    .description('create a key and print it once')
    .requiredOption('--name <name>', "a name for the key's holder: 1 to 64 letters, digits or . _ -")
    .requiredOption('--scopes <list>', 'what the holder may do, such as rooms:read,peers:write')
    .option('--rooms <list>', 'ids of the rooms that the holder may see (default: all rooms)')
    .option('--expires <date>', 'when it expires: 2027-01-01 (at its start, UTC) or 2027-01-01T12:00:00Z')
    .option('--file <path>', 'append the line to this file; a new file is readable by its owner only')
    .option('--json', 'print JSON: {"key", "line"}')
    .addHelpText('after', NEW_KEY_HELP)
    .action((options: NewKeyOptions) =>
      perform(async () => (await import('./keys/key-new.ts')).createKey(options)),
    );
  const fileOption = [
    '--file <path>',
    'the file of keys (default: the one that GATEWAY_API_KEYS names)',
  ] as const;
  keys
    .command('list')
    .description('list the keys of the file, without their hashes')
    .option(...fileOption)
    .option('--json', 'print one object a line')
    .action((options: KeyFileOptions & { readonly json?: boolean }) =>
      perform(async () => (await import('./keys/key-list.ts')).listKeys(options)),
    );
  keys
    .command('revoke')
    .description('remove a key from the file; a running gateway refuses it within a second')
    .argument('<name>', 'the name of the key')
    .option(...fileOption)
    .action((name: string, options: KeyFileOptions) =>
      perform(async () => (await import('./keys/key-revoke.ts')).revokeKey(name, options)),
    );
}

function addPrinters(program: Command, perform: (run: Run) => Promise<void>): void {
  program
    .command('check-config')
    .description('print all faults of the configuration, or what the gateway would do')
    .addHelpText('after', CHECK_HELP)
    .action(() => perform(async () => (await import('./check-config.ts')).checkConfig(process.env)));
  program
    .command('print-schema')
    .description('print the schema of the graph (SDL)')
    .option('--federation', 'print it as a subgraph of Apollo Federation 2, for a router to compose')
    .addHelpText('after', SCHEMA_HELP)
    .action((options: { readonly federation?: boolean }) =>
      perform(async () => (await import('./print-schema.ts')).printSchema(options)),
    );
}
