// Watched rooms of several gateways, as real processes over one Redis: one polls for all, the others tell the same events, and a
// client resumes on another one.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { followPeers } from '../e2e/documents.ts';
import type { FollowPeersSubscription } from '../generated/graphql.ts';
import { startFleetProcesses, type FleetProcesses, type Instance } from '../support/fleet-processes.ts';
import { findRedis, redisNotice, type RedisEngine } from '../support/redis-server.ts';
import { addPeers, addRooms } from '../support/worlds.ts';

type Change = FollowPeersSubscription['peerChanges'];

const summary = (change: Change) =>
  change.__typename === 'PeersSnapshot'
    ? `snapshot ${change.reason} of ${change.peers.length}${change.stale ? ' stale' : ''}`
    : `${change.__typename} ${'peer' in change ? change.peer.name : ''}`.trim();

describe.each(['redis', 'valkey'] satisfies RedisEngine[])('over %s', (engine) => {
  const withServer = describe.skipIf(findRedis(engine) === undefined);
  // A busy machine needs long to start a gateway again.
  withServer(`its server${redisNotice(engine)}`, { timeout: 60_000 }, () => {
    let starting: Promise<FleetProcesses> | null = null;
    let fleet: FleetProcesses;
    beforeEach(async () => {
      const variables = { POLL_INTERVAL_MS: '200', POLL_MAX_INTERVAL_MS: '400', SESSION_CHECK_MS: '1000' };
      starting ??= startFleetProcesses({ count: 2, server: { engine }, variables });
      fleet = await starting;
    }, 60_000);
    afterAll(async () => (await starting)?.[Symbol.asyncDispose]());

    /** The gateway that polls the rooms, and the other one. Only one room may be watched. */
    const byRole = async (): Promise<[leader: Instance, follower: Instance]> => {
      const [one, other] = [fleet.at(0), fleet.at(1)];
      const { hms_live_led_rooms: led } = await one.figures();
      return led === 1 ? [one, other] : [other, one];
    };

    it('tells the same events with the same cursors on both, and polls once', async () => {
      const { world } = fleet.sandbox;
      const [room] = addRooms(world, 1, 'same');
      const roomId = room?.id ?? '';
      addPeers(world, roomId, 2);
      await using one = fleet.at(0).connect();
      await using other = fleet.at(1).connect();
      const streams = [one, other].map((client) => client.watch(followPeers, { roomId }));
      const firsts = await Promise.all(streams.map((stream) => stream.next()));
      expect(firsts.map(({ peerChanges }) => summary(peerChanges))).toEqual([
        'snapshot SUBSCRIBED of 2',
        'snapshot SUBSCRIBED of 2',
      ]);
      const figures = await Promise.all(fleet.instances.map((instance) => instance.figures()));
      const led = figures.map((each) => each['hms_live_led_rooms'] ?? 0);
      expect(led.reduce((sum, rooms) => sum + rooms, 0)).toBe(1);
      world.join(roomId, { name: 'Ada', role: 'host', userId: 'ada' });
      const joined = await Promise.all(streams.map((stream) => stream.next()));
      expect(joined.map(({ peerChanges }) => summary(peerChanges))).toEqual([
        'PeerJoined Ada',
        'PeerJoined Ada',
      ]);
      expect(joined[0]?.peerChanges.cursor).toBe(joined[1]?.peerChanges.cursor);
      expect(joined[0]?.peerChanges.at).toBe(joined[1]?.peerChanges.at);
    });

    it('resumes a client on the other gateway, and goes on when the leader is killed', async () => {
      const { world } = fleet.sandbox;
      const [room] = addRooms(world, 1, 'resumed');
      const roomId = room?.id ?? '';
      addPeers(world, roomId, 1);
      await using first = fleet.at(0).connect();
      await using second = fleet.at(1).connect();
      const there = first.watch(followPeers, { roomId });
      const here = second.watch(followPeers, { roomId });
      const { peerChanges: snapshot } = await there.next();
      await here.next();
      const [leader, follower] = await byRole();
      await using resuming = follower.connect();
      const grace = world.join(roomId, { name: 'Grace', role: 'guest', userId: 'grace' });
      expect(summary((await there.next()).peerChanges)).toBe('PeerJoined Grace');
      await here.next();
      const resumed = resuming.watch(followPeers, { roomId, after: snapshot.cursor });
      const { peerChanges: missed } = await resumed.next();
      expect(summary(missed)).toBe('PeerJoined Grace');
      await leader.kill();
      try {
        world.leave(roomId, grace.id);
        expect(summary((await resumed.next()).peerChanges)).toBe('PeerLeft Grace');
      } finally {
        // The other tests need both.
        await leader.start();
      }
      await using back = leader.connect();
      const late = back.watch(followPeers, { roomId, after: missed.cursor });
      expect(summary((await late.next()).peerChanges)).toBe('PeerLeft Grace');
    });

    it('stops to poll when the last subscriber of any gateway has left', async () => {
      const { world, ledger } = fleet.sandbox;
      const [roomId = '', otherId = ''] = addRooms(world, 2, 'left').map(({ id }) => id);
      for (const id of [roomId, otherId]) addPeers(world, id, 1);
      await using one = fleet.at(0).connect();
      await using other = fleet.at(1).connect();
      const streams = [one, other].map((client) => client.watch(followPeers, { roomId }));
      for (const stream of streams) await stream.next();
      const polls = (id = roomId) => ledger.count({ method: 'GET', path: `/active-rooms/${id}/peers` });
      await streams[0]?.stop();
      const before = polls();
      await expect.poll(() => polls()).toBeGreaterThan(before + 2);
      await streams[1]?.stop();
      await expect
        .poll(async () =>
          Promise.all(fleet.instances.map(async (one) => (await one.figures())['hms_live_watched_rooms'])),
        )
        .toEqual([0, 0]);
      const after = polls();
      // While another room is polled several times, this one is not; one poll may have been on its way.
      await one.watch(followPeers, { roomId: otherId }).next();
      await expect.poll(() => polls(otherId)).toBeGreaterThan(6);
      expect(polls() - after).toBeLessThanOrEqual(1);
    });
  });
});
