// API keys: what a line allows, which lines are refused, and that no message shows a key.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { describe, expect, it, vi } from 'vitest';
import { Revocation } from '../../src/auth/revocation.ts';
import { ApiKeys, createApiKey, type ApiKeyRequest } from '../../src/auth/api-keys.ts';
import { ApiKeyError } from '../../src/auth/errors.ts';

const room = '0123456789abcdef01234567';
const otherRoom = 'f'.repeat(24);
const hash = `sha256:${'a'.repeat(64)}`;

function make(changes: Partial<ApiKeyRequest> = {}) {
  return createApiKey({ name: 'bot', scopes: ['rooms:read'], rooms: [], expires: null, ...changes });
}

function faultsOf(attempt: () => unknown): readonly string[] {
  try {
    attempt();
    return [];
  } catch (error) {
    if (error instanceof ApiKeyError) return error.faults;
    throw error;
  }
}

const faultsOfFile = (...lines: string[]) => faultsOf(() => new ApiKeys(lines.join('\n')));

describe('a key', () => {
  it('lets in the caller whom its line names, with the scopes and rooms of the line', () => {
    const { key, line } = make({
      scopes: ['rooms:write', 'polls:read'],
      rooms: [room, otherRoom],
      expires: '2027-01-01',
    });
    expect(new ApiKeys(line).callerOf(key)).toEqual({
      name: 'key:bot',
      scopes: new Set(['rooms:read', 'rooms:write', 'polls:read']),
      rooms: new Set([room, otherRoom]),
      participant: null,
      expiresAt: Date.parse('2027-01-01T00:00:00Z'),
      revocation: new Revocation(),
    });
  });

  it('has 256 random bits, of which its line shows nothing', () => {
    const keys = Array.from({ length: 20 }, () => make());
    expect(new Set(keys.map(({ key }) => key)).size).toBe(20);
    for (const { key, line } of keys) {
      expect(key).toMatch(/^hgk_[\w-]{43}$/);
      expect(Buffer.from(key.slice(4), 'base64url')).toHaveLength(32);
      expect(line).not.toContain(key.slice(4));
    }
  });

  it('that differs in one character, is cut or is longer is refused', () => {
    const { key, line } = make();
    const keys = new ApiKeys(line);
    for (let index = 0; index < key.length; index += 1) {
      const other = key[index] === 'x' ? 'y' : 'x';
      expect(keys.callerOf(`${key.slice(0, index)}${other}${key.slice(index + 1)}`)).toBeNull();
    }
    expect([key.slice(0, -1), `${key}x`, '', 'hgk_', line, hash].map((k) => keys.callerOf(k))).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });

  it('that was refused or accepted before is refused or accepted again', () => {
    const [{ key, line }, { key: unknown }] = [make(), make()];
    const keys = new ApiKeys(line);
    const asked = [key, unknown, key, unknown, `${key}x`, key];
    expect(asked.map((each) => keys.callerOf(each) !== null)).toEqual([
      true,
      false,
      true,
      false,
      false,
      true,
    ]);
  });

  it('that differs in the case of its letters is refused', () => {
    const { key, line } = make();
    const keys = new ApiKeys(line);
    expect([key.toLowerCase(), key.toUpperCase()].map((k) => keys.callerOf(k))).toEqual([null, null]);
  });

  it('is stored as its SHA-256, in the form that other tools print', () => {
    const key = `hgk_${'A'.repeat(43)}`;
    const known = 'ddda7234614a8a4630d113a5cd93c9163c92da22a5e4520871865fc4d38bb2dc';
    expect(new ApiKeys(`bot sha256:${known} *`).callerOf(key)?.name).toBe('key:bot');
    for (let index = 0; index < known.length; index += 1) {
      const digit = known[index] === '0' ? '1' : '0';
      const other = `${known.slice(0, index)}${digit}${known.slice(index + 1)}`;
      expect(new ApiKeys(`bot sha256:${other} *`).callerOf(key)).toBeNull();
    }
  });

  it('is compared with every known key in constant time, wherever its line is in the file', () => {
    const made = ['a', 'b', 'c', 'd'].map((name) => make({ name }));
    const keys = new ApiKeys(made.map(({ line }) => line).join('\n'));
    using compare = vi.spyOn(crypto, 'timingSafeEqual');
    syncBuiltinESMExports();
    try {
      const shown = [...made.map(({ key }) => key), 'hgk_nobody'];
      expect(shown.map((key) => keys.callerOf(key)?.name)).toEqual([
        'key:a',
        'key:b',
        'key:c',
        'key:d',
        undefined,
      ]);
      expect(compare).toHaveBeenCalledTimes(shown.length * made.length);
    } finally {
      compare.mockRestore();
      syncBuiltinESMExports();
    }
  });
});

describe('a file', () => {
  it('may have comments, empty lines, tabs, CRLF and a byte order mark', () => {
    const one = make({ name: 'one' });
    const two = make({ name: 'two' });
    const keys = new ApiKeys(
      `\uFEFF# keys\r\n\r\n  ${one.line.replaceAll(' ', '\t ')}  # of the bot\r\n\t\r\n${two.line}\r\n`,
    );
    expect([one, two].map(({ key }) => keys.callerOf(key)?.name)).toEqual(['key:one', 'key:two']);
  });

  it.each([
    ['2027-01-01', '2027-01-01T00:00:00Z'],
    ['2027-01-01T12:30Z', '2027-01-01T12:30:00Z'],
    ['2027-01-01T12:30:15.5+05:30', '2027-01-01T07:00:15.500Z'],
    ['2028-02-29', '2028-02-29T00:00:00Z'],
  ])('may let a key expire at %s', (expires, instant) => {
    expect(make({ expires }).expiresAt).toBe(Date.parse(instant));
  });

  it.each<[what: string, line: string, fault: RegExp]>([
    ['a name with other signs', `b@t ${hash} *`, /^line 1: the name must be 1 to 64 letters/],
    ['a long name', `${'b'.repeat(65)} ${hash} *`, /^line 1: the name must be 1 to 64 letters/],
    ['a short hash', `bot ${hash.slice(0, -1)} *`, /^line 1: the hash must be `sha256:`/],
    ['a hash of another kind', `bot md5:${'a'.repeat(64)} *`, /^line 1: the hash must be `sha256:`/],
    ['a hash in capitals', `bot sha256:${'A'.repeat(64)} *`, /^line 1: the hash must be `sha256:`/],
    ['no scope', `bot ${hash}`, /^line 1: scopes are missing, such as /],
    ['a misspelt scope', `bot ${hash} rooms:read,room:write`, /^line 1: unknown scope `room:write`$/],
    ['an empty scope', `bot ${hash} rooms:read,`, /^line 1: unknown scope \(not shown\)$/],
    ['a comment without a blank', `bot ${hash} *#all`, /^line 1: unknown scope \(not shown\)$/],
    ['rooms before scopes', `bot ${hash} rooms=${room}`, /^line 1: unknown scope \(not shown\)$/],
    [
      'an option that there is not',
      `bot ${hash} * room=${room}`,
      /^line 1: only `rooms=` and `expires=` may/,
    ],
    ['no room', `bot ${hash} * rooms=`, /^line 1: each of `rooms=` must be a room id/],
    ['an invalid room id', `bot ${hash} * rooms=${room},x`, /^line 1: each of `rooms=` must be a room id/],
    [
      'a room in capitals',
      `bot ${hash} * rooms=${room.toUpperCase()}`,
      /^line 1: each of `rooms=` must be a room id/,
    ],
    ['rooms twice', `bot ${hash} * rooms=${room} rooms=${room}`, /^line 1: `rooms=` is given twice$/],
    ['an invalid date', `bot ${hash} * expires=tomorrow`, /^line 1: `expires=` must be a date/],
    ['a day that is not', `bot ${hash} * expires=2027-02-29`, /^line 1: `expires=` must be a date/],
    ['an hour that is not', `bot ${hash} * expires=2027-01-01T25:00Z`, /^line 1: `expires=` must be a date/],
    ['an instant anywhere', `bot ${hash} * expires=2027-01-01T12:00`, /^line 1: `expires=` must be a date/],
  ])('with %s is refused', (_what, line, fault) => {
    expect(faultsOfFile(line)).toEqual([expect.stringMatching(fault)]);
  });

  it.each([[''], ['\n\n'], ['# nothing but a comment\n']])('without a key is refused: %j', (text) => {
    expect(faultsOfFile(text)).toEqual(['the file has no key; create one with `hms-gateway key new`']);
  });

  it('with a name or a key twice is refused', () => {
    expect(faultsOfFile(`a ${hash} *`, '', `b ${hash} *`, `a sha256:${'b'.repeat(64)} *`)).toEqual([
      'line 3: the same key as in line 1',
      'line 4: the same name as in line 1',
    ]);
  });

  it('is refused with all of its faults at once, each with its line number', () => {
    const faults = faultsOfFile(
      `b@t ${hash} room:read`,
      `ok sha256:${'b'.repeat(64)} *`,
      'bot x y expires=0 z',
    );
    expect(faults.map((fault) => fault.split(' ', 3).join(' '))).toEqual([
      'line 1: the',
      'line 1: unknown',
      'line 3: the',
      'line 3: unknown',
      'line 3: only',
      'line 3: `expires=`',
    ]);
    expect(new ApiKeyError(faults).message).toMatch(
      /^The API keys \(GATEWAY_API_KEYS\) cannot be used:\n {2}- line 1/,
    );
  });

  it('is refused without showing a key, in whatever place of a line the key was written by mistake', () => {
    const { key } = make();
    const lines = [
      `${key} ${hash} *`,
      `bot ${key} *`,
      `bot ${hash} ${key}`,
      `bot ${hash} *,${key}`,
      `bot ${hash} * ${key}`,
      `bot ${hash} * rooms=${key}`,
      `bot ${hash} * expires=${key}`,
      key,
    ];
    for (const line of lines) {
      const faults = faultsOfFile(line);
      expect(faults, line).not.toEqual([]);
      expect(faults.join('\n')).not.toContain(key.slice(4));
    }
  });
});

describe('a request for a key', () => {
  it.each<[what: string, changes: Partial<ApiKeyRequest>]>([
    ['a name with a blank', { name: 'a b' }],
    ['a name with a line break', { name: 'bot\n' }],
    ['a name that is a comment', { name: '#bot' }],
    ['no scope', { scopes: [] }],
    ['a scope with a line break', { scopes: ['rooms:read\nevil'] }],
    ['a room with more behind it', { rooms: [`${room} #`] }],
    ['a date with more behind it', { expires: '2027-01-01 #' }],
  ])('with %s is refused', (_what, changes) => {
    expect(faultsOf(() => make(changes))).toHaveLength(1);
  });
});
