// The members of the fleet: two scripts that maintain the list in Redis, and the list as of the last heartbeat. Only the clock of
// Redis decides which members are dead. A list that has not changed since the last heartbeat is not sent again.
import { Script, type Member } from './fleet.ts';

/**
 * KEYS: the members with the time of their death (a sorted set), their facts (a hash), the version of both. ARGV: own id, own
 * facts, time to live in milliseconds, the channel that tells of changes, the version that the caller knows.
 * Returns whether the caller was a member, the version, and the facts of all unless the caller knows them.
 */
const HEARTBEAT = new Script(
  'heartbeat',
  `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local before = redis.call('ZSCORE', KEYS[1], ARGV[1])
local isKnown = before and tonumber(before) > now
local isChanged = not isKnown
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
  isChanged = true
end
redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])
local version = redis.call('GET', KEYS[3])
if isChanged or not version or redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
  version = tostring(redis.call('INCR', KEYS[3]))
end
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[3] * 20) end
if isChanged then redis.call('PUBLISH', ARGV[4], ARGV[1]) end
if isKnown and version == ARGV[5] then return { 1, version } end
return { isKnown and 1 or 0, version, redis.call('HGETALL', KEYS[2]) }`,
);

/** KEYS and ARGV[1] as above; ARGV[2]: the channel. */
const LEAVE = new Script(
  'leave',
  `if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('INCR', KEYS[3])
return redis.call('PUBLISH', ARGV[2], ARGV[1])`,
);

/** Runs a script; `Fleet.run` with a connection and a time. */
type Run = (script: Script, keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

/** The list of members, as far as this instance knows it. */
export class Membership {
  /** Tells of members who came, left or died. */
  readonly channel: string;
  readonly #id: string;
  readonly #ttlMs: number;
  readonly #keys: readonly string[];
  readonly #facts = new Map<string, number>();
  #version = '';
  #members: readonly Member[];

  constructor(id: string, prefix: string, ttlMs: number) {
    this.#id = id;
    this.#ttlMs = ttlMs;
    this.#keys = ['deaths', 'facts', 'version'].map((name) => `${prefix}{members}:${name}`);
    this.channel = `${prefix}members`;
    this.#members = [this.#self()];
  }

  get members(): readonly Member[] {
    return this.#members;
  }

  setFact(name: string, value: number): void {
    this.#facts.set(name, value);
  }

  /** Says that this instance lives, and reads the list. Resolves to whether it was a member; if not, it is now. */
  async beat(run: Run): Promise<boolean> {
    const facts = JSON.stringify(Object.fromEntries(this.#facts));
    const args = [this.#id, facts, this.#ttlMs, this.channel, this.#version];
    // The script above returns these.
    const [wasMember, version, all] = (await run(HEARTBEAT, this.#keys, args)) as [
      wasMember: number,
      version: string,
      all?: readonly string[],
    ];
    this.#version = version;
    if (all !== undefined) this.#members = membersOf(all);
    return wasMember === 1;
  }

  /** Leaves the list. */
  async leave(run: Run): Promise<void> {
    await run(LEAVE, this.#keys, [this.#id, this.channel]);
  }

  /** Redis is away: this instance knows of no other. */
  forget(): void {
    this.#version = '';
    this.#members = [this.#self()];
  }

  #self(): Member {
    return { id: this.#id, facts: Object.fromEntries(this.#facts) };
  }
}

/** Whether both lists have the same ids. */
export function areSame(one: readonly Member[], other: readonly Member[]): boolean {
  return one.length === other.length && one.every(({ id }, at) => id === other[at]?.id);
}

/** `all`: ids and facts in turns. */
function membersOf(all: readonly string[]): readonly Member[] {
  const members: Member[] = [];
  for (let at = 0; at < all.length; at += 2) {
    members.push({ id: all[at] ?? '', facts: factsOf(all[at + 1] ?? '{}') });
  }
  return members.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** Facts come from instances that may be of another version. */
function factsOf(text: string): Member['facts'] {
  const facts: unknown = JSON.parse(text);
  if (typeof facts !== 'object' || facts === null) return {};
  return Object.fromEntries(
    Object.entries(facts).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
