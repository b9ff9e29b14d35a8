// API keys: 256 random bits that a caller shows, of which the gateway keeps a hash. A fast hash is enough for a
// secret that nobody can guess. One key a line: `name sha256:<hex> <scopes> [rooms=<ids>]`; `#` begins a comment.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Caller } from './caller.ts';
import { parseScopes } from './scopes.ts';

/** Every key begins with this, so that it is told from a token and found by scanners for leaked secrets. */
export const API_KEY_PREFIX = 'hgk_';

const KEY_BYTES = 32;
const NAME = /^[\w.-]{1,64}$/;
const HASH = /^sha256:[0-9a-f]{64}$/;
const ROOM_ID = /^[0-9a-f]{24}$/;

/** A line of the file cannot be used. The message names the line, not its content. */
export class ApiKeyFileError extends Error {
  override readonly name = 'ApiKeyFileError';
}

interface KnownKey {
  readonly hash: Buffer;
  readonly caller: Caller;
}

/** The keys of a file. */
export class ApiKeys {
  readonly #keys: readonly KnownKey[];

  /** @throws ApiKeyFileError */
  constructor(file: string) {
    this.#keys = file.split('\n').flatMap((line, index) => {
      const content = line.replace(/(^|\s)#.*$/, '').trim();
      return content === '' ? [] : [parseLine(content, index + 1)];
    });
    const names = this.#keys.map(({ caller }) => caller.name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new ApiKeyFileError(`two keys have the name ${twice}`);
  }

  get size(): number {
    return this.#keys.length;
  }

  /** Whose key this is; null: nobody's. Every known key is compared, wherever the match is. */
  callerOf(key: string): Caller | null {
    const hash = hashOf(key);
    let caller: Caller | null = null;
    for (const known of this.#keys) {
      if (timingSafeEqual(known.hash, hash)) ({ caller } = known);
    }
    return caller;
  }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

function parseLine(line: string, number: number): KnownKey {
  const [name = '', hash = '', scopeNames = '', ...options] = line.split(/\s+/);
  const fail = (what: string) => new ApiKeyFileError(`line ${number}: ${what}`);
  if (!NAME.test(name)) throw fail('the name must be 1 to 64 letters, digits or . _ -');
  if (!HASH.test(hash)) throw fail('the hash must be `sha256:` and 64 hexadecimal digits');
  const { scopes, unknown } = parseScopes(scopeNames.split(',').filter((scope) => scope !== ''));
  if (unknown.length > 0) throw fail(`there is no scope ${unknown.join(', ')}`);
  if (scopes.size === 0) throw fail('a scope is needed, such as `rooms:read` or `*`');
  return {
    hash: Buffer.from(hash.slice('sha256:'.length), 'hex'),
    caller: {
      name: `key:${name}`,
      scopes,
      rooms: roomsOf(options, fail),
      participant: null,
      expiresAt: null,
    },
  };
}

function roomsOf(options: readonly string[], fail: (what: string) => Error): ReadonlySet<string> | null {
  let rooms: ReadonlySet<string> | null = null;
  for (const option of options) {
    if (!option.startsWith('rooms=')) throw fail(`only \`rooms=\` may follow the scopes`);
    rooms = new Set(option.slice('rooms='.length).split(','));
    for (const room of rooms) if (!ROOM_ID.test(room)) throw fail('a room id has 24 hexadecimal digits');
  }
  return rooms;
}

/** A new key, and the line that lets it in. The key itself is kept nowhere. */
export function createApiKey(
  name: string,
  scopes: readonly string[],
  rooms: readonly string[],
): { readonly key: string; readonly line: string } {
  const key = `${API_KEY_PREFIX}${randomBytes(KEY_BYTES).toString('base64url')}`;
  const bound = rooms.length === 0 ? '' : ` rooms=${rooms.join(',')}`;
  const line = `${name} sha256:${hashOf(key).toString('hex')} ${scopes.join(',')}${bound}`;
  parseLine(line, 1);
  return { key, line };
}
