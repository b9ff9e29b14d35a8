// How soon subscribers go on when the gateway that polls their room is killed, and what a rolling restart shows them. The long form,
// by `npm run test:faults`, prints the times; they are worth something on a machine that has nothing else to do.
import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { followPeers } from '../e2e/documents.ts';
import { startFleetProcesses, type FleetProcesses, type Instance } from '../support/fleet-processes.ts';
import { findRedis, redisNotice } from '../support/redis-server.ts';
import { addPeers, addRooms } from '../support/worlds.ts';
import { BusyRooms } from './chaos/busy-rooms.ts';
import { Shared, textOf } from './chaos/copies.ts';
import { RoamingClient, roomSubscription } from './chaos/roaming-client.ts';

const isLong = process.env['FAULTS'] === 'all';
const POLL_INTERVAL_MS = 1000;
const KILLS = isLong ? 50 : 1;
/** The longest time between a change at the moment of a kill and its event; in `npm test` as long as a busy machine may need. */
const LONGEST_MS = isLong ? 2 * POLL_INTERVAL_MS + 500 : 15_000;
const variables = {
  POLL_INTERVAL_MS: String(POLL_INTERVAL_MS),
  UPSTREAM_RPS: '500',
  GATEWAY_RATE_LIMIT: '0',
};

/** The instance that leads the only watched room. */
async function leaderOf(instances: readonly Instance[]): Promise<Instance> {
  for (;;) {
    for (const instance of instances) {
      if ((await instance.figures())['hms_live_led_rooms'] === 1) return instance;
    }
    await after(20);
  }
}

/** The value below which this share of the values is. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** A client of `instance` for the room; resolves when it has its snapshot. */
async function watch(instance: Instance, roomId: string) {
  const client = instance.connect();
  const watching = client.watch(followPeers, { roomId });
  await watching.next();
  return { client, watching };
}

/** Kills the leader and changes the room in the same moment. Resolves to the time until another instance's subscriber knows, in ms. */
async function takeOver(fleet: FleetProcesses, instances: readonly Instance[], roomId: string, at: number) {
  const leader = await leaderOf(instances);
  const follower = instances.find((instance) => instance !== leader) ?? leader;
  const { client, watching } = await watch(follower, roomId);
  await using _client = client;
  const killed = leader.kill();
  const from = performance.now();
  fleet.sandbox.world.join(roomId, { name: `Guest ${at}`, role: 'guest', userId: `guest-${at}` });
  await watching.until(
    ({ peerChanges }) => peerChanges.__typename === 'PeerJoined' && peerChanges.peer.name === `Guest ${at}`,
  );
  const ms = performance.now() - from;
  await killed;
  return { leader, ms };
}

describe.skipIf(findRedis('redis') === undefined)(`over redis${redisNotice('redis')}`, () => {
  it(
    'tells a change within two poll intervals and half a second when the gateway that polls is killed',
    async () => {
      await using fleet = await startFleetProcesses({ count: isLong ? 4 : 2, variables });
      const { world } = fleet.sandbox;
      const roomId = addRooms(world, 1, 'taken')[0]?.id ?? '';
      addPeers(world, roomId, 1);
      const watchers = new Map<Instance, Awaited<ReturnType<typeof watch>>>();
      for (const instance of fleet.instances) watchers.set(instance, await watch(instance, roomId));
      const times: number[] = [];
      for (let at = 0; at < KILLS; at += 1) {
        const { leader, ms } = await takeOver(fleet, fleet.instances, roomId, at);
        times.push(ms);
        await watchers.get(leader)?.client[Symbol.asyncDispose]();
        watchers.delete(leader);
        if (at + 1 === KILLS) break;
        await leader.start();
        await fleet.settled();
        watchers.set(leader, await watch(leader, roomId));
      }
      for (const { client } of watchers.values()) await client[Symbol.asyncDispose]();
      const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)].map(Math.round);
      if (isLong) console.log(`takeover after ${KILLS} kills: p50 ${p50} ms, p99 ${p99} ms`);
      expect(p99).toBeLessThanOrEqual(LONGEST_MS);
    },
    isLong ? 1_200_000 : 60_000,
  );

  it.runIf(isLong)(
    'shows each client one reconnect in a rolling restart, and every event once',
    async () => {
      await using fleet = await startFleetProcesses({ count: 4, variables });
      const shared = new Shared();
      using rooms = new BusyRooms(fleet.sandbox.world, 12, 'roll');
      const done: Instance[] = [];
      await using clients = new AsyncDisposableStack();
      const seats = Array.from({ length: 40 }, (_, at) => {
        const roomId = rooms.ids[at % rooms.ids.length] ?? '';
        const home = fleet.at(at % 4).url;
        const isHere = (peerId: string) => rooms.isHere(roomId, peerId);
        // To one that will not be restarted any more, or back to its own, as soon as that one is there again.
        const choose = (last: string) => (last === '' ? home : (done[at % (done.length || 1)]?.url ?? home));
        const client = new RoamingClient(roomSubscription(roomId, null, shared, isHere), choose);
        return { client: clients.use(client), roomId };
      });
      const wrong = () =>
        seats.filter(
          ({ client: { copy }, roomId }) =>
            copy.isStale || copy.known !== textOf(rooms.truthOf(roomId, null)),
        ).length;
      await expect.poll(wrong, { timeout: 30_000 }).toBe(0);
      rooms.begin();
      for (const instance of fleet.instances) {
        await after(2 * POLL_INTERVAL_MS);
        expect(await instance.stop()).toBe(0);
        await instance.start();
        await fleet.settled();
        done.push(instance);
      }
      rooms.rest();
      await expect.poll(wrong, { timeout: 30_000 }).toBe(0);
      expect([...shared.faults, ...seats.flatMap(({ client }) => client.copy.faults)]).toEqual([]);
      const ends = seats.map(({ client }) => client.ends);
      const snapshots = seats.map(({ client }) => client.copy.snapshots);
      console.log(
        `rolling restart: ${rooms.changes} changes, reconnects of a client ${Math.max(...ends)} at most`,
      );
      expect(Math.max(...ends)).toBe(1);
      expect(snapshots).toEqual(snapshots.map(() => 1));
    },
    300_000,
  );

  it.runIf(isLong)(
    'spreads the rooms over the gateways within a factor of two when gateways come and go',
    async () => {
      await using fleet = await startFleetProcesses({ count: 4, variables });
      const rooms = addRooms(fleet.sandbox.world, 100, 'spread');
      for (const { id } of rooms) addPeers(fleet.sandbox.world, id, 1);
      await using clients = new AsyncDisposableStack();
      const watchAll = async (instance: Instance) => {
        // A socket may have 50 subscriptions.
        const sockets = [0, 1].map(() => clients.use(instance.connect()));
        const watched = rooms.map(({ id }, at) => sockets[at % 2]?.watch(followPeers, { roomId: id }));
        for (const watching of watched) await watching?.next();
      };
      /** The most and the least rooms that one of them leads; together they must lead all. */
      const spread = async (instances: readonly Instance[], what: string) => {
        const led = async () => {
          const all = await Promise.all(instances.map((instance) => instance.figures()));
          return all.map((figures) => figures['hms_live_led_rooms'] ?? 0);
        };
        const isEven = (each: readonly number[]) =>
          each.reduce((sum, one) => sum + one, 0) === 100 && Math.max(...each) <= 2 * Math.min(...each);
        await expect
          .poll(led, { timeout: 60_000, interval: 100 })
          .toSatisfy(isEven, 'All rooms are led, and by none twice as many as by another');
        console.log(`rooms led, ${what}: ${(await led()).join(', ')}`);
      };
      await watchAll(fleet.at(0));
      for (const index of [1, 2, 3]) await watchAll(fleet.at(index));
      await spread(fleet.instances, 'four gateways');
      await fleet.at(1).kill();
      await spread([fleet.at(0), fleet.at(2), fleet.at(3)], 'one is killed');
      await fleet.at(2).stop();
      await spread([fleet.at(0), fleet.at(3)], 'another one is stopped');
      for (const index of [1, 2]) {
        await fleet.at(index).start();
        await watchAll(fleet.at(index));
      }
      await spread(fleet.instances, 'both are back');
    },
    300_000,
  );
});
