// Two gateways as real processes over one Redis: they know of each other, and learn at once when one stops.
import { describe, expect, it } from 'vitest';
import { followPeers } from '../e2e/documents.ts';
import { startFleetProcesses } from '../support/fleet-processes.ts';
import { findRedis, redisNotice } from '../support/redis-server.ts';
import { addRooms } from '../support/worlds.ts';

describe.skipIf(findRedis('redis') === undefined)(`with Redis${redisNotice('redis')}`, () => {
  it('gateways see each other until one is stopped, killed or paused', { timeout: 90_000 }, async () => {
    await using fleet = await startFleetProcesses({
      count: 2,
      hasProxies: true,
      variables: { POLL_INTERVAL_MS: '400' },
    });
    const { sandbox, instances } = fleet;
    const [room] = addRooms(sandbox.world, 1);
    for (const instance of instances) {
      await using client = instance.connect();
      const { peerChanges } = await client.watch(followPeers, { roomId: room?.id ?? '' }).next();
      expect(peerChanges.__typename).toBe('PeersSnapshot');
    }
    expect(sandbox.ledger.count({ method: 'GET' })).toBeGreaterThan(0);
    const [one, other] = [fleet.at(0), fleet.at(1)];
    other.pause();
    await fleet.settled([one]);
    other.resume();
    await fleet.settled();
    // It learns that it was dead: at its next heartbeat, or because the one before was not answered in time.
    expect(other.process.output()).toMatch(/Redis had forgotten this instance|Redis at \S+ is lost/);
    await other.kill();
    await fleet.settled([one]);
    await other.start();
    await fleet.settled();
    expect(await other.stop()).toBe(0);
    await fleet.settled([one]);
  });
});
