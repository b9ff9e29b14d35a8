// What four gateways over one Redis ask of the REST API and of Redis, beside one gateway alone with the same rooms, changes and
// subscribers at the same time. Runs by `npm run test:faults` only.
import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { followPeers } from '../e2e/documents.ts';
import { canaryCredentials } from '../support/canary.ts';
import { figures } from '../support/figures.ts';
import { startFleetProcesses, type FleetProcesses } from '../support/fleet-processes.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { findRedis, redisNotice } from '../support/redis-server.ts';
import { webSocketClient } from '../support/sockets.ts';
import { BusyRooms } from './chaos/busy-rooms.ts';

const isLong = process.env['FAULTS'] === 'all';
const ROOMS = 100;
const SUBSCRIBERS = 400;
/** The most subscriptions of a socket, and a part of the rooms. */
const PER_SOCKET = 50;
const WARM_UP_MS = 15_000;
const MEASURED_MS = 60_000;
const variables = { UPSTREAM_RPS: '500', GATEWAY_RATE_LIMIT: '0' };

/** Subscribers spread over the gateways, each reading all its events; resolves when all have their snapshots. */
async function subscribe(urls: readonly string[], rooms: BusyRooms, clients: AsyncDisposableStack) {
  const streams = Array.from({ length: SUBSCRIBERS / PER_SOCKET }, (_, number) => {
    const socket = clients.use(webSocketClient(urls[number % urls.length] ?? ''));
    // Each room has one subscriber on each of four gateways, or four on one.
    const first = Math.floor(number / 4) * PER_SOCKET;
    const roomIds = rooms.ids.slice(first, first + PER_SOCKET);
    return roomIds.map((roomId) => socket.watch(followPeers, { roomId }));
  }).flat();
  await Promise.all(streams.map((stream) => stream.next()));
  for (const stream of streams) {
    const read = async () => {
      while ((await stream.answer()) !== null);
    };
    // It ends with its client.
    read().catch(() => {});
  }
}

/** Requests for peers, and checks of sessions, so far. */
function requests({ ledger }: Sandbox) {
  const peers = ledger.entries.filter(({ path }) => path.endsWith('/peers')).length;
  return { peers, all: ledger.entries.length };
}

/** Redis' own counts by command, and the gateways' by script and command, so far. */
async function redisCounts(fleet: FleetProcesses): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const stats = await fleet.server.send('INFO', 'commandstats');
  for (const [, name = '', calls] of stats.matchAll(/cmdstat_([^:]+):calls=(\d+)/g)) {
    counts.set(`redis ${name}`, Number(calls));
  }
  for (const instance of fleet.instances) {
    for (const [name, value] of Object.entries(await instance.figures())) {
      const command = /^hms_redis_commands_total\{command="(.+)"\}$/.exec(name)?.[1];
      if (command === undefined) continue;
      counts.set(`gateways ${command}`, (counts.get(`gateways ${command}`) ?? 0) + value);
    }
  }
  return counts;
}

describe.skipIf(findRedis('redis') === undefined)(`over redis${redisNotice('redis')}`, () => {
  it.runIf(isLong)(
    'asks the REST API as often as one gateway with the same load',
    async () => {
      await using resources = new AsyncDisposableStack();
      const fleet = resources.use(await startFleetProcesses({ count: 4, variables }));
      const sandbox = resources.use(await startSandbox({ ...canaryCredentials, data: 'empty' }));
      const alone = resources.use(await startGatewayProcess({ sandbox, variables }));
      const both = [fleet.sandbox, sandbox];
      const worlds = both.map(({ world }) => resources.use(new BusyRooms(world, ROOMS, 'load')));
      const [ofFleet, ofOne] = worlds;
      if (ofFleet === undefined || ofOne === undefined) throw new Error('Both have rooms');
      await subscribe(
        fleet.instances.map(({ url }) => url),
        ofFleet,
        resources,
      );
      await subscribe([alone.url], ofOne, resources);
      for (const rooms of worlds) rooms.begin();
      await after(WARM_UP_MS);
      for (const { ledger } of both) ledger.clear();
      const redisBefore = await redisCounts(fleet);
      const from = performance.now();
      await after(MEASURED_MS);
      const [byFleet, byOne] = both.map(requests);
      const seconds = (performance.now() - from) / 1000;
      const redisAfter = await redisCounts(fleet);
      const rates = [...redisAfter]
        .map(([name, count]) => [name, (count - (redisBefore.get(name) ?? 0)) / seconds] as const)
        .filter(([, rate]) => rate >= 0.05)
        .toSorted(([, one], [, other]) => other - one)
        .map(([name, rate]) => `  ${name}: ${rate.toFixed(1)}/s`);
      const ratio = (byFleet?.all ?? 0) / (byOne?.all ?? 1);
      const perSecond = (count: number | undefined) => ((count ?? 0) / seconds).toFixed(1);
      const lines = [
        `REST calls a second, four gateways: ${perSecond(byFleet?.all)} (peers ${perSecond(byFleet?.peers)})`,
        `one alone: ${perSecond(byOne?.all)} (peers ${perSecond(byOne?.peers)}); ratio ${ratio.toFixed(3)}`,
        ...rates,
      ];
      console.log(lines.join('\n'));
      const led = await Promise.all(fleet.instances.map(({ url }) => figures(url)));
      expect(led.reduce((sum, each) => sum + (each['hms_live_led_rooms'] ?? 0), 0)).toBe(ROOMS);
      expect(ratio).toBeGreaterThan(0.95);
      expect(ratio).toBeLessThan(1.05);
    },
    300_000,
  );
});
