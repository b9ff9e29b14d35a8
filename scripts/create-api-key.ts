// The command `npm run create-api-key`: creates an API key and prints it with its line for the file of keys.
// The key is printed once, to stdout. The line and the file have only its hash.
import { appendFile, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ApiKeys, createApiKey, type ApiKeyRequest, type NewApiKey } from '../src/auth/api-keys.ts';
import { ApiKeyError } from '../src/auth/errors.ts';
import { scopeFamilies } from '../src/auth/scopes.ts';
import { systemClock } from '../src/clock.ts';

const HELP = `Usage: npm run create-api-key -- --name NAME --scopes SCOPES [options]

Creates a key for a caller of the gateway. The key is printed once and not stored: the file that GATEWAY_API_KEYS
names has only its hash. The gateway reads that file when it starts and when it changes.

  --name NAME      a name for the key's holder: 1 to 64 letters, digits or . _ -
  --scopes LIST    what the holder may do, such as rooms:read,peers:write; write includes read, * means all
  --rooms LIST     the ids of the only rooms that the holder may see; without it: all rooms
  --expires DATE   when the key expires: 2027-01-01 (at the start of that day, UTC) or 2027-01-01T12:00:00Z
  --file PATH      append the line to this file; a new file is readable by its owner only
  --json           print JSON: {"key", "line"}
  --help           print this

A scope is FAMILY:read or FAMILY:write. FAMILY is one of
  ${scopeFamilies.slice(0, 7).join(' ')}
  ${scopeFamilies.slice(7).join(' ')}

Exit codes: 0 done, 1 the file cannot be read or written or is faulty, 2 wrong arguments.
`;

const OPTIONS = {
  name: { type: 'string' },
  scopes: { type: 'string' },
  rooms: { type: 'string' },
  expires: { type: 'string' },
  file: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Ends the command with `exitCode`; the message has one line for each fault. */
class Fault extends Error {
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, faults: readonly string[]) {
    super(faults.map((fault) => `create-api-key: ${fault}`).join('\n'));
    this.exitCode = exitCode;
  }
}

async function main(args: readonly string[]): Promise<string> {
  const options = argumentsOf(args);
  if (options.help === true) return HELP;
  const { key, line } = newKey(requestOf(options));
  if (options.file !== undefined) await append(options.file, line);
  if (options.json === true) return `${JSON.stringify({ key, line })}\n`;
  const place =
    options.file === undefined ? 'Line for the file of GATEWAY_API_KEYS' : `Added to ${options.file}`;
  return `Key, shown only once:\n  ${key}\n${place}:\n  ${line}\n`;
}

function argumentsOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new Fault(2, [messageOf(error)]);
  }
}

function requestOf({ name, scopes, rooms, expires }: ReturnType<typeof argumentsOf>): ApiKeyRequest {
  if (name === undefined || scopes === undefined) {
    throw new Fault(2, ['--name and --scopes are required; see --help']);
  }
  return {
    name,
    scopes: scopes.split(','),
    rooms: rooms?.split(',') ?? [],
    expires: expires ?? null,
  };
}

function newKey(request: ApiKeyRequest): NewApiKey {
  try {
    const made = createApiKey(request);
    if (made.expiresAt === null || made.expiresAt > systemClock.now()) return made;
    throw new ApiKeyError(['--expires is in the past']);
  } catch (error) {
    throw error instanceof ApiKeyError ? new Fault(2, error.faults) : error;
  }
}

/** Adds a line to the file. Leaves the file unchanged if the gateway could not start with the result. */
async function append(path: string, line: string): Promise<void> {
  try {
    const before = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const start = before === '' || before.endsWith('\n') ? '' : '\n';
    void new ApiKeys(`${before}${start}${line}`);
    await appendFile(path, `${start}${line}\n`, { mode: 0o600 });
  } catch (error) {
    const faults = error instanceof ApiKeyError ? error.faults : [messageOf(error)];
    throw new Fault(1, [`${path} was not changed`, ...faults]);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  process.stdout.write(await main(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
