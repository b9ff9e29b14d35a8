// The command `npm run create-api-key`: makes an API key, shows it once, and the line that lets it in.
// The key is on stdout alone; what is kept, also in the file, is its hash.
import { appendFile, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ApiKeys, createApiKey, type ApiKeyRequest, type NewApiKey } from '../src/auth/api-keys.ts';
import { ApiKeyError } from '../src/auth/errors.ts';
import { scopeFamilies } from '../src/auth/scopes.ts';
import { systemClock } from '../src/clock.ts';

const HELP = `Usage: npm run create-api-key -- --name NAME --scopes SCOPES [options]

Makes a key for callers of the gateway. It is shown once and kept nowhere: the file that GATEWAY_API_KEYS names
holds a hash of it. The gateway reads that file when it starts.

  --name NAME      who holds the key: 1 to 64 letters, digits or . _ -
  --scopes LIST    what it allows, such as rooms:read,peers:write; write includes read, * stands for all
  --rooms LIST     the ids of the only rooms it is good for
  --expires DATE   from when on it is refused: 2027-01-01 (its first moment, UTC) or 2027-01-01T12:00:00Z
  --file PATH      append the line to this file, which is created, for its owner alone, if there is none
  --json           print JSON: {"key", "line"}
  --help           print this

A scope is FAMILY:read or FAMILY:write, FAMILY being one of
  ${scopeFamilies.slice(0, 7).join(' ')}
  ${scopeFamilies.slice(7).join(' ')}

Exit codes: 0 done, 1 the file cannot be used, 2 wrong usage.
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

/** Ends the command. The message may have several lines. */
class Fault extends Error {
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, faults: readonly string[]) {
    super(faults.map((fault) => `create-api-key: ${fault}`).join('\n'));
    this.exitCode = exitCode;
  }
}

async function main(args: readonly string[]): Promise<string> {
  const given = argumentsOf(args);
  if (given.help === true) return HELP;
  const { key, line } = newKey(requestOf(given));
  if (given.file !== undefined) await append(given.file, line);
  if (given.json === true) return `${JSON.stringify({ key, line })}\n`;
  const place = given.file === undefined ? 'Line for the file of GATEWAY_API_KEYS' : `Added to ${given.file}`;
  return `Key, shown this once:\n  ${key}\n${place}:\n  ${line}\n`;
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
    throw new Fault(2, ['--name and --scopes are needed; --help tells more']);
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

/** Adds a line to the file, unless that would make it one with which the gateway does not start. */
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
    throw new Fault(1, [`${path} is left as it is`, ...faults]);
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
