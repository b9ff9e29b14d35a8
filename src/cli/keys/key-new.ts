// The subcommand `key new`: creates an API key and prints it with its line for the file of keys.
// The key is printed once, to stdout. The line and the file have only its hash.
import { appendFile, readFile } from 'node:fs/promises';
import { ApiKeys, createApiKey, type ApiKeyRequest, type NewApiKey } from '../../auth/api-keys.ts';
import { ApiKeyError } from '../../auth/errors.ts';
import { systemClock } from '../../clock.ts';
import { CommandFault, messageOf } from '../fault.ts';

/** The options of `key new`, as the command line has them. */
export interface NewKeyOptions {
  readonly name: string;
  /** A comma list. */
  readonly scopes: string;
  /** A comma list. */
  readonly rooms?: string;
  readonly expires?: string;
  readonly file?: string;
  readonly json?: boolean;
}

/** Creates a key, appends its line to the file if one is given, and prints both. */
export async function createKey({ file, json, ...options }: NewKeyOptions): Promise<number> {
  const { key, line } = newKey(requestOf(options));
  if (file !== undefined) await append(file, line);
  const place = file === undefined ? 'Line for the file of GATEWAY_API_KEYS' : `Added to ${file}`;
  const text = `Key, shown only once:\n  ${key}\n${place}:\n  ${line}\n`;
  process.stdout.write(json === true ? `${JSON.stringify({ key, line })}\n` : text);
  return 0;
}

function requestOf({ name, scopes, rooms, expires }: NewKeyOptions): ApiKeyRequest {
  return { name, scopes: scopes.split(','), rooms: rooms?.split(',') ?? [], expires: expires ?? null };
}

function newKey(request: ApiKeyRequest): NewApiKey {
  try {
    const made = createApiKey(request);
    if (made.expiresAt === null || made.expiresAt > systemClock.now()) return made;
    throw new ApiKeyError(['--expires is in the past']);
  } catch (error) {
    throw error instanceof ApiKeyError ? new CommandFault(2, error.faults) : error;
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
    throw new CommandFault(1, [`${path} was not changed`, ...faults]);
  }
}
