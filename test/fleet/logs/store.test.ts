// The store of the shared logs: what Redis and Valkey do by the scripts, and the simulation of them for random histories. All obey
// the same tests.
import { afterAll, describe, expect, it, vi } from 'vitest';
import type {
  Confirmation,
  Lease,
  LogStore,
  StoredEntry,
  StoredLog,
} from '../../../src/fleet/logs/log-store.ts';
import { decodeConfirmed } from '../../../src/fleet/logs/messages.ts';
import { RedisLogStore } from '../../../src/fleet/logs/redis-log-store.ts';
import { systemClock } from '../../../src/clock.ts';
import { openTestFleet } from '../../support/fleet.ts';
import { findRedis, redisNotice, RedisServer, type RedisEngine } from '../../support/redis-server.ts';
import { SimulatedInstance } from '../../support/simulated-redis/instance.ts';
import { SimulatedRedis } from '../../support/simulated-redis/redis.ts';

/** A place where logs are kept, with two stores in it as two instances have them. */
interface Place {
  readonly one: LogStore;
  readonly other: LogStore;
  /** The data is lost, and the place begins anew. */
  readonly restart: () => Promise<void>;
  /** It answers nothing until `resume`, and then carries out what has arrived meanwhile. */
  readonly pause: () => void;
  readonly resume: () => void;
}

const engines: readonly RedisEngine[] = ['redis', 'valkey'];
const opened = new Map<string, Promise<Place>>();
const ends = new AsyncDisposableStack();
afterAll(() => ends.disposeAsync());

async function openPlace(name: string): Promise<Place> {
  const engine = engines.find((each) => each === name);
  if (engine === undefined) {
    // Heartbeats that a busy machine is late with must not end a member.
    const redis = new SimulatedRedis(systemClock, 60_000);
    return {
      one: new SimulatedInstance(redis),
      other: new SimulatedInstance(redis),
      restart: async () => redis.flush(),
      pause: () => redis.pause(),
      resume: () => redis.resume(),
    };
  }
  const server = ends.use(await RedisServer.start({ engine, appendOnly: true }));
  const fleets = [ends.use(await openTestFleet(server)), ends.use(await openTestFleet(server))] as const;
  const restart = async () => {
    const back = fleets.map(
      (fleet) =>
        new Promise<void>((resolve) => fleet.onConnection((isConnected) => isConnected && resolve())),
    );
    await server.stop();
    await server.restart();
    await Promise.all(back);
  };
  return {
    one: new RedisLogStore(fleets[0]),
    other: new RedisLogStore(fleets[1]),
    restart,
    pause: () => server.pause(),
    resume: () => server.resume(),
  };
}

const leaseOf = ({ owner, fence, epoch }: StoredLog): Lease => ({ owner, fence, epoch });

const entry = (seq: number, message: string, some: Partial<StoredEntry> = {}): StoredEntry => ({
  seq,
  count: 1,
  message,
  head: '"head"',
  asOf: 1000 + seq,
  readAgeMs: 5,
  stale: false,
  set: new Map(),
  removed: [],
  isWhole: false,
  keptFrom: 0,
  ...some,
});

const confirmation = (scope: string, lease: Lease, some: Partial<Confirmation> = {}): Confirmation => ({
  scope,
  lease,
  seq: 0,
  asOf: 5000,
  agoMs: 0,
  readAgeMs: 5,
  shownMutation: null,
  ...some,
});

let scopes = 0;

describe.each(['simulation', ...engines])('%s', (name) => {
  const engine = engines.find((each) => each === name);
  const isMissing = engine !== undefined && findRedis(engine) === undefined;
  describe.skipIf(isMissing)(`as a store${engine === undefined ? '' : redisNotice(engine)}`, () => {
    const open = async () => {
      const place = opened.get(name) ?? openPlace(name);
      opened.set(name, place);
      scopes += 1;
      return { ...(await place), scope: `room-${scopes}` };
    };

    it('gives the lead to one instance, and to another when that one leaves or is dead', async () => {
      const { one, other, scope } = await open();
      const taken = await one.take(scope, 'a', null);
      expect(taken).toMatchObject({ owner: 'a', seq: 0, asOf: null, ageMs: null, stale: false });
      const seen = await other.take(scope, 'b', null);
      expect(leaseOf(seen)).toEqual(leaseOf(taken));
      expect((await other.take(scope, 'b', 'c')).owner).toBe('a');
      const stolen = await other.take(scope, 'b', 'a');
      expect(stolen).toMatchObject({ owner: 'b', epoch: taken.epoch });
      expect(stolen.fence).not.toBe(taken.fence);
      await one.release(scope, 'a');
      expect((await one.take(scope, 'a', null)).owner).toBe('b');
      await other.release(scope, 'b');
      expect((await one.take(scope, 'a', null)).owner).toBe('a');
    });

    it('writes nothing for a lease that is over, nor twice behind the same event', async () => {
      const { one, other, scope } = await open();
      const lease = leaseOf(await one.take(scope, 'a', null));
      expect(await one.commit(scope, lease, entry(0, 'first'))).not.toBeNull();
      expect(await one.commit(scope, lease, entry(0, 'again'))).toBeNull();
      const later = leaseOf(await other.take(scope, 'b', 'a'));
      expect(await one.commit(scope, lease, entry(1, 'late'))).toBeNull();
      expect(await one.renew(scope, lease)).toBeNull();
      expect(await other.commit(scope, later, entry(1, 'second'))).not.toBeNull();
      expect(await one.history(scope, { epoch: lease.epoch, seq: 0 })).toEqual(['first', 'second']);
      expect(await one.history(scope, { epoch: lease.epoch, seq: 1 })).toEqual(['second']);
      expect(await one.history(scope, { epoch: 'another', seq: 0 })).toEqual([]);
    });

    it('keeps the state: what was set, what was removed, and when it was confirmed', async () => {
      const { one, scope } = await open();
      const lease = leaseOf(await one.take(scope, 'a', null));
      const [ada, bob] = ['{"name":"Ada ☺"}', '{"name":"Bob"}'];
      await one.commit(
        scope,
        lease,
        entry(0, 'm1', {
          set: new Map([
            ['ada', ada],
            ['bob', bob],
          ]),
        }),
      );
      await one.commit(scope, lease, entry(1, 'm2', { removed: ['bob'], count: 2, readAgeMs: 70 }));
      const stored = await one.take(scope, 'a', null);
      expect(stored).toMatchObject({ seq: 3, head: '"head"', asOf: 1001, stale: false });
      expect([...stored.items]).toEqual([['ada', ada]]);
      expect(stored.ageMs).toBeGreaterThanOrEqual(70);
      await one.commit(scope, lease, entry(3, 'm3', { count: 0, stale: true }));
      const stale = await one.take(scope, 'a', null);
      expect(stale).toMatchObject({ seq: 3, stale: true });
      // A conclusion that reads fail confirms nothing.
      expect(stale.ageMs).toBeGreaterThanOrEqual(stored.ageMs ?? Infinity);
      await one.commit(scope, lease, entry(3, 'm4', { count: 0, isWhole: true }));
      expect((await one.take(scope, 'a', null)).items.size).toBe(0);
    });

    it('knows how old a stale state is of which it had none', async () => {
      const { one, other, scope } = await open();
      const lease = leaseOf(await one.take(scope, 'a', null));
      await one.commit(
        scope,
        lease,
        entry(0, 'm1', { count: 0, stale: true, isWhole: true, readAgeMs: 7000 }),
      );
      expect((await other.take(scope, 'b', null)).ageMs).toBeGreaterThanOrEqual(7000);
    });

    it('knows how old a state is that was written long after it was sent', async () => {
      // A place of its own, as its connections may be lost in the pause.
      const { one, other, pause, resume } = await openPlace(name);
      const scope = 'late';
      const lease = leaseOf(await one.take(scope, 'a', null));
      pause();
      const from = performance.now();
      await expect(one.commit(scope, lease, entry(0, 'm1'))).rejects.toThrow();
      const pausedMs = performance.now() - from;
      resume();
      const read = async () => {
        const stored = await other.take(scope, 'b', null).catch(() => null);
        return stored?.seq === 1 ? stored : null;
      };
      const stored = await vi.waitUntil(read, { timeout: 10_000 });
      expect(stored?.ageMs).toBeGreaterThan(pausedMs * 0.9);
    });

    it('confirms several logs in one message, but none whose lease is over or which has other events', async () => {
      const { one, other, scope } = await open();
      const [taken, moved] = [`${scope} taken`, `${scope} moved`];
      const heard: string[] = [];
      await other.hearConfirmed((message) => heard.push(message));
      await Promise.all([one, other].map((store) => store.join(scope, () => {})));
      const [lease, lost, behind] = await Promise.all(
        [scope, taken, moved].map(async (each) => leaseOf(await one.take(each, 'a', null))),
      );
      if (lease === undefined || lost === undefined || behind === undefined)
        throw new Error('Three were taken');
      await one.commit(scope, lease, entry(0, 'm1'));
      await other.take(taken, 'b', 'a');
      await one.commit(moved, behind, entry(0, 'm1'));
      const answers = await one.confirm('a', [
        confirmation(scope, lease, { seq: 1, agoMs: 60.5, readAgeMs: 40, shownMutation: 'mutation' }),
        confirmation(taken, lost),
        confirmation(moved, behind),
      ]);
      expect(answers).toEqual([2, null, null]);
      const stored = await other.take(scope, 'b', null);
      expect(stored).toMatchObject({ owner: 'a', seq: 1, asOf: 5000, stale: false });
      expect(stored.ageMs).toBeGreaterThanOrEqual(100);
      await expect.poll(() => heard.length).toBe(1);
      const [message] = decodeConfirmed(heard[0] ?? '');
      expect(message).toMatchObject({ from: 'a', scope, seq: 1, agoMs: 61, shownMutation: 'mutation' });
      expect(lease.epoch.startsWith(message?.epoch ?? '-')).toBe(true);
      expect((await other.take(moved, 'b', null)).asOf).toBe(1000);
      await one.confirm('a', [confirmation(taken, lost)]);
      await one.confirm('a', [confirmation(scope, lease, { seq: 1 })]);
      await expect.poll(() => heard.length).toBe(2);
      expect(decodeConfirmed(heard[1] ?? '')).toMatchObject([{ scope, agoMs: 0, shownMutation: null }]);
    });

    it('drops the entries that the leader does not keep', async () => {
      const { one, scope } = await open();
      const lease = leaseOf(await one.take(scope, 'a', null));
      for (let seq = 0; seq < 4; seq += 1)
        await one.commit(scope, lease, entry(seq, `m${seq}`, { keptFrom: 3 }));
      expect(await one.history(scope, { epoch: lease.epoch, seq: 0 })).toEqual(['m2', 'm3']);
    });

    it('tells all who have joined, in one order, and counts them', async () => {
      const { one, other, scope } = await open();
      const heard: string[][] = [[], []];
      await one.join(scope, (message) => heard[0]?.push(message));
      await other.join(scope, (message) => heard[1]?.push(message));
      const lease = leaseOf(await one.take(scope, 'a', null));
      expect(await one.commit(scope, lease, entry(0, '{"kind":"m1"}'))).toBe(2);
      await other.tell(scope, '{"kind":"m2"}');
      await one.release(scope, 'a');
      const all = [
        '{"kind":"lead","from":"a"}',
        '{"kind":"m1"}',
        '{"kind":"m2"}',
        '{"kind":"free","from":"a"}',
      ];
      await expect.poll(() => heard).toEqual([all, all]);
      await other.leave(scope);
      const again = leaseOf(await one.take(scope, 'a', null));
      expect(await one.commit(scope, again, entry(1, '{"kind":"m3"}'))).toBe(1);
    });

    it('begins another epoch when the leader says so, and when the place has started again', async () => {
      const { one, other, scope, restart } = await open();
      const first = await one.take(scope, 'a', null);
      const items = new Map([['ada', '1']]);
      await one.commit(scope, leaseOf(first), entry(0, 'm1', { set: items }));
      const epoch = await one.renew(scope, leaseOf(first));
      const renewed = await one.take(scope, 'a', null);
      expect(renewed).toMatchObject({ owner: 'a', epoch, seq: 0, asOf: null });
      expect(renewed.items.size).toBe(0);
      expect(renewed.epoch).not.toBe(first.epoch);
      await one.commit(scope, leaseOf(renewed), entry(0, 'm2', { set: items }));
      await restart();
      const later = await other.take(scope, 'b', null);
      expect(later).toMatchObject({ owner: 'b', seq: 0, asOf: null });
      expect(later.epoch).not.toBe(renewed.epoch);
      expect(await other.history(scope, { epoch: later.epoch, seq: 0 })).toEqual([]);
    });
  });
});

describe.skipIf(findRedis('redis') === undefined)(`in redis${redisNotice('redis')}`, () => {
  it('keeps a log whose reads show no change for ten minutes more, but writes that seldom', async () => {
    await using server = await RedisServer.start();
    await using fleet = await openTestFleet(server);
    const store = new RedisLogStore(fleet);
    const lease = leaseOf(await store.take('kept', 'a', null));
    await store.commit('kept', lease, entry(0, 'm1', { set: new Map([['ada', '1']]) }));
    const keys = ['log', 'items', 'entries'].map((part) => `${fleet.prefix}{kept}:${part}`);
    const expireIn = (seconds: number) =>
      Promise.all(keys.map((key) => fleet.command('EXPIRE', key, seconds)));
    const left = async () => (await Promise.all(keys.map((key) => fleet.command('TTL', key)))).map(Number);
    await expireIn(500);
    await store.confirm('a', [confirmation('kept', lease, { seq: 1 })]);
    expect(Math.max(...(await left()))).toBeLessThanOrEqual(500);
    await expireIn(300);
    await store.confirm('a', [confirmation('kept', lease, { seq: 1 })]);
    expect(Math.min(...(await left()))).toBeGreaterThan(500);
  });
});
