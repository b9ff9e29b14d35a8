// Members, facts, scripts, channels and broadcasts of a fleet, over Redis and over Valkey.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FleetUnavailableError, Script, type Fleet } from '../../src/fleet/fleet.ts';
import { openTestFleet, type TestFleetOptions } from '../support/fleet.ts';
import { findRedis, redisNotice, RedisServer, type RedisEngine } from '../support/redis-server.ts';

const idsOf = ({ members }: Fleet) => members.map(({ id }) => id);

describe.for<RedisEngine>(['redis', 'valkey'])('a fleet over %s', (engine) => {
  describe.skipIf(findRedis(engine) === undefined)(`with a server${redisNotice(engine)}`, () => {
    let server: RedisServer;
    beforeAll(async () => {
      server = await RedisServer.start({ engine });
    });
    beforeEach(() => server.flush());
    afterAll(() => server[Symbol.asyncDispose]());
    const open = (options: Partial<TestFleetOptions> = {}) =>
      openTestFleet({ port: server.port, ...options });

    it('has each instance that is there, sorted, and none that has left', async () => {
      // A member that is silent would stay for much longer than this test waits.
      const lasting = { pollIntervalMs: 60_000 };
      await using one = await open(lasting);
      expect([one.isConnected, one.memberTtlMs, idsOf(one)]).toEqual([true, 90_000, [one.id]]);
      const changes: number[] = [];
      one.onMembers((members) => changes.push(members.length));
      const others = await Promise.all([open(lasting), open(lasting)]);
      const all = [one, ...others].map(({ id }) => id).toSorted();
      await expect.poll(() => idsOf(one)).toEqual(all);
      await Promise.all(others.map((other) => other.close()));
      await expect.poll(() => idsOf(one)).toEqual([one.id]);
      // Those that leave at the same time learn of each other's leaving, and must not enter again by that.
      expect(await one.command('HKEYS', `${one.prefix}{members}:facts`)).toEqual([one.id]);
      expect([changes.includes(3), changes.at(-1)]).toEqual([true, 1]);
    });

    it('has no instance of another workspace', async () => {
      await using one = await open();
      await using stranger = await open({ apiUrl: 'http://127.0.0.1/v3' });
      expect(stranger.prefix).toMatch(/^hms:[0-9a-f]{8}:$/);
      expect(stranger.prefix).not.toBe(one.prefix);
      expect([idsOf(one), idsOf(stranger)]).toEqual([[one.id], [stranger.id]]);
    });

    it('shows the facts of each to all, and calls nobody for them', async () => {
      await using one = await open();
      await using other = await open();
      await expect.poll(() => one.members.length).toBe(2);
      let calls = 0;
      one.onMembers(() => (calls += 1));
      other.setFact('rooms', 3);
      other.setFact('load', 0.5);
      const factsOfOther = async () => {
        // As when a member comes or leaves: all send their heartbeats at once.
        await one.publish(`${one.prefix}members`, one.id);
        return one.members.find(({ id }) => id === other.id)?.facts;
      };
      await expect.poll(factsOfOther).toEqual({ rooms: 3, load: 0.5 });
      other.setFact('rooms', 4);
      await expect.poll(factsOfOther).toEqual({ rooms: 4, load: 0.5 });
      expect(calls).toBe(0);
    });

    it('calls listeners before each heartbeat, which tells the facts that they set, until they end', async () => {
      await using one = await open({ pollIntervalMs: 700 });
      await using other = await open();
      let [calls, ended] = [0, 0];
      const end = one.onBeat(() => (ended += 1));
      end();
      one.onBeat(() => one.setFact('calls', (calls += 1)));
      const told = () => other.members.find(({ id }) => id === one.id)?.facts.calls;
      await expect.poll(told).toBeGreaterThan(1);
      expect(ended).toBe(0);
    });

    it('broadcasts to all others, in order, and not to the sender', async () => {
      await using one = await open();
      await using other = await open();
      await using third = await open();
      const got: unknown[][] = [[], [], []];
      const ends = [one, other, third].map((fleet, at) =>
        fleet.onBroadcast('numbers', (data, from) => got[at]?.push([data, from])),
      );
      other.onBroadcast('letters', () => got[1]?.push('letters'));
      const numbers = Array.from({ length: 50 }, (_, at) => ({ at }));
      await Promise.all(numbers.map((number) => one.broadcast('numbers', number)));
      await one.broadcast('letters', null);
      const all = numbers.map((number) => [number, one.id]);
      await expect.poll(() => got).toEqual([[], [...all, 'letters'], all]);
      ends[2]?.();
      await one.broadcast('numbers', 'more');
      await expect.poll(() => got[1]?.length).toBe(52);
      expect(got[2]).toEqual(all);
    });

    it('runs scripts that the server has not seen, and tells their errors without arguments', async () => {
      await using fleet = await open();
      const echo = new Script('echo', 'return { KEYS[1], ARGV[1], ARGV[2], #ARGV[3] }');
      const run = () => fleet.run(echo, ['key'], ['text', 7, Buffer.from([0xff, 0])]);
      expect([await run(), await run()]).toEqual([
        ['key', 'text', '7', 2],
        ['key', 'text', '7', 2],
      ]);
      await fleet.command('SCRIPT', 'FLUSH');
      expect(await run()).toEqual(['key', 'text', '7', 2]);
      const refuse = new Script('refuse', "return redis.error_reply('FENCED by another')");
      const refused: unknown = await fleet.run(refuse, [], ['private']).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(Error);
      expect(refused).not.toBeInstanceOf(FleetUnavailableError);
      expect(refused).toMatchObject({ message: expect.stringMatching(/^FENCED by another/) });
      expect(JSON.stringify({ ...(refused as object) })).not.toContain('private');
      await expect(fleet.command('SET', 'key')).rejects.toThrow('wrong number of arguments');
    });

    it('delivers messages of channels, until their subscription ends', async () => {
      await using fleet = await open();
      const channel = `${fleet.prefix}news`;
      const got: string[] = [];
      await fleet.subscribe(channel, (message) => {
        got.push(message);
        throw new Error('a fault of the handler');
      });
      expect(await fleet.publish(channel, 'a')).toBe(1);
      expect(await fleet.publish(channel, 'b')).toBe(1);
      await expect.poll(() => got).toEqual(['a', 'b']);
      await fleet.unsubscribe(channel);
      expect(await fleet.publish(channel, 'c')).toBe(0);
      expect(got).toEqual(['a', 'b']);
    });

    it('reports each command by the name of its script', async () => {
      await using fleet = await open();
      const names: string[] = [];
      fleet.observe({
        onCommand: (name, ms) => {
          expect(ms).toBeGreaterThan(0);
          if (name !== 'heartbeat') names.push(name);
        },
        onLoss: () => names.push('loss'),
      });
      await fleet.run(new Script('mine', 'return 1'), [], []);
      await fleet.command('GET', 'x');
      await fleet.publish('x', '');
      expect(names).toEqual(['mine', 'get', 'publish']);
    });

    it('refuses commands once it is closed, and leaves no key for ever', async () => {
      const fleet = await open();
      await fleet.close();
      await fleet.close();
      await expect(fleet.command('PING')).rejects.toThrow(FleetUnavailableError);
      const keys = (await server.send('KEYS', '*')).match(/hms:\S+/g) ?? [];
      for (const key of keys) expect(await server.send('PTTL', key)).toMatch(/^:\d+/);
    });
  });
});
