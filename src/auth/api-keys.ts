// API keys: 256 random bits that a caller shows, of which the gateway keeps a hash. A fast hash is enough for a
// secret that nobody can guess. One key a line: `name sha256:<hex> <scope>[,<scope>] [rooms=<id>,<id>]
// [expires=<date>]`; `#` begins a comment. No message shows what stands where a key might stand by mistake.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Caller } from './caller.ts';
import { ApiKeyError } from './errors.ts';
import { parseScopes } from './scopes.ts';

/** Every key begins with this, so that it is told from a token and found by scanners for leaked secrets. */
export const API_KEY_PREFIX = 'hgk_';

const KEY_BYTES = 32;
const NAME = /^[\w.-]{1,64}$/;
const HASH = /^sha256:[0-9a-f]{64}$/;
const ROOM_ID = /^[0-9a-f]{24}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

interface KnownKey {
  readonly line: number;
  readonly hash: Buffer;
  readonly caller: Caller;
}

/** A new key. `line` lets it in; the key itself is kept nowhere. */
export interface NewApiKey {
  readonly key: string;
  readonly line: string;
  /** Milliseconds since the Unix epoch; null: never. */
  readonly expiresAt: number | null;
}

/** What a new key is to allow. */
export interface ApiKeyRequest {
  readonly name: string;
  readonly scopes: readonly string[];
  /** The only rooms; empty: all. */
  readonly rooms: readonly string[];
  /** From when on it is refused: a date (its first moment, UTC) or an instant of ISO 8601; null: never. */
  readonly expires: string | null;
}

/** The keys of a file. */
export class ApiKeys {
  readonly #keys: readonly KnownKey[];

  /**
   * @param file the text of the file
   * @throws ApiKeyError with every fault at once
   */
  constructor(file: string) {
    const faults: string[] = [];
    this.#keys = file.split(/\r?\n/).flatMap((text, index) => {
      const content = text.replace(/(^|\s)#.*$/, '').trim();
      if (content === '') return [];
      const { caller, hash, faults: wrong } = parseWords(content.split(/\s+/));
      faults.push(...wrong.map((fault) => `line ${index + 1}: ${fault}`));
      return [{ line: index + 1, hash, caller }];
    });
    faults.push(...repetitions(this.#keys));
    if (this.#keys.length === 0) faults.push('it holds no key; `npm run create-api-key` makes one');
    if (faults.length > 0) throw new ApiKeyError(faults);
  }

  /**
   * Whose key this is, be it expired or not; null: nobody's. Every known key is compared, wherever the match is, each
   * in constant time.
   */
  callerOf(key: string): Caller | null {
    const hash = hashOf(key);
    let caller: Caller | null = null;
    for (const known of this.#keys) {
      if (timingSafeEqual(known.hash, hash)) ({ caller } = known);
    }
    return caller;
  }
}

/**
 * Makes a key.
 * @throws ApiKeyError with every fault of the request
 */
export function createApiKey({ name, scopes, rooms, expires }: ApiKeyRequest): NewApiKey {
  const key = `${API_KEY_PREFIX}${randomBytes(KEY_BYTES).toString('base64url')}`;
  const words = [name, `sha256:${hashOf(key).toString('hex')}`, scopes.join(',')];
  if (rooms.length > 0) words.push(`rooms=${rooms.join(',')}`);
  if (expires !== null) words.push(`expires=${expires}`);
  const { faults, caller } = parseWords(words);
  if (faults.length > 0) throw new ApiKeyError(faults);
  return { key, line: words.join(' '), expiresAt: caller.expiresAt };
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

function repetitions(keys: readonly KnownKey[]): string[] {
  const seen = new Map<string, number>();
  return keys.flatMap(({ line, hash, caller }) =>
    [
      { what: 'name', value: caller.name },
      // A faulty hash is empty, and told already.
      ...(hash.length === 0 ? [] : [{ what: 'key', value: hash.toString('hex') }]),
    ].flatMap(({ what, value }) => {
      const earlier = seen.get(value);
      if (earlier === undefined) seen.set(value, line);
      return earlier === undefined ? [] : [`line ${line}: the ${what} is that of line ${earlier}`];
    }),
  );
}

/** The words of a line. What it gives serves only if there are no faults. */
function parseWords(
  words: readonly string[],
): Omit<KnownKey, 'line'> & { readonly faults: readonly string[] } {
  const [name = '', hash = '', scopeNames = '', ...options] = words;
  const faults: string[] = [];
  if (!NAME.test(name)) faults.push('the name must be 1 to 64 letters, digits or . _ -');
  if (name.startsWith(API_KEY_PREFIX)) faults.push('a key stands where its name belongs');
  const hashIsGood = HASH.test(hash);
  if (!hashIsGood) faults.push('the hash must be `sha256:` and 64 lower-case hexadecimal digits');
  const { scopes, unknown } = parseScopes(scopeNames.split(','));
  if (scopeNames === '') faults.push('scopes are missing, such as `rooms:read,peers:write` or `*`');
  else if (unknown.length > 0) faults.push(`there is no scope ${unknown.map(shown).join(', ')}`);
  const { rooms, expiresAt, faults: wrong } = parseOptions(options);
  return {
    hash: hashIsGood ? Buffer.from(hash.slice('sha256:'.length), 'hex') : Buffer.alloc(0),
    caller: { name: `key:${name}`, scopes, rooms, participant: null, expiresAt },
    faults: [...faults, ...wrong],
  };
}

/** A misspelt scope, as far as it may be told: a key may have slipped into its place. */
function shown(scope: string): string {
  return /^[a-z*:-]{1,40}$/.test(scope) ? `\`${scope}\`` : '(not shown)';
}

function parseOptions(options: readonly string[]): Pick<Caller, 'rooms' | 'expiresAt'> & {
  readonly faults: readonly string[];
} {
  const faults: string[] = [];
  const given = new Map<string, string>();
  for (const option of options) {
    const [, name = '', value = ''] = /^(rooms|expires)=(.*)$/.exec(option) ?? [];
    if (name === '')
      faults.push('only `rooms=` and `expires=` may follow the scopes, without blanks in them');
    else if (given.has(name)) faults.push(`\`${name}=\` stands there twice`);
    else given.set(name, value);
  }
  const rooms = given.get('rooms')?.split(',') ?? null;
  if (rooms?.every((room) => ROOM_ID.test(room)) === false) {
    faults.push('each of `rooms=` must be a room id: 24 lower-case hexadecimal digits');
  }
  const expires = given.get('expires');
  const expiresAt = expires === undefined ? null : instantOf(expires);
  if (Number.isNaN(expiresAt)) {
    faults.push('`expires=` must be a date such as 2027-01-01 or an instant such as 2027-01-01T12:00:00Z');
  }
  return { rooms: rooms === null ? null : new Set(rooms), expiresAt, faults };
}

/** Milliseconds since the Unix epoch, or NaN. */
function instantOf(text: string): number {
  if (!DATE.test(text) && !INSTANT.test(text)) return Number.NaN;
  const day = text.slice(0, 10);
  // `Date` makes the 3rd of March of the 31st of February.
  const dayIsReal = new Date(Date.parse(day) || 0).toISOString().startsWith(day);
  return dayIsReal ? Date.parse(text) : Number.NaN;
}
