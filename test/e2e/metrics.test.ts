// The metrics at /metrics, compared with the ledger and the open subscriptions.
import { expect, test, vi } from 'vitest';
import { getRoom } from '../../src/rest/rooms/rooms.ts';
import { figures } from '../support/figures.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { eventStreamClient, webSocketClient } from '../support/sockets.ts';
import { addRooms } from '../support/worlds.ts';
import { followPeers, followSessions } from './documents.ts';
import { FAST, newcomer, noneLeft, stage } from './stage.ts';

test('the gauges follow the numbers of subscribers and watched rooms', async () => {
  await using staged = await stage();
  const { url, world, room, gateway } = staged;
  const idle = world.rooms.create({ name: 'idle' });
  const nothing = {
    hms_live_watched_rooms: 0,
    hms_live_live_rooms: 0,
    hms_live_stale_rooms: 0,
    hms_live_subscribers: 0,
    hms_live_kept_rooms: 0,
    hms_live_oldest_age_seconds: 0,
  };
  expect(await figures(url)).toMatchObject(nothing);
  {
    await using client = webSocketClient(url);
    await using other = eventStreamClient(url);
    await client.watch(followPeers, { roomId: room.id }).next();
    await client.watch(followPeers, { roomId: idle.id }).next();
    await other.watch(followPeers, { roomId: room.id, filter: { role: 'host' } }).next();
    await other.watch(followSessions, {}).next();
    expect(await figures(url)).toMatchObject({
      ...nothing,
      hms_live_watched_rooms: 2,
      hms_live_live_rooms: 1,
      hms_live_subscribers: 4,
      hms_live_oldest_age_seconds: expect.any(Number),
    });
  }
  await noneLeft(gateway);
  expect(await figures(url)).toMatchObject({ ...nothing, hms_live_kept_rooms: 2 });
});

test('polls are counted by what they showed and session checks by their outcome, as many as the ledger has', async () => {
  const clock = new ManualClock();
  await using staged = await stage({ clock });
  const { url, world, room, ada, sandbox } = staged;
  await using client = webSocketClient(url);
  const watching = client.watch(followPeers, { roomId: room.id });
  await watching.next();
  const { live } = staged.gateway.services;
  const poll = async (act: () => unknown) => {
    act();
    live.hint(room.id);
    await watching.next();
  };
  await poll(() => world.join(room.id, newcomer('Grace')));
  await poll(() => world.updatePeer(room.id, ada.id, { name: 'Ada L.' }));
  expect(await figures(url)).toMatchObject({
    'hms_live_polls_total{result="changed"}': 3,
    'hms_live_session_looks_total{result="answered"}': 1,
    hms_live_event_delay_seconds_count: 3,
  });
  expect(sandbox.ledger.count({ operationId: 'listActivePeers' })).toBe(3);
  expect(sandbox.ledger.count({ operationId: 'listSessions' })).toBe(1);
});

test('an outage of the REST API shows as failed polls and a stale room, until it ends', async () => {
  await using staged = await stage();
  const { url, room, sandbox } = staged;
  await using client = webSocketClient(url);
  const watching = client.watch(followPeers, { roomId: room.id });
  await watching.next();
  const heal = sandbox.faults.set('*', { kind: 'status', status: 500 });
  await watching.until(({ peerChanges }) => 'stale' in peerChanges && peerChanges.stale);
  const out = await figures(url);
  expect(out['hms_live_stale_rooms']).toBe(1);
  expect(out['hms_live_polls_total{result="failed"}']).toBeGreaterThanOrEqual(2);
  expect(out['hms_live_oldest_age_seconds']).toBeGreaterThanOrEqual(FAST.pollIntervalMs / 1000);
  heal();
  await watching.until(({ peerChanges }) => 'stale' in peerChanges && !peerChanges.stale);
  expect((await figures(url))['hms_live_stale_rooms']).toBe(0);
});

test('a budget that is too small shows as waits, longer intervals and refusals, without a label for each room', async () => {
  const config = { ...FAST, sessionCheckMs: 5000, upstreamRequestsPerSecond: 40 };
  await using staged = await stage({ config });
  const { url, world, gateway, sandbox } = staged;
  const rooms = addRooms(world, 40, 'crowded');
  const { live, client } = gateway.services;
  for (const { id } of rooms) {
    world.join(id, newcomer('Grace'));
    void live.peerChanges(id).next();
  }
  await vi.waitFor(
    async () => expect((await figures(url))['hms_live_poll_interval_seconds_count']).toBeGreaterThan(100),
    20_000,
  );
  const loaded = await figures(url);
  // Forty rooms at 40 polls a second: each is polled once a second in place of every 50 ms.
  expect(loaded['hms_live_poll_interval_seconds_sum']).toBeGreaterThan(50);
  expect(loaded['hms_live_poll_wait_seconds_sum']).toBeGreaterThan(50);
  expect(loaded['hms_live_poll_stretch']).toBeGreaterThan(4);
  expect(loaded['hms_live_waiting_polls']).toBeGreaterThan(20);
  expect(loaded['hms_upstream_waiting{priority="poll"}']).toBeLessThan(5);
  expect(loaded['hms_live_stale_rooms']).toBe(0);
  expect(loaded['hms_live_polls_total{result="failed"}']).toBeUndefined();
  const called = sandbox.ledger.count({});
  expect(loaded['hms_upstream_wait_seconds_count{priority="poll"}']).toBeGreaterThan(called - 10);
  expect(loaded['hms_upstream_wait_seconds_count{priority="poll"}']).toBeLessThanOrEqual(called + 10);
  expect(loaded['hms_upstream_refused_total{priority="query"}']).toBeUndefined();

  const reads = Array.from({ length: 600 }, (_, at) =>
    getRoom(client, rooms[0]?.id ?? '', { account: `caller ${at}`, fresh: true }).catch(() => undefined),
  );
  const refused = await figures(url);
  // Ten seconds of tokens may queue; all others are refused, and no poll.
  expect(refused['hms_upstream_refused_total{priority="query"}']).toBeGreaterThanOrEqual(150);
  expect(refused['hms_upstream_refused_total{priority="poll"}']).toBeUndefined();
  expect(refused['hms_upstream_waiting{priority="query"}']).toBeGreaterThan(300);
  const text = await (await fetch(`${url}/metrics`)).text();
  for (const { id } of rooms) expect(text).not.toContain(id);
  await gateway.close();
  await Promise.all(reads);
}, 60_000);
