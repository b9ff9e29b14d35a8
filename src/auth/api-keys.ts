// API keys. A caller sends a key of 256 random bits; the gateway's file has its SHA-256 hash. A slow password hash is not needed,
// because a random key cannot be guessed. The file has one key a line:
// `name sha256:<hex> <scope>[,<scope>] [rooms=<id>,<id>] [expires=<date>]`; `#` begins a comment. Messages never quote a word of
// the file that could be a misplaced key.
// A namespace import, because Node before 20.12 has no `hash`: it would report the missing name, not the sentence of check-node.ts.
import * as crypto from 'node:crypto';
import type { Caller } from './caller.ts';
import { ApiKeyError } from './errors.ts';
import { Revocation } from './revocation.ts';
import { rightsOf } from './rights.ts';
import { parseScopes } from './scopes.ts';

/** Every key begins with this. It distinguishes keys from tokens, and scanners for leaked secrets can search for it. */
export const API_KEY_PREFIX = 'hgk_';

/** The name of a key's caller begins with this. */
const CALLER_PREFIX = 'key:';
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
  /** The scopes as the file names them. */
  readonly scopeNames: string;
}

/** One key of a file, without its hash. */
export interface ListedKey {
  /** The number of its line, from 1. */
  readonly line: number;
  readonly name: string;
  /** A comma list, as the file has it. */
  readonly scopes: string;
  /** The ids of the only rooms that its holder may see; null: all rooms. */
  readonly rooms: readonly string[] | null;
  /** When it expires, in milliseconds since the Unix epoch; null: never. */
  readonly expiresAt: number | null;
}

/** A new key. */
export interface NewApiKey {
  /** The key itself, which its holder sends. The gateway stores it nowhere. */
  readonly key: string;
  /** The line for the file of keys, with the key's hash. */
  readonly line: string;
  /** When the key expires, in milliseconds since the Unix epoch; null: never. */
  readonly expiresAt: number | null;
}

/** The properties of a new key. */
export interface ApiKeyRequest {
  /** 1 to 64 letters, digits or `.`, `_`, `-`. */
  readonly name: string;
  /** Names of scopes, see `parseScopes`. */
  readonly scopes: readonly string[];
  /** Vendor ids of the only rooms that the key's holder may see; empty: all rooms. */
  readonly rooms: readonly string[];
  /** When the key expires: a date (at its start, in UTC) or an instant of ISO 8601; null: never. */
  readonly expires: string | null;
}

/** How the keys of a file differ from those of its earlier version. */
export interface KeyChanges {
  /** How many keys there are now. */
  readonly keys: number;
  /** The names of new keys, and of those whose rights have changed. */
  readonly added: readonly string[];
  /** The names of removed keys, and of those whose rights have changed. */
  readonly revoked: readonly string[];
}

/** The keys of one version of a file. */
export class ApiKeys {
  readonly #keys: readonly KnownKey[];
  /** The keys that have been accepted, so that each is hashed once. */
  readonly #accepted = new Map<string, Caller>();

  /**
   * @param file the text of the file, not its path
   * @param earlier an earlier version of the file: a key that has the same name, rights and expiry in both has the same caller,
   *   so that its subscriptions go on
   * @throws ApiKeyError with every fault of the file, also if it has no key
   */
  constructor(file: string, earlier?: ApiKeys) {
    const faults: string[] = [];
    this.#keys = file.split(/\r?\n/).flatMap((text, index) => {
      const content = text.replace(/(^|\s)#.*$/, '').trim();
      if (content === '') return [];
      const { caller, hash, scopeNames, faults: faultsOfLine } = parseWords(content.split(/\s+/));
      faults.push(...faultsOfLine.map((fault) => `line ${index + 1}: ${fault}`));
      return [{ line: index + 1, hash, scopeNames, caller: earlier?.callerEqualTo(hash, caller) ?? caller }];
    });
    faults.push(...repetitions(this.#keys));
    if (this.#keys.length === 0) faults.push('the file has no key; create one with `hms-gateway key new`');
    if (faults.length > 0) throw new ApiKeyError(faults);
  }

  /** The keys in the order of their lines. */
  list(): readonly ListedKey[] {
    return this.#keys.map(({ line, caller, scopeNames }) => ({
      line,
      name: caller.name.slice(CALLER_PREFIX.length),
      scopes: scopeNames,
      rooms: caller.rooms === null ? null : [...caller.rooms],
      expiresAt: caller.expiresAt,
    }));
  }

  /** The caller of the key with this hash, if its name, rights and expiry equal those of `caller`; else undefined. */
  callerEqualTo(hash: Buffer, caller: Caller): Caller | undefined {
    return this.#keys.find((known) => known.hash.equals(hash) && isEqual(known.caller, caller))?.caller;
  }

  /** Revokes the rights of all callers that `later` does not have. Returns what has changed. */
  revokeMissingFrom(later: ApiKeys): KeyChanges {
    const [before, now] = [this.#callers(), later.#callers()];
    const revoked = before.difference(now);
    for (const { revocation } of revoked) revocation?.revoke();
    const namesOf = (callers: ReadonlySet<Caller>) => [...callers].map(({ name }) => name);
    return { keys: now.size, added: namesOf(now.difference(before)), revoked: namesOf(revoked) };
  }

  #callers(): ReadonlySet<Caller> {
    return new Set(this.#keys.map(({ caller }) => caller));
  }

  /**
   * The caller that a key belongs to, even if it has expired; null for an unknown key. The time that this takes reveals nothing
   * about the known keys. A key that has not been accepted before is compared with all of them, each in constant time, also after
   * a match. An accepted key is found in a Map, which V8 searches by a hash of the whole text with a random seed.
   */
  callerOf(key: string): Caller | null {
    const accepted = this.#accepted.get(key);
    if (accepted !== undefined) return accepted;
    const sent = hashOf(key);
    let caller: Caller | null = null;
    for (const known of this.#keys) {
      if (crypto.timingSafeEqual(known.hash, sent)) ({ caller } = known);
    }
    if (caller !== null) this.#accepted.set(key, caller);
    return caller;
  }
}

/**
 * Creates a random key.
 * @throws ApiKeyError with every fault of the request; an `expires` in the past is not a fault
 */
export function createApiKey({ name, scopes, rooms, expires }: ApiKeyRequest): NewApiKey {
  const key = `${API_KEY_PREFIX}${crypto.randomBytes(KEY_BYTES).toString('base64url')}`;
  const words = [name, `sha256:${hashOf(key).toString('hex')}`, scopes.join(',')];
  if (rooms.length > 0) words.push(`rooms=${rooms.join(',')}`);
  if (expires !== null) words.push(`expires=${expires}`);
  const { faults, caller } = parseWords(words);
  if (faults.length > 0) throw new ApiKeyError(faults);
  return { key, line: words.join(' '), expiresAt: caller.expiresAt };
}

function isEqual(one: Caller, other: Caller): boolean {
  return one.name === other.name && one.expiresAt === other.expiresAt && rightsOf(one) === rightsOf(other);
}

function hashOf(key: string): Buffer {
  return crypto.hash('sha256', key, 'buffer');
}

function repetitions(keys: readonly KnownKey[]): string[] {
  const seen = new Map<string, number>();
  return keys.flatMap(({ line, hash, caller }) =>
    [
      { what: 'name', value: caller.name },
      // For an invalid hash `parseWords` has reported a fault, and the hash is empty.
      ...(hash.length === 0 ? [] : [{ what: 'key', value: hash.toString('hex') }]),
    ].flatMap(({ what, value }) => {
      const earlier = seen.get(value);
      if (earlier === undefined) seen.set(value, line);
      return earlier === undefined ? [] : [`line ${line}: the same ${what} as in line ${earlier}`];
    }),
  );
}

/** Parses the words of a line. Use the hash and the caller only if there are no faults. */
function parseWords(
  words: readonly string[],
): Omit<KnownKey, 'line'> & { readonly faults: readonly string[] } {
  const [name = '', hash = '', scopeNames = '', ...options] = words;
  const faults: string[] = [];
  if (!NAME.test(name)) faults.push('the name must be 1 to 64 letters, digits or . _ -');
  if (name.startsWith(API_KEY_PREFIX)) faults.push('the first word must be the name of the key, not the key');
  const isHash = HASH.test(hash);
  if (!isHash) faults.push('the hash must be `sha256:` and 64 lower-case hexadecimal digits');
  const { scopes, unknown } = parseScopes(scopeNames.split(','));
  if (scopeNames === '') faults.push('scopes are missing, such as `rooms:read,peers:write` or `*`');
  else if (unknown.length > 0) faults.push(`unknown scope ${unknown.map(quoted).join(', ')}`);
  const { rooms, expiresAt, faults: faultsOfOptions } = parseOptions(options);
  return {
    scopeNames,
    hash: isHash ? Buffer.from(hash.slice('sha256:'.length), 'hex') : Buffer.alloc(0),
    caller: {
      name: `${CALLER_PREFIX}${name}`,
      scopes,
      rooms,
      participant: null,
      expiresAt,
      revocation: new Revocation(),
    },
    faults: [...faults, ...faultsOfOptions],
  };
}

/** Quotes a misspelt scope, unless the word could be a key in the wrong place. */
function quoted(scope: string): string {
  return /^[a-z*:-]{1,40}$/.test(scope) ? `\`${scope}\`` : '(not shown)';
}

function parseOptions(options: readonly string[]): Pick<Caller, 'rooms' | 'expiresAt'> & {
  readonly faults: readonly string[];
} {
  const faults: string[] = [];
  const values = new Map<string, string>();
  for (const option of options) {
    const [, name = '', value = ''] = /^(rooms|expires)=(.*)$/.exec(option) ?? [];
    if (name === '')
      faults.push('only `rooms=` and `expires=` may follow the scopes, without spaces in their values');
    else if (values.has(name)) faults.push(`\`${name}=\` is given twice`);
    else values.set(name, value);
  }
  const rooms = values.get('rooms')?.split(',') ?? null;
  if (rooms?.every((room) => ROOM_ID.test(room)) === false) {
    faults.push('each of `rooms=` must be a room id: 24 lower-case hexadecimal digits');
  }
  const expires = values.get('expires');
  const expiresAt = expires === undefined ? null : instantOf(expires);
  if (Number.isNaN(expiresAt)) {
    faults.push('`expires=` must be a date such as 2027-01-01 or an instant such as 2027-01-01T12:00:00Z');
  }
  return { rooms: rooms === null ? null : new Set(rooms), expiresAt, faults };
}

/** Milliseconds since the Unix epoch; NaN for an invalid date or instant. */
function instantOf(text: string): number {
  if (!DATE.test(text) && !INSTANT.test(text)) return Number.NaN;
  const day = text.slice(0, 10);
  // `Date.parse` accepts 31 February and returns 3 March.
  const dayIsReal = new Date(Date.parse(day) || 0).toISOString().startsWith(day);
  return dayIsReal ? Date.parse(text) : Number.NaN;
}
